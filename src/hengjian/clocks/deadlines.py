"""A table of cases in, a table of clocks out: the pure half of ``hengjian deadlines``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hengjian.base.errors import HengjianError, ManyErrors, Place
from hengjian.base.times import parse_local
from hengjian.clocks.calendars import Calendar
from hengjian.clocks.evaluate import applies, charged, evaluate
from hengjian.clocks.facts import ClockResult, Facts, State
from hengjian.clocks.lengths import ValueOf
from hengjian.policy.clauses.duty import EventDuty

CLASS_FIELD = "deadline_class"
CLASS_COLUMN = "class"
REQUIRED = ("case", CLASS_COLUMN, "occurred_at")
COLUMNS = ("case", "violations", "clock", "due_at", "happened_at", "late_by")
DETAILS = ("state", "article", "reading", "note")
_MINUTE = timedelta(minutes=1)
_SHAPE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)?")

DutiesOn = Callable[[date], Sequence[EventDuty]]
"""The event duties in force on a day."""


@dataclass(frozen=True, slots=True)
class Case:
    """One row: its id (with the scenario, where the file has one) and what is known of it."""

    key: tuple[str, str]
    facts: Facts

    @property
    def day(self) -> date:
        occurred = self.facts.at("occurred")
        assert occurred is not None
        return occurred.date()


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with its clocks and the number of violations they cost."""

    case: Case
    violations: int
    clocks: tuple[ClockResult, ...]


def expected_columns(duties: Iterable[EventDuty]) -> tuple[str, ...]:
    """The columns a table must have for these duties: what starts and what stops each chargeable clock."""
    names = dict.fromkeys(REQUIRED)
    for duty in duties:
        for stage in duty.stages.values():
            if stage.chargeable and stage.within is not None and not stage.needs:
                names |= dict.fromkeys(f"{name}_at" for name in (*stage.start.of, stage.stops[0]))
    return tuple(names)


def read_cases(
    rows: Iterable[Mapping[str, str | None]],
    header: Sequence[str],
    duties: Sequence[EventDuty],
    classes: Iterable[str],
    source: str,
) -> list[Case]:
    """Turn rows (data begins on line 2) into cases; all faults of the table are collected (ManyErrors)."""
    missing = [name for name in expected_columns(duties) if name not in header]
    if missing:
        raise HengjianError(f"缺少列 {'、'.join(missing)}，请补上后重试。", where=Place(source, 1))
    errors: list[HengjianError] = []
    cases: dict[tuple[str, str], Case] = {}
    known = tuple(classes)
    for line, row in enumerate(rows, start=2):
        faults, case = _read_case(row, known, source, line)
        errors += faults
        if case is None:
            continue
        if case.key in cases:
            errors.append(
                HengjianError(
                    f"案例编号“{case.key[1]}”重复，请改成不同的编号。", where=Place(source, line, "case")
                )
            )
        cases[case.key] = case
    if errors:
        raise errors[0] if len(errors) == 1 else ManyErrors(errors)
    return list(cases.values())


def _read_case(
    row: Mapping[str, str | None], classes: tuple[str, ...], source: str, line: int
) -> tuple[list[HengjianError], Case | None]:
    errors: list[HengjianError] = []

    def fault(column: str, message: str) -> None:
        errors.append(HengjianError(message, where=Place(source, line, column)))

    cells = {name: (text or "").strip() for name, text in row.items() if isinstance(name, str)}
    if None in row:
        errors.append(HengjianError("这一行的列数多于表头，请检查逗号和引号。", where=Place(source, line)))
    times: dict[str, datetime | None] = {}
    for name, text in cells.items():
        if not name.endswith("_at"):
            continue
        try:
            times[name.removesuffix("_at")] = read_time(text)
        except ValueError:
            fault(
                name, f"“{text}”不是存在的时间，请写成 2024-06-03T09:00 这样的形式（24:00 写成次日 00:00）。"
            )
    if not cells.get("case"):
        fault("case", "案例编号为空，请填写。")
    if (kind := cells.get(CLASS_COLUMN, "")) not in classes:
        fault(CLASS_COLUMN, f"类别“{kind}”不认识，请写 {'、'.join(classes)} 之一。")
    if "occurred_at" in cells and not cells["occurred_at"]:
        fault("occurred_at", "发生时间为空，时限无从起算，请填写。")
    if errors:
        return errors, None
    fields = {name: text for name, text in cells.items() if not name.endswith("_at")}
    return [], Case((cells.get("scenario", ""), cells["case"]), Facts({**fields, CLASS_FIELD: kind}, times))


def read_time(text: str) -> datetime | None:
    """Read a time to the minute; empty means: has not happened. ValueError for anything else, dates alone too.

    >>> read_time("2024-06-03T23:59"), read_time("")
    (datetime.datetime(2024, 6, 3, 23, 59), None)
    """
    if not text:
        return None
    if not _SHAPE.fullmatch(text):
        raise ValueError(text)
    return parse_local(text)


def judge(
    case: Case,
    duties_on: DutiesOn,
    *,
    now: datetime | None = None,
    calendar: Calendar | None = None,
    value_of: ValueOf | None = None,
    reading_of: Callable[[EventDuty], str] = lambda duty: "",
) -> Judged:
    """All clocks of one case by the text in force on the day it occurred, and what they cost together."""
    clocks: list[ClockResult] = []
    violations = 0
    for duty in duties_on(case.day):
        if not applies(duty, case.facts):
            continue
        results = evaluate(
            duty, case.facts, now, calendar=calendar, value_of=value_of, reading=reading_of(duty)
        )
        violations += charged(duty, results)
        clocks += [r for r in results if r.due_at is not None and r.state is not State.NOT_APPLICABLE]
    return Judged(case, violations, tuple(clocks))


def rows_out(judged: Judged) -> list[dict[str, str]]:
    """The rows of the answer: one a clock; a case without any clock has one row with the rest empty."""
    scenario, case = judged.case.key
    head = {"scenario": scenario, "case": case, "violations": str(judged.violations)}
    if not judged.clocks:
        return [head]
    return [{**head, **_clock_row(clock)} for clock in judged.clocks]


def _clock_row(clock: ClockResult) -> dict[str, str]:
    return {
        "clock": f"{clock.clause}.{clock.stage}",
        "due_at": written(clock.due_at),
        "happened_at": written(clock.happened_at),
        "late_by": "" if clock.late_by is None else str(-(-clock.late_by // _MINUTE)),
        "state": clock.state.value,
        "article": clock.article,
        "reading": clock.reading,
        "note": clock.note,
    }


def written(moment: datetime | None) -> str:
    """A time as the tables write it: to the minute, with seconds only where there are some."""
    if moment is None:
        return ""
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")
