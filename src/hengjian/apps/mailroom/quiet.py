"""When people are left alone, from the settings."""

from __future__ import annotations

from datetime import time

from django.conf import settings

from hengjian.clocks.reminders import Quiet


def quiet_hours() -> Quiet:
    return Quiet(
        begins=time.fromisoformat(settings.QUIET_FROM),
        ends=time.fromisoformat(settings.QUIET_UNTIL),
        digest_at=time.fromisoformat(settings.DIGEST_AT),
        workdays_only=settings.QUIET_DAYS_OFF,
    )
