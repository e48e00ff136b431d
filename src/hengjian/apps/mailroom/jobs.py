"""Background work of the mailroom: (name, seconds, function)."""

from __future__ import annotations

from hengjian.apps.mailroom.delivery import deliver

JOBS = [("mailroom.deliver", 60, deliver)]
