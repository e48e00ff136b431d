"""Worked examples of flows: which road a matter takes, or that nobody may take it (``cases/flows.csv``)."""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.base.errors import HengjianError, Place
from hengjian.cli.fields import fields_of
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow, Step, WayOut
from hengjian.policy.roads import fitting, road

COLUMNS = ("case", "flow", "matter", "by", "way", "expected", "reason")
NOBODY, REFUSED = "none", "refused"


def judge_walk(pack: Pack, row: Mapping[str, str], where: Place) -> str:
    """The roles that sign, in order: ``dept_head+ > supervising_leader > president!``.

    ``flow``: the flow's id; with ``matter`` (``importance=important``) this matter must find it, and of an id's
    beginning the first that fits. ``by`` is the role that asks for the way out ``way``. ``+``: or anyone above;
    ``x2``: two persons; ``^high``: level by level up to there; ``&``: beside the step before; ``!``: is shown the
    result. ``report``: the report leaves first. ``none``: no flow fits; ``refused``: this role may not take the way.
    """
    try:
        return _walk(pack, row)
    except (ValueError, HengjianError) as error:
        raise HengjianError(f"这一行读不懂：{error}", where=where) from None


def _walk(pack: Pack, row: Mapping[str, str]) -> str:
    flow = _flow(pack, row)
    if flow is None:
        return NOBODY
    way = _way(flow, row["way"]) if row["way"] else None
    if way is not None and row["by"] not in way.used_by:
        return REFUSED
    signed = [_written(pack, stop.step) for stop in road(flow, way) if not stop.waived]
    return " > ".join(
        [*(["report"] if flow.report_first else []), *signed, *(f"{who}!" for who in flow.present_to)]
    )


def _flow(pack: Pack, row: Mapping[str, str]) -> Flow | None:
    if row["matter"]:
        found = fitting(pack, fields_of(row["matter"]), prefix=row["flow"])
        other = found is not None and found.id != row["flow"] and row["flow"] in {c.id for c in pack.clauses}
        return None if other else found
    clause = pack.clause(row["flow"])
    if not isinstance(clause, Flow):
        raise HengjianError(f"“{clause.title}”不是流转。")
    return clause


def _way(flow: Flow, key: str) -> WayOut:
    found = next((way for way in flow.exceptions if way.key == key), None)
    if found is None:
        raise HengjianError(f"“{flow.title}”没有例外“{key}”。")
    return found


def _written(pack: Pack, step: Step) -> str:
    persons = step.persons if isinstance(step.persons, int) else pack.value(step.persons, on=pack.info.since)
    many = f"x{persons}" if persons not in (1, None) else ""
    level = f"^{step.up_to}" if step.up_to else ""
    return f"{'&' if step.same_time_as else ''}{step.role}{'+' if step.or_above else ''}{many}{level}"
