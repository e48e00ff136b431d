from __future__ import annotations

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "hengjian.apps.releases"
    verbose_name = "数据发布"

    def ready(self) -> None:
        from hengjian.apps.cases import withheld
        from hengjian.apps.releases import (
            approval,
            cited,
            computed,
            embargo,
            menu,
            naming,
            quoted,
            searching,
            sources,
            uses,
        )  # fmt: skip

        approval.register()
        menu.register()
        naming.register()
        searching.register()
        sources.add(computed.known)
        uses.add(cited.uses)
        uses.add(quoted.uses)
        withheld.add(embargo.seals)
