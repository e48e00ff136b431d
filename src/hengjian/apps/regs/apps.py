from __future__ import annotations

from django.apps import AppConfig


class RegsConfig(AppConfig):
    name = "hengjian.apps.regs"
    verbose_name = "制度"

    def ready(self) -> None:
        from hengjian.apps.audit.wording import SOURCES
        from hengjian.apps.regs import menu  # noqa: F401
        from hengjian.apps.regs.audit_words import words_for

        SOURCES.append(words_for)
