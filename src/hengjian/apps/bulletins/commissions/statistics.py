"""Commissions of a period counted: given, answered, declined, kept and missed, by department and by who asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hengjian.apps.bulletins.commissions.queries import handed_in, visible_commissions
from hengjian.apps.bulletins.models import Commission, CommissionRefusal
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.periods import Period
from hengjian.base.times import start_of_day, to_instant, to_local
from hengjian.documents import Column, Format, Table

S = Commission.State
UNASSIGNED = "（未分配）"


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one department, or of one office that asked.

    Every one was accepted, declined or has no answer yet; every one that was not declined is kept, late or running.
    """

    name: str
    asked: int
    accepted: int
    declined: int
    unanswered: int
    kept: int
    late: int
    running: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """``rows``: the commissions asked for in the period, without those cancelled."""

    rows: tuple[Commission, ...]
    by_unit: tuple[Figures, ...]
    by_source: tuple[Figures, ...]
    total: Figures


def statistics(actor: Actor, period: Period | None = None) -> Statistics:
    """What the actor may see; without a period all there ever was."""
    rows = [row for row in _within(visible_commissions(actor), period) if row.state != S.CANCELLED]
    by_source: dict[str, list[Commission]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row)
    return Statistics(
        rows=tuple(rows),
        by_unit=tuple(_by_unit(rows, _refusals(actor, period), actor.at)),
        by_source=tuple(_figures(name, found, actor.at) for name, found in by_source.items()),
        total=_figures("合计", rows, actor.at),
    )


def _within(rows: QuerySet[Commission], period: Period | None) -> QuerySet[Commission]:
    if period is not None:
        first, end = (to_instant(start_of_day(day)) for day in (period.first, period.end))
        rows = rows.filter(asked_at__gte=first, asked_at__lt=end)
    return rows.order_by("unit__position", "asked_at", "pk")


def _refusals(actor: Actor, period: Period | None) -> list[CommissionRefusal]:
    """Also of commissions that another department has since taken on."""
    found = CommissionRefusal.objects.exclude(commission__state=S.CANCELLED).select_related(
        "unit", "commission"
    )
    if not actor.system:
        office = found.filter(commission__installation__unit_id__in=actor.units(Right.ITEM_READ_ALL))
        found = office | found.filter(unit_id__in=actor.units(Right.ITEM_READ_UNIT))
    rows = found.order_by("unit__position", "pk")
    if period is None:
        return list(rows)
    return [row for row in rows if period.first <= to_local(row.commission.asked_at).date() < period.end]


def _by_unit(
    rows: Iterable[Commission], refusals: Iterable[CommissionRefusal], now: datetime
) -> Iterable[Figures]:
    """What was declined counts for the one who declined, whoever does it now."""
    groups: dict[str, list[Commission]] = defaultdict(list)
    declined: dict[str, set[int]] = defaultdict(set)
    for refusal in refusals:
        declined[str(refusal.unit)].add(refusal.commission_id)
    for row in rows:
        if row.state != S.DECLINED:
            groups[str(row.unit or UNASSIGNED)].append(row)
    for name in dict.fromkeys([*groups, *declined]):
        yield _figures(name, groups[name], now, len(declined[name]))


def _figures(name: str, rows: list[Commission], now: datetime, refused: int = 0) -> Figures:
    """``refused``: so many declined that do not stand among ``rows``."""
    declined = sum(row.state == S.DECLINED for row in rows)
    accepted = sum(row.state == S.ACCEPTED for row in rows)
    done = [row for row in rows if handed_in(row) is not None]
    kept = sum((handed_in(row) or now) <= row.due_at for row in done)
    left = [row for row in rows if handed_in(row) is None and row.state != S.DECLINED]
    missed = sum(row.due_at < now for row in left)
    return Figures(
        name=name,
        asked=len(rows) + refused,
        accepted=accepted,
        declined=declined + refused,
        unanswered=len(rows) - accepted - declined,
        kept=kept,
        late=len(done) - kept + missed,
        running=len(left) - missed,
    )


HEADS = ("收到约稿", "承办", "不承办", "未答复", "按节点", "超过节点", "在办")


def figures_table(first: str, rows: Iterable[Figures]) -> Table:
    body = [(r.name, r.asked, r.accepted, r.declined, r.unanswered, r.kept, r.late, r.running) for r in rows]
    return Table((Column(first), *(Column(head, Format.INTEGER) for head in HEADS)), tuple(body))


def list_table(rows: Iterable[Commission], now: datetime) -> Table:
    """The commissions themselves, so that every number can be checked."""
    heads = ("编号", "约稿单位", "题目", "承办部门", "约稿时间", "节点", "状态", "报送时间", "是否按节点")
    return Table(tuple(map(Column, heads)), tuple(_line(row, now) for row in rows))


def _line(row: Commission, now: datetime) -> tuple[str, ...]:
    done = handed_in(row)
    return (
        row.number,
        row.source,
        row.title,
        row.unit.name if row.unit else "",
        f"{to_local(row.asked_at):%Y-%m-%d %H:%M}",
        f"{to_local(row.due_at):%Y-%m-%d %H:%M}",
        "已报送" if done else row.get_state_display(),
        f"{to_local(done):%Y-%m-%d %H:%M}" if done else "",
        _kept(row, done, now),
    )


def _kept(row: Commission, done: datetime | None, now: datetime) -> str:
    if row.state == S.DECLINED:
        return ""
    if done is None:
        return "已过节点" if row.due_at < now else ""
    return "按节点" if done <= row.due_at else "超过节点"
