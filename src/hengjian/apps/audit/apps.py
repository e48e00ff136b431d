from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hengjian.apps.audit"
    verbose_name = "审计"

    def ready(self) -> None:
        from hengjian.apps.audit import menu  # noqa: F401
