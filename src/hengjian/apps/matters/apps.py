from __future__ import annotations

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "hengjian.apps.matters"
    verbose_name = "督办"

    def ready(self) -> None:
        from hengjian.apps.matters.queries import concerned
        from hengjian.apps.ui.nav import Entry, add

        add(Entry("信息", "贯彻落实", "matters:matters", order=50, when=concerned))
