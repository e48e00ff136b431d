from __future__ import annotations

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "hengjian.apps.bulletins"
    verbose_name = "信息"

    def ready(self) -> None:
        from hengjian.apps.audit.acting import NAMES
        from hengjian.apps.bulletins import naming
        from hengjian.apps.bulletins.desk import menu as desk
        from hengjian.apps.bulletins.items import menu as items

        items.register()
        desk.register()
        NAMES.update(naming.IN_LOG)
