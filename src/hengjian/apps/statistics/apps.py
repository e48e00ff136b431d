from __future__ import annotations

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "hengjian.apps.statistics"
    verbose_name = "统计"

    def ready(self) -> None:
        from hengjian.apps.statistics import approved, menu

        menu.register()
        approved.register()
