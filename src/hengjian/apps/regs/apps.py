from __future__ import annotations

from django.apps import AppConfig


class RegsConfig(AppConfig):
    name = "hengjian.apps.regs"
    verbose_name = "制度"

    def ready(self) -> None:
        from hengjian.apps.regs import menu  # noqa: F401
