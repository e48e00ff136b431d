"""What several acts of this app ask before they change anything."""

from __future__ import annotations

from datetime import date

from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError


def need_text(value: str, what: str) -> str:
    value = value.strip()
    if not value:
        raise HengjianError(f"请填写{what}。")
    return value


def need_order(start: date | None, end: date | None) -> None:
    if start is not None and end is not None and end <= start:
        raise HengjianError(f"结束日期（{end}）应当晚于开始日期（{start}），请更正。")


def require_whole(actor: Actor, right: Right, unit: Unit, *, subtree: bool) -> None:
    """The right in the unit, and in everything below it where the thing reaches that far."""
    actor.require(right, unit)
    if not subtree or actor.system:
        return
    below = set(unit.descendants(include_self=True).values_list("pk", flat=True))
    if below - actor.units(right):
        raise HengjianError(f"这个岗位管到“{unit}”的全部下级单位，超出了您的管理范围，请由上级的管理员办理。")
