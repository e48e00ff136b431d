from __future__ import annotations

from django.urls import path, re_path

from hengjian.apps.mailroom import views

app_name = "mailroom"
urlpatterns = [
    path("", views.mails, name="mails"),
    path("mine/", views.mine, name="mine"),
    path("test/", views.test, name="test"),
    re_path(r"^(?P<pk>\d+)/(?P<verb>retry|drop)/$", views.change, name="change"),
]
