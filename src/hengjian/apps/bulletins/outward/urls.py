"""Addresses of reporting to the outside (included by ``bulletins.urls``)."""

from __future__ import annotations

from django.urls import path

from hengjian.apps.bulletins.outward import views

urlpatterns = [
    path("outward/", views.ledger, name="outward"),
    path("outward/items/<int:pk>/", views.new, name="dispatch_new"),
    path("outward/<int:pk>/", views.dispatch, name="dispatch"),
]
