from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "hengjian.apps.indicators"
    verbose_name = "应用指标"

    def ready(self) -> None:
        from hengjian.apps.indicators import menu

        menu.register()
