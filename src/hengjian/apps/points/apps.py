from __future__ import annotations

from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "hengjian.apps.points"
    verbose_name = "计分"
