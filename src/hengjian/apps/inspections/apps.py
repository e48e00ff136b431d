from __future__ import annotations

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "hengjian.apps.inspections"
    verbose_name = "监督检查"

    def ready(self) -> None:
        from hengjian.apps.inspections import approved, case_records, menu

        approved.register()
        case_records.register()
        menu.register()
