from __future__ import annotations

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "hengjian.apps.bulletins"
    verbose_name = "信息"

    def ready(self) -> None:
        from hengjian.apps.audit.acting import NAMES
        from hengjian.apps.bulletins import naming
        from hengjian.apps.bulletins.commissions import menu as commissions
        from hengjian.apps.bulletins.desk import menu as desk
        from hengjian.apps.bulletins.items import menu as items
        from hengjian.apps.bulletins.offices import takes_items
        from hengjian.apps.bulletins.outward import menu as outward
        from hengjian.apps.ui import nav

        for part in (items, desk, outward, commissions):
            part.register()
        nav.only_where("信息", takes_items)
        NAMES.update(naming.IN_LOG)
