from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from hengjian.apps.bulletins.items import detail

urlpatterns: list[URLPattern | URLResolver] = [
    path("items/<int:pk>/", detail.item, name="item"),
]
