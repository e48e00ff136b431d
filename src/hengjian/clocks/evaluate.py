"""Run the clocks of a duty that an event starts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hengjian.clocks.calendars import Calendar, standard_calendar
from hengjian.clocks.facts import ClockResult, Facts, State
from hengjian.clocks.lengths import Limit, ValueOf, amount, limit_of
from hengjian.policy.clauses.duty import Arithmetic, EventDuty, Excuse, Stage, StartRule


def applies(duty: EventDuty, facts: Facts) -> bool:
    """Whether the duty's conditions hold for these facts (a missing field does not match)."""
    return all(facts.fields.get(name) in wanted for name, wanted in duty.applies_to.items())


def evaluate(
    duty: EventDuty,
    facts: Facts,
    now: datetime | None = None,
    *,
    calendar: Calendar | None = None,
    value_of: ValueOf | None = None,
    reading: str = "",
) -> list[ClockResult]:
    """One result for each stage of ``duty``; an empty list when the duty does not apply.

    ``now`` is the moment of judging; without it, what has not happened counts as not sent at all.

    >>> from datetime import datetime
    >>> duty = EventDuty.model_validate({
    ...     "id": "x", "kind": "duty", "shape": "event", "title": "动态", "articles": ["14"], "owner": "department",
    ...     "stages": {"report": {"title": "报送", "start": "occurred", "stops": ["first_report"],
    ...                           "within": {"value": 48, "unit": "hour"}}}})
    >>> facts = Facts(times={"occurred": datetime(2024, 6, 3, 9), "first_report": datetime(2024, 6, 5, 9, 1)})
    >>> [(r.state.label, str(r.late_by)) for r in evaluate(duty, facts)]
    [('迟报', '0:01:00')]
    """
    if not applies(duty, facts):
        return []
    cal = calendar or standard_calendar()
    return [_judge(duty, key, facts, now, cal, value_of, reading) for key in duty.stages]


def charged(duty: EventDuty, results: Iterable[ClockResult]) -> int:
    """How many violations these results of one duty cost: each stage, or once an event if the clause says so."""
    count = sum(result.violated and result.chargeable for result in results)
    return min(count, 1) if duty.charge_per == "event" else count


def _judge(
    duty: EventDuty,
    key: str,
    facts: Facts,
    now: datetime | None,
    calendar: Calendar,
    value_of: ValueOf | None,
    reading: str,
) -> ClockResult:
    stage = duty.stages[key]
    start = start_of(stage.start, facts)
    happened = facts.earliest(stage.stops)
    if happened is not None and now is not None and happened > now:
        happened = None
    limit = None
    if start is None or not arises(stage, facts):
        state = State.NOT_APPLICABLE
    else:
        limit = stage_limit(stage, start, duty.arithmetic, calendar, value_of)
        state = state_of(limit, happened, now)
    hopeless = limit is not None and _hopeless(stage.excuse, facts, duty.arithmetic, calendar, value_of)
    waived = hopeless and stage.excuse is not None and stage.excuse.effect == "waive"
    late = happened - limit.at if limit and happened and state is State.LATE else None
    return ClockResult(
        clause=duty.id,
        stage=key,
        title=stage.title,
        article=stage.article or "、".join(duty.articles),
        start=start,
        due_at=limit.at if limit else None,
        inclusive=limit.inclusive if limit else stage.inclusive,
        happened_at=happened,
        late_by=late,
        violated=state in (State.LATE, State.MISSED),
        chargeable=stage.chargeable and duty.strict and not waived,
        state=state,
        emergency=duty.remind.emergency,
        note=_notes(stage, limit, start, happened, _excuse_note(hopeless, waived)),
        reading=reading,
    )


def start_of(rule: StartRule, facts: Facts) -> datetime | None:
    """The moment a clock starts; None while none of its facts is known."""
    times = [moment for name in rule.of if (moment := facts.at(name)) is not None]
    if not times:
        return None
    match rule.take:
        case "latest":
            return max(times)
        case "earliest":
            return min(times)
        case "first":
            return times[0]


def arises(stage: Stage, facts: Facts) -> bool:
    """Whether the stage is owed at all: its ``needs`` are there and none of its ``unless``."""
    return all(facts.at(name) for name in stage.needs) and not any(facts.at(name) for name in stage.unless)


def stage_limit(
    stage: Stage, start: datetime, rule: Arithmetic, calendar: Calendar, value_of: ValueOf | None
) -> Limit | None:
    """The limit of a stage that started at ``start``; None when the text names none (or its value has ended)."""
    if stage.within is None:
        return None
    count = amount(stage.within.value, start.date(), value_of)
    if count is None:
        return None
    return limit_of(
        start, stage.within, count, rule, calendar, inclusive=stage.inclusive, before=stage.before
    )


def repeat_limit(
    duty: EventDuty, last: datetime, calendar: Calendar | None = None, value_of: ValueOf | None = None
) -> Limit | None:
    """When the next report of a lasting matter is due after the ``last`` one; None when the duty does not repeat."""
    if duty.repeat is None:
        return None
    count = amount(duty.repeat.value, last.date(), value_of)
    if count is None:
        return None
    return limit_of(last, duty.repeat, count, duty.arithmetic, calendar or standard_calendar())


def state_of(limit: Limit | None, happened: datetime | None, now: datetime | None) -> State:
    """The state of a clock; without ``now`` what has not happened is missed."""
    if limit is None:
        return State.MET if happened else State.OPEN
    if happened is not None:
        return State.MET if limit.met_by(happened) else State.LATE
    if now is not None and limit.met_by(now):
        return State.PENDING
    return State.MISSED


def _hopeless(
    excuse: Excuse | None, facts: Facts, rule: Arithmetic, calendar: Calendar, value_of: ValueOf | None
) -> bool:
    if excuse is None:
        return False
    since, until = facts.at(excuse.since), facts.at(excuse.until)
    if since is None or until is None:
        return False
    count = amount(excuse.at_least.value, since.date(), value_of)
    return count is not None and until >= limit_of(since, excuse.at_least, count, rule, calendar).at


def _notes(
    stage: Stage, limit: Limit | None, start: datetime | None, happened: datetime | None, excuse: str
) -> str:
    parts = [stage.note, limit.note if limit else ""]
    if start and happened and happened < start and not stage.before:
        parts.append("报送时间早于起算时间，请核对。")
    parts.append(excuse)
    if stage.within is None:
        parts.append("条文未规定期限。")
    return "".join(part for part in parts if part)


def _excuse_note(hopeless: bool, waived: bool) -> str:
    if not hopeless:
        return ""
    return "知道情况时期限已过，不记违反。" if waived else "知道情况时期限已过，照正文仍记违反。"
