from __future__ import annotations

from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "hengjian.apps.points"
    verbose_name = "计分"

    def ready(self) -> None:
        from hengjian.apps.audit.guards import keep_append_only
        from hengjian.apps.points import menu

        menu.register()
        tables = ("points_posting", "points_ledgerline", "points_personshare")
        keep_append_only(self, *tables, what="the ledger")
