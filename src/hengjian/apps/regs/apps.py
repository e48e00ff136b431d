from __future__ import annotations

from django.apps import AppConfig


class RegsConfig(AppConfig):
    name = "hengjian.apps.regs"
    verbose_name = "制度"
