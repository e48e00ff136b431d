"""Acts of this app belong to the statistics office of a court: a seat there, not one above it."""

from __future__ import annotations

from hengjian.apps.org.access import Actor, deny
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.statistics.scope import seats
from hengjian.base.errors import HengjianError


def require_office(actor: Actor, court: Unit) -> None:
    """Denied without a seat in the statistics office of this very court."""
    if not actor.system and house_of(court).pk not in seats(actor, Right.STATS_MANAGE):
        deny(Right.STATS_MANAGE)


def same_version(row: object, version: int | None) -> None:
    """Refuse what was decided on an older state of the row."""
    if version is not None and getattr(row, "version", None) != version:
        raise HengjianError(f"“{row}”刚刚有别人改动过，请刷新后再办理；您填的内容还在。")
