from __future__ import annotations

from django.urls import URLPattern, path

from hengjian.apps.matters import views

app_name = "matters"
urlpatterns: list[URLPattern] = [
    path("", views.matters, name="matters"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.matter, name="matter"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("units/<int:pk>/link/", views.link, name="link"),
    path("units/<int:pk>/close/", views.close, name="close"),
    path("reports/<int:pk>/undo/", views.undo, name="undo"),
]
