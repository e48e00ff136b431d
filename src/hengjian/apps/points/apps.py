from __future__ import annotations

from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "hengjian.apps.points"
    verbose_name = "计分"

    def ready(self) -> None:
        from hengjian.apps.approvals import subjects
        from hengjian.apps.audit.guards import keep_append_only
        from hengjian.apps.points import approval, menu
        from hengjian.apps.points.models import Notice
        from hengjian.apps.points.queries import visible_notices

        menu.register()
        subjects.register(
            subjects.Subject(
                Notice,
                visible_notices,
                done=approval.agreed,
                returned=approval.returned,
                signed=approval.signed,
                covers=True,
                stand_ins=True,
            )
        )
        tables = ("points_posting", "points_ledgerline", "points_personshare")
        keep_append_only(self, *tables, what="the ledger")
