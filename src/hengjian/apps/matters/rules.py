"""What the pack says of matters: which sources there are, which duty each starts, what its stages are."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.matters.models import Assignment, Matter, Progress
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.clocks import ClockResult, Facts, State, evaluate
from hengjian.clocks.evaluate import repeat_limit
from hengjian.policy import Pack
from hengjian.policy.clauses.definition import Term
from hengjian.policy.clauses.duty import EventDuty

VOCABULARY = "moment"
LONG_TERM = "long_term"


def kinds(pack: Pack) -> list[Term]:
    """The sources that are entered once and start a duty of each responsible unit; none for most packs."""
    if VOCABULARY not in pack.vocabularies:
        return []
    return [term for term in pack.vocabulary(VOCABULARY) if term.attrs.get("deadline_class")]


def has_matters(installation: Installation) -> bool:
    return knows(installation.pack)


def knows(pack: str) -> bool:
    return bool(kinds(loaded(pack)))


def duty_of(pack: Pack, kind: str, on: datetime) -> EventDuty:
    """The duty whose conditions the kind of matter meets; HengjianError when the pack has none."""
    wanted = pack.term(VOCABULARY, kind).attrs.get("deadline_class")
    for duty in pack.clauses_of("duty", on=to_local(on).date()):
        if isinstance(duty, EventDuty) and wanted in duty.applies_to.get("deadline_class", ()):
            return duty
    raise HengjianError("制度包没有写明这类事项应当怎样报告，请补一条 duty。")


def clocks_of(assignment: Assignment, pack: Pack, at: datetime, reports: list[Progress]) -> list[ClockResult]:
    """The clocks of one unit for one matter as seen at ``at``; ``reports`` are its standing ones."""
    matter = assignment.matter
    duty = duty_of(pack, matter.kind, matter.happened_at)
    start = to_local(matter.happened_at)
    times: dict[str, datetime | None] = {"occurred": start}
    if matter.long_term:
        times[LONG_TERM] = start
    for report in reports:
        for name in duty.stages[report.stage].stops if report.stage in duty.stages else ():
            moment = to_local(report.reported_at)
            known = times.get(name)
            times[name] = min(known, moment) if known else moment
    fields = {"deadline_class": str(pack.term(VOCABULARY, matter.kind).attrs["deadline_class"])}
    found = evaluate(duty, Facts(fields=fields, times=times), to_local(at), value_of=pack.value)
    return [result for result in found if result.state is not State.NOT_APPLICABLE]


def next_regular(
    assignment: Assignment, pack: Pack, reports: list[Progress]
) -> tuple[EventDuty, datetime | None, bool]:
    """The duty, when its next regular report is due, and whether that moment counts; None where the text names no rhythm."""
    matter = assignment.matter
    duty = duty_of(pack, matter.kind, matter.happened_at)
    last = max((to_local(r.reported_at) for r in reports), default=to_local(matter.happened_at))
    limit = repeat_limit(duty, last, value_of=pack.value)
    return duty, limit.at if limit else None, limit.inclusive if limit else True


def stages(pack: Pack, matter: Matter) -> dict[str, str]:
    """Stage → title, those that arise for this matter."""
    duty = duty_of(pack, matter.kind, matter.happened_at)
    return {
        key: stage.title
        for key, stage in duty.stages.items()
        if LONG_TERM not in stage.needs or matter.long_term
    }
