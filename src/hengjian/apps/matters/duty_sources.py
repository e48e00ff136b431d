"""What a responsible unit still has to report stands in its inbox; what is overdue, in that of the office."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.rows import DutyRow, Urgency
from hengjian.apps.duties.sources import source
from hengjian.apps.matters import queries, rules
from hengjian.apps.matters.queries import Line
from hengjian.apps.org.roles import Right
from hengjian.clocks import State


@source
def matters(look: Look) -> Iterator[DutyRow]:
    for governed in look.governed:
        if not rules.kinds(governed.pack):
            continue
        own = {g.unit_id for g in look.actor.grants if Right.ITEM_FILE in g.rights} & governed.unit_ids
        managing = look.actor.has(Right.REGISTER_MANAGE, governed.installation.unit_id)
        if not own and not managing:
            continue
        found = queries.running(governed.installation, None if managing else own)
        lines = queries.lines_of(found, governed.pack, look.now)
        for line in lines:
            if line.assignment.unit_id in own:
                yield from _owed(look, governed, line)
        if managing:
            yield from _overdue(governed, lines)


def _owed(look: Look, governed: Governed, line: Line) -> Iterator[DutyRow]:
    matter = line.assignment.matter
    duty = rules.duty_of(governed.pack, matter.kind, matter.happened_at)
    for clock in line.clocks:
        due, inclusive = clock.due_at, clock.inclusive
        if clock.stage not in {c.stage for c in line.owed}:
            if clock.due_at is not None or not matter.long_term:
                continue
            _, due, inclusive = rules.next_regular(line.assignment, governed.pack, line.answers(clock.stage))
        yield look.row(
            key=f"matter:{line.assignment.pk}:{clock.stage}:{len(line.answers(clock.stage))}",
            kind="贯彻落实",
            title=f"{clock.title}：{matter.title}",
            url=address("matters:matter", matter.pk),
            next_step="报送后在这里关联信息",
            unit=str(line.assignment.unit),
            article=clock.article,
            clause=governed.pack.full_id(duty),
            due=due,
            inclusive=inclusive,
            remind=duty.remind,
            start_at=clock.start,
            note=clock.note,
        )


def _overdue(governed: Governed, lines: list[Line]) -> Iterator[DutyRow]:
    """One row a matter: how many units are late."""
    late: dict[int, list[Line]] = {}
    for line in lines:
        if any(clock.state is State.MISSED for clock in line.owed):
            late.setdefault(line.assignment.matter_id, []).append(line)
    for pk, found in late.items():
        matter = found[0].assignment.matter
        clock = next(c for c in found[0].owed if c.state is State.MISSED)
        yield DutyRow(
            key=f"matter-late:{pk}:{len(found)}",
            kind="督促落实",
            title=f"{matter.title}：{len(found)}个单位逾期",
            url=address("matters:matter", pk),
            next_step="督促，或者办结",
            unit="、".join(str(line.assignment.unit) for line in found[:5])
            + ("等" if len(found) > 5 else ""),
            article=clock.article,
            clause=governed.pack.full_id(clock.clause),
            state=Urgency.SOON,
        )
