from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "hengjian.apps.ui"
    verbose_name = "界面"
