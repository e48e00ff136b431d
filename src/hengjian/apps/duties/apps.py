from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

OWN = ("registers", "service", "items", "editions", "accounts", "shares")


class DutiesConfig(AppConfig):
    name = "hengjian.apps.duties"
    verbose_name = "应办事项"

    def ready(self) -> None:
        from hengjian.apps.duties import menu

        for name in OWN:
            import_module(f"hengjian.apps.duties.sources.{name}")
        autodiscover_modules("duty_sources")
        menu.register()
