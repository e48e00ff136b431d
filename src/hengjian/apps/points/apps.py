from __future__ import annotations

from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "hengjian.apps.points"
    verbose_name = "计分"

    def ready(self) -> None:
        from hengjian.apps.points import menu

        menu.register()
