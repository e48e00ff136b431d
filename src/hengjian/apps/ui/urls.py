from __future__ import annotations

from django.urls import path

from hengjian.apps.ui import views

app_name = "ui"
urlpatterns = [
    path("patterns/", views.patterns, name="patterns"),
    path("keys/", views.keys, name="keys"),
    path("search/", views.search_page, name="search"),
]
