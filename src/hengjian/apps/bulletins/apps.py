from __future__ import annotations

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "hengjian.apps.bulletins"
    verbose_name = "信息"
