"""Notices and appeals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import source
from hengjian.apps.org.roles import Right
from hengjian.apps.points.models import Appeal, Notice
from hengjian.apps.points.windows import decide_by
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import start_of_day
from hengjian.clocks.series import slots
from hengjian.policy.clauses.duty import IssueDuty


@source
def notices(look: Look) -> Iterator[DutyRow]:
    """Prepare the notice of the period just over; print what is signed."""
    for governed in look.governed:
        unit = governed.installation.unit_id
        if not look.actor.has(Right.NOTICE_PREPARE, unit):
            continue
        found = list(
            Notice.objects.filter(period__installation=governed.installation)
            .exclude(state=Notice.State.SUPERSEDED)
            .select_related("period__installation")
        )
        yield from _to_prepare(look, governed, {notice.period.key for notice in found})
        for notice in found:
            if notice.state == Notice.State.APPROVED:
                yield _notice(look, notice, "待印发", "印发并关账")
            if notice.state in (Notice.State.RETURNED, Notice.State.DRAFT):
                yield _notice(
                    look,
                    notice,
                    "通报拟稿",
                    "核对后送审批" if notice.state == Notice.State.DRAFT else "按意见修改后再送审批",
                )


def _notice(look: Look, notice: Notice, kind: str, next_step: str) -> DutyRow:
    return DutyRow(
        key=f"notice:{notice.pk}:{notice.state}",
        kind=kind,
        title=notice.title,
        url=address("points:notice", notice.pk),
        next_step=next_step,
        article=_article(look, notice),
        clause=notice.clause,
    )


def _article(look: Look, notice: Notice) -> str:
    """The last article its clause cites: the one that orders the notice itself."""
    return next(reversed(look.articles(notice.period.installation, notice.clause)), "")


def _to_prepare(look: Look, governed: Governed, there: set[str]) -> Iterator[DutyRow]:
    if governed.pack.clauses_of("measure", look.today):
        return  # its notices are made of indicators, not of the ledger
    for duty in governed.duties(IssueDuty):
        if duty.produces != "notice":
            continue
        running = Period.of(look.today, duty.per)
        over = running.previous()
        if str(over) in there or over.end <= governed.started:
            continue
        due, inclusive = _limit(governed, duty, over, running)
        yield look.row(
            key=f"prepare:{governed.installation.pk}:{duty.id}:{over}",
            kind="通报拟稿",
            title=f"{duty.title}：{over.label}",
            url=address("points:notices"),
            next_step="核对台账，拟制通报",
            unit=str(governed.office),
            article=duty.articles[-1],
            clause=governed.pack.full_id(duty),
            due=due,
            inclusive=inclusive,
            remind=duty.remind,
        )


def _limit(governed: Governed, duty: IssueDuty, over: Period, running: Period) -> tuple[datetime, bool]:
    """What the clause says; where it names no day, the month after the period, which must be over first."""
    if duty.due == "after_period":
        slot = slots(duty, over.first, over.end, value_of=governed.value_of())[0]
        return slot.due_at, slot.inclusive
    return start_of_day(Period.of(running.first, PeriodKind.MONTH).end), False


@source
def appeals(look: Look) -> Iterator[DutyRow]:
    units = look.actor.units(Right.APPEAL_DECIDE)
    if not units:
        return
    waiting = Appeal.objects.filter(state=Appeal.State.FILED, unit__in=units).select_related(
        "unit", "notice__period__installation"
    )
    for appeal in waiting.order_by("filed_at", "pk"):
        yield look.row(
            key=f"appeal:{appeal.pk}",
            kind="申诉处理",
            title=f"{appeal.unit}对《{appeal.notice.title}》的申诉",
            url=address("points:appeal", appeal.pk),
            next_step="核实后作出处理决定",
            unit=str(appeal.unit),
            article=_article(look, appeal.notice),
            clause=appeal.notice.clause,
            due=start_of_day(decide_by(appeal) + timedelta(days=1)),
            inclusive=False,
        )
