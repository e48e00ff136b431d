from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "hengjian.apps.cases"
    verbose_name = "案件信息"

    def ready(self) -> None:
        from hengjian.apps.cases import approved, menu

        menu.register()
        approved.register()
