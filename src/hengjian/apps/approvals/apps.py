from __future__ import annotations

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "hengjian.apps.approvals"
    verbose_name = "审批流转"
