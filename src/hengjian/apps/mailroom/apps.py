from __future__ import annotations

from django.apps import AppConfig


class MailroomConfig(AppConfig):
    name = "hengjian.apps.mailroom"
    verbose_name = "收发"
