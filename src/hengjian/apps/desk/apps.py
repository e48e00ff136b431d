from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "hengjian.apps.desk"
    verbose_name = "问题与例会"

    def ready(self) -> None:
        from hengjian.apps.desk import menu, notice_rows, origins  # noqa: F401  (registers its rows)

        menu.register()
