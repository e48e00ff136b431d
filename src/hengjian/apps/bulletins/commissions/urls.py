"""Addresses of commissions (included by ``bulletins.urls``)."""

from __future__ import annotations

from django.urls import path

from hengjian.apps.bulletins.commissions import views

urlpatterns = [
    path("commissions/", views.commissions, name="commissions"),
    path("commissions/statistics/", views.counted, name="commission_statistics"),
    path("commissions/new/", views.new, name="commission_new"),
    path("commissions/<int:pk>/", views.commission, name="commission"),
]
