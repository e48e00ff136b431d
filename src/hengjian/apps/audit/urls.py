from __future__ import annotations

from django.urls import URLPattern, path

from hengjian.apps.audit import views

app_name = "audit"
urlpatterns: list[URLPattern] = [
    path("", views.index, name="index"),
    path("<int:n>/", views.entry, name="entry"),
    path("export/", views.export, name="export"),
]
