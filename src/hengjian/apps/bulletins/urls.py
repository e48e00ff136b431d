"""Items (起草、审核、紧急报告) and the editor's desk each keep their own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from hengjian.apps.bulletins.commissions.urls import urlpatterns as commissions
from hengjian.apps.bulletins.desk.urls import urlpatterns as desk
from hengjian.apps.bulletins.items.urls import urlpatterns as items
from hengjian.apps.bulletins.outward.urls import urlpatterns as outward

app_name = "bulletins"
urlpatterns: list[URLPattern | URLResolver] = [*items, *desk, *outward, *commissions]
