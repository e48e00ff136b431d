"""Worked examples of duties that come back: quotas, periodic issues, registers (``cases/periodic.csv``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from hengjian.base.errors import HengjianError, Place
from hengjian.base.periods import Period
from hengjian.clocks import State, quota_status, register_status, slot_status, slots, table_of
from hengjian.clocks.deadlines import read_time
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import IssueDuty, QuotaDuty, RegisterDuty

COLUMNS = ("case", "duty", "period", "owner", "happened_at", "expected", "reason")


def judge_periodic(pack: Pack, row: Mapping[str, str], where: Place) -> str:
    """The state of one row's duty in its period: ``met``, ``late``, ``missed`` or ``not_applicable``.

    ``period`` is the period of the duty (for a register: the day), ``owner`` a unit or its class, ``happened_at``
    moments joined by ``;`` (for a register: the number of holders and, after ``;``, of substitutes).
    """
    try:
        return _state(pack, row).value
    except (ValueError, HengjianError) as error:
        raise HengjianError(f"这一行读不懂：{error}", where=where) from None


def _state(pack: Pack, row: Mapping[str, str]) -> State:
    duty, parts = pack.clause(row["duty"]), [part for part in row["happened_at"].split(";") if part]
    if isinstance(duty, RegisterDuty):
        held, spare = (*map(int, parts), 0, 0)[:2]
        day = date.fromisoformat(row["period"])
        return register_status(duty, row["owner"], held, day, substitutes=spare, value_of=pack.value).state
    moments = [moment for moment in map(read_time, parts) if moment is not None]
    period = Period.parse(row["period"])
    if not pack.holds(duty, period.last):
        return State.NOT_APPLICABLE
    if isinstance(duty, QuotaDuty):
        table = table_of(duty, pack.tables)
        result = quota_status(
            duty, period, moments, unit_class=row["owner"], table=table, value_of=pack.value
        )
        return result.state
    if isinstance(duty, IssueDuty):
        return _issue(pack, duty, period, moments)
    raise HengjianError(f"“{duty.title}”不是按期重复的义务，请写进 deadlines.csv。")


def _issue(pack: Pack, duty: IssueDuty, period: Period, moments: list[datetime]) -> State:
    found = slots(duty, period.first, period.end, value_of=pack.value)
    if not found:
        raise HengjianError(f"“{duty.title}”在这个期间没有应办的一期，请核对期间。")
    return slot_status(duty, found[0], min(moments, default=None)).state
