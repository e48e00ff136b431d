from __future__ import annotations

from django.urls import path, re_path

from hengjian.apps.mailroom import views
from hengjian.apps.mailroom.desk import views as desk

app_name = "mailroom"
urlpatterns = [
    path("", views.mails, name="mails"),
    path("mine/", views.mine, name="mine"),
    path("test/", views.test, name="test"),
    path("in/", desk.queue, name="incoming"),
    path("in/upload/", desk.upload, name="upload"),
    path("in/<int:pk>/place/", desk.place, name="place"),
    path("in/<int:pk>/refuse/", desk.refuse, name="refuse"),
    path("in/<int:pk>/reopen/", desk.reopen, name="reopen"),
    path("in/<int:pk>/destroy/", desk.destroy, name="destroy"),
    path("in/<int:pk>/original/", desk.original, name="original"),
    re_path(r"^(?P<pk>\d+)/(?P<verb>retry|drop)/$", views.change, name="change"),
]
