"""Yearly acts, posts that must be held, and the quota of each department."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.quota import progress
from hengjian.apps.duties.registers import Seat, post_duties, seats_of, yearly_results
from hengjian.apps.duties.rows import DutyRow, Urgency
from hengjian.apps.duties.sources import source
from hengjian.apps.org.roles import Right
from hengjian.clocks.facts import State
from hengjian.policy.clauses.duty import QuotaDuty, RegisterDuty

NAMED = 3  # departments told by name in one line


@source
def yearly(look: Look) -> Iterator[DutyRow]:
    """The office sees them all the year; those who owe the act itself from the first reminder on."""
    for governed in look.governed:
        managing = look.actor.has(Right.REGISTER_MANAGE, governed.office)
        for duty, result in yearly_results(governed, look.local):
            if not result.short or not (managing or look.holds_role(duty.owner, governed)):
                continue
            row = look.row(
                key=f"yearly:{governed.installation.pk}:{duty.id}:{result.period}",
                kind="年度事项",
                title=result.words,
                url=address("duties:register", duty.id),
                next_step="安排并登记" if managing else "确定时间，由信息主管部门登记",
                unit=str(governed.office if managing else governed.installation.unit),
                article=duty.articles[0],
                clause=governed.pack.full_id(duty),
                due=result.due_at,
                inclusive=False,
                remind=duty.remind,
            )
            if managing or row.state is not Urgency.OPEN:
                yield row


@source
def vacancies(look: Look) -> Iterator[DutyRow]:
    """A register with an empty seat: the head learns of the own one, the office and who appoints of all."""
    for governed in look.governed:
        managing = look.actor.has_any((Right.REGISTER_MANAGE, Right.POST_GRANT), governed.office)
        own = {unit.pk for unit in look.departments(governed, Right.REVIEW_UNIT)}
        if not managing and not own:
            continue
        for duty in post_duties(governed):
            lacking = [seat for seat in seats_of(governed, duty) if seat.result.state is not State.MET]
            empty = [seat for seat in lacking if seat.vacant]
            mine = [seat for seat in lacking if seat.unit.pk in own]
            if managing and empty:
                yield _vacancy(look, governed, duty, empty, "空缺中")
            elif managing and lacking and duty.each != "department":
                yield _vacancy(look, governed, duty, lacking, "缺替补")
            elif mine:
                yield _vacancy(look, governed, duty, mine, "空缺中" if mine[0].vacant else "缺替补")


def _vacancy(look: Look, governed: Governed, duty: RegisterDuty, seats: list[Seat], state: str) -> DutyRow:
    appoints = look.actor.has(Right.POST_GRANT)
    units = "、".join(str(seat.unit) for seat in seats[:NAMED])
    if len(seats) > NAMED:
        units += f"等 {len(seats)} 个部门"
    words = f"{duty.title}：{len(seats)}个部门空缺" if len(seats) > 1 else seats[0].result.words
    return DutyRow(
        key=f"vacant:{governed.installation.pk}:{duty.id}:{','.join(str(seat.unit.pk) for seat in seats)}",
        kind="岗位空缺",
        title=words,
        url=address("duties:register", duty.id),
        next_step="任命人员" if appoints else "提出人选，请安全管理员任命",
        unit=units,
        article=duty.articles[0],
        clause=governed.pack.full_id(duty),
        state=Urgency.SOON if state == "空缺中" else Urgency.OPEN,
        remaining=state,
    )


@source
def quotas(look: Look) -> Iterator[DutyRow]:
    """What the own department still owes this week and this quarter."""
    for governed in look.governed:
        units = look.departments(governed, Right.ITEM_FILE)
        for unit_progress in progress(governed, units, look.local):
            for duty, result in unit_progress.running:
                if not result.short or unit_progress.signed(governed.pack.full_id(duty), result.period):
                    continue
                yield look.row(
                    key=f"quota:{governed.installation.pk}:{duty.id}:{unit_progress.unit.pk}:{result.period}",
                    kind="报送任务",
                    title=result.words,
                    url=f"{address('duties:quota')}?unit={unit_progress.unit.pk}",
                    next_step="撰写并报送" + _or_zero(duty),
                    unit=str(unit_progress.unit),
                    article=duty.articles[0],
                    clause=governed.pack.full_id(duty),
                    due=result.due_at,
                    inclusive=False,
                    remind=duty.remind,
                )


def _or_zero(duty: QuotaDuty) -> str:
    return "" if duty.strict else "；确无情况的签报无情况"
