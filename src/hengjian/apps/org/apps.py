from __future__ import annotations

from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "hengjian.apps.org"
    verbose_name = "组织与岗位"

    def ready(self) -> None:
        from hengjian.apps.org import hooks, menu  # noqa: F401
