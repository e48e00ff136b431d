"""Quota duties: so many in each period; and registers that must have holders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import start_of_day
from hengjian.clocks.facts import State
from hengjian.clocks.lengths import ValueOf, amount
from hengjian.policy.clauses.duty import QuotaDuty, RegisterDuty


@dataclass(frozen=True, slots=True)
class QuotaResult:
    """How far an owner is with one period: ``done`` of ``needed``, ``short`` still to come, until ``due_at`` (24:00).

    ``needed`` is None where the text names no minimum for this unit; the state is then not_applicable.
    """

    clause: str
    period: Period
    needed: int | None
    done: int
    short: int
    due_at: datetime
    state: State
    words: str

    @property
    def start(self) -> datetime:
        return start_of_day(self.period.first)

    @property
    def violated(self) -> bool:
        return self.state is State.MISSED


def quota_status(
    duty: QuotaDuty,
    period: Period,
    moments: Iterable[datetime],
    now: datetime | None = None,
    *,
    unit_class: str = "",
    table: Mapping[str, int | None] | None = None,
    value_of: ValueOf | None = None,
) -> QuotaResult:
    """Judge one owner's ``period``. ``moments``: when each counted thing happened (others are left out here).

    A unit that has no minimum in ``minimum_by`` or ``table`` (by unit class) owes nothing. Without ``now`` the period
    counts as over.

    >>> duty = QuotaDuty.model_validate({"id": "q", "kind": "duty", "shape": "quota", "title": "每周一篇",
    ...     "articles": ["23"], "owner": "department", "per": "week", "counts": "info", "minimum": 1})
    >>> quota_status(duty, Period.parse("2024W23"), [], datetime(2024, 6, 5, 9)).words
    '每周一篇：第23周还差 1 篇'
    """
    needed = needed_in(duty, period, unit_class=unit_class, table=table, value_of=value_of)
    done = sum(period.contains(moment.date()) for moment in moments if now is None or moment <= now)
    short = max((needed or 0) - done, 0)
    due = start_of_day(period.end)
    if needed is None:
        state = State.NOT_APPLICABLE
    elif not short:
        state = State.MET
    else:
        state = State.PENDING if now is not None and now < due else State.MISSED
    words = _words(duty, period, needed, done, short, state)
    return QuotaResult(duty.id, period, needed, done, short, due, state, words)


def needed_in(
    duty: QuotaDuty,
    period: Period,
    *,
    unit_class: str = "",
    table: Mapping[str, int | None] | None = None,
    value_of: ValueOf | None = None,
) -> int | None:
    """The minimum of a unit of ``unit_class`` in ``period``, at the text of the period's last day (R22)."""
    if duty.minimum is not None:
        return amount(duty.minimum, period.last, value_of)
    if duty.minimum_by:
        found = duty.minimum_by.get(unit_class)
        return None if found is None else amount(found, period.last, value_of)
    if table is None:
        raise HengjianError(f"条款 {duty.id} 的数额在表“{duty.minimum_table}”中，请随条款一并给出该表。")
    if unit_class in table:
        return table[unit_class]
    return None if duty.unlisted is None else amount(duty.unlisted, period.last, value_of)


def table_of(duty: QuotaDuty, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, int | None]:
    """The numbers of ``minimum_table`` by class or name of the owner; an empty cell is None. Empty without a table.

    >>> duty = QuotaDuty.model_validate({"id": "q", "kind": "duty", "shape": "quota", "title": "年度计划",
    ...     "articles": ["1"], "owner": "department", "per": "year", "counts": "info", "minimum_table": "plan"})
    >>> table_of(duty, {"plan": [{"unit": "甲所", "minimum": "4"}, {"unit": "乙股", "minimum": ""}]})
    {'甲所': 4, '乙股': None}
    """
    if duty.minimum_table is None:
        return {}
    rows = tables[duty.minimum_table]
    return {
        row[duty.key_column]: int(row[duty.minimum_column]) if row[duty.minimum_column] else None
        for row in rows
    }


def _words(duty: QuotaDuty, period: Period, needed: int | None, done: int, short: int, state: State) -> str:
    if needed is None:
        return f"{duty.title}：未规定数额"
    name = short_label(period)
    if not short:
        return f"{duty.title}：{name}已完成 {done} {duty.measure}"
    verb = "少" if state is State.MISSED else "还差"
    return f"{duty.title}：{name}{verb} {short} {duty.measure}"


def short_label(period: Period) -> str:
    """A period's name without its year (a year keeps it).

    >>> short_label(Period.parse("2024W23")), short_label(Period.parse("2024Q2"))
    ('第23周', '第二季度')
    """
    if period.kind is PeriodKind.YEAR:
        return period.label
    return period.label.split("年", 1)[1]


@dataclass(frozen=True, slots=True)
class RegisterResult:
    """A register of one unit: how many posts are vacant; ``words`` say so."""

    clause: str
    unit: str
    held: int
    vacant: int
    state: State
    words: str


def register_status(
    duty: RegisterDuty,
    unit: str,
    holders: int,
    today: date,
    *,
    substitutes: int = 0,
    value_of: ValueOf | None = None,
) -> RegisterResult:
    """Judge whether ``unit`` has enough holders today (and, where the duty asks for it, substitutes)."""
    needed = amount(duty.minimum, today, value_of) or 0
    vacant = max(needed - holders, 0)
    lacking = max(needed - substitutes, 0) if duty.substitutes else 0
    if not vacant and not lacking:
        return RegisterResult(duty.id, unit, holders, 0, State.MET, f"{duty.title}：已确定 {holders} 人")
    state = State.PENDING if duty.by and today <= duty.by else State.MISSED
    what = f"缺 {vacant} 人" if vacant else f"缺替补（B角）{lacking} 人"
    until = f"，{duty.by.month}月{duty.by.day}日前报送" if duty.by and state is State.PENDING else ""
    return RegisterResult(duty.id, unit, holders, vacant, state, f"{duty.title}：{what}{until}")
