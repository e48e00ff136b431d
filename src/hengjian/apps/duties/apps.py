from __future__ import annotations

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "hengjian.apps.duties"
    verbose_name = "应办事项"
