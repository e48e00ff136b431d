from __future__ import annotations

from django.urls import path

from hengjian.apps.approvals import views

app_name = "approvals"
urlpatterns = [path("<int:pk>/<slug:verb>/", views.decide, name="decide")]
