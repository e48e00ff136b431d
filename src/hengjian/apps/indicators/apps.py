from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "hengjian.apps.indicators"
    verbose_name = "应用指标"

    def ready(self) -> None:
        from hengjian.apps.approvals import subjects
        from hengjian.apps.indicators import approval, menu
        from hengjian.apps.indicators.models import KpiNotice

        menu.register()
        subjects.register(
            subjects.Subject(KpiNotice, approval.visible, done=approval.agreed, returned=approval.returned)
        )
