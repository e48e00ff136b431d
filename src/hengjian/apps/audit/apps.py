from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hengjian.apps.audit"
    verbose_name = "审计"

    def ready(self) -> None:
        from hengjian.apps.audit import menu  # noqa: F401
        from hengjian.apps.audit.guards import keep_append_only

        keep_append_only(self, "audit_entry", what="the audit log")
