"""Run the worked examples of a pack: CSV files in the form ``score`` and ``deadlines`` read."""

from __future__ import annotations

import csv
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from hengjian.base.errors import HengjianError, Place
from hengjian.base.points import plain
from hengjian.cli.checked import judge_check
from hengjian.cli.deadlines import judge_table
from hengjian.cli.measured import ASKED, judge_measured
from hengjian.cli.periodic import judge_periodic
from hengjian.cli.walked import judge_walk
from hengjian.policy import Pack

Row = dict[str, str]
Judge = Callable[[Pack, Row, Place], str]
NONE = "（无）"
QUIET_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of an example file that the engine answers otherwise; line 0: a row the file lacks."""

    file: str
    line: int
    scenario: str
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows were compared, and those that differ."""

    checked: int
    differences: tuple[Difference, ...]


def run_cases(pack: Pack, folder: Path) -> Outcome:
    """Compare every expectation in ``folder``; HengjianError when there is none at all."""
    sources = (
        _deadlines(pack, folder),
        _judged(pack, folder / "periodic.csv", judge_periodic),
        _judged(pack, folder / "flows.csv", judge_walk),
        _judged(pack, folder / "checks.csv", judge_check),
        _measured(pack, folder),
        _scores(pack, folder),
        _other_readings(pack, folder),
    )
    results = list(_told(chain.from_iterable(sources)))
    if not results:
        raise HengjianError("这里没有算例，请按算例格式放入 CSV 文件。", where=Place(str(folder)))
    return Outcome(len(results), tuple(result for result in results if result is not None))


def _told(results: Iterable[Difference | None]) -> Iterator[Difference | None]:
    """Say on stderr how far the work is when it takes more than two seconds."""
    told = time.monotonic()
    for done, result in enumerate(results):
        if time.monotonic() - told > QUIET_SECONDS:
            told = time.monotonic()
            print(f"已核对 {done} 行……", file=sys.stderr)
        yield result


def _deadlines(pack: Pack, folder: Path) -> Iterator[Difference | None]:
    path = folder / "deadlines.csv"
    if not path.exists():
        return
    found = {one.case.key: one.violations for one in judge_table(pack, path)}
    for line, row in _rows(path):
        key = (row.get("scenario", ""), row["case"])
        yield _compare(path, line, key[0], row["case"], row["expected_violations"], str(found[key]))


def _judged(pack: Pack, path: Path, judge: Judge) -> Iterator[Difference | None]:
    if not path.exists():
        return
    for line, row in _rows(path):
        found = judge(pack, row, Place(str(path), line))
        yield _compare(path, line, "", row["case"], row["expected"], found)


def _measured(pack: Pack, folder: Path) -> Iterator[Difference | None]:
    path = folder / "measures.csv"
    if not path.exists():
        return
    for line, row in _rows(path):
        found = judge_measured(pack, row, Place(str(path), line))
        for name in ASKED:
            yield _compare(path, line, "", f"{row['case']} {name}", row[name], found[name])


def _scores(pack: Pack, folder: Path) -> Iterator[Difference | None]:
    path = folder / "expected.csv"
    if not path.exists():
        return
    tables = _score(pack, folder)
    scores = {_key(row, "period", "unit"): row for row in tables["scores"]}
    for line, row in _rows(path):
        found = scores.get(_key(row, "period", "unit"), {})
        for column, name in (("expected", "points"), ("disqualified",) * 2, ("evaluated",) * 2):
            if row.get(column):
                what = f"{row['period']} {row['unit']} {name}"
                answer = found.get(name, NONE)
                yield _compare(path, line, row.get("scenario", ""), what, row[column], answer)
    yield from _explained(folder / "explain.csv", tables["explain"])
    yield from _persons(folder / "expected_persons.csv", tables["persons"])


def _explained(path: Path, found: list[Row]) -> Iterator[Difference | None]:
    """The net of each (period, unit, rule, item) must agree; what is paid beyond the file differs too."""
    if not path.exists():
        return
    rows = list(_rows(path))
    names = ("period", "unit", "rule", "item")
    nets, wanted = _nets(found, names), _nets([row for _, row in rows], names)
    lines = {_key(row, *names): line for line, row in rows}
    for key in dict.fromkeys([*wanted, *nets]):
        expected, answer = wanted.get(key), nets.get(key)
        if expected or answer:
            sides = [NONE if side is None else plain(side) for side in (expected, answer)]
            yield _compare(path, lines.get(key, 0), key[0], " ".join(key[1:]).strip(), *sides)


def _nets(rows: list[Row], names: tuple[str, ...]) -> dict[tuple[str, ...], Decimal]:
    nets: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for row in rows:
        nets[_key(row, *names)] += Decimal(row["points"])
    return dict(nets)


def _persons(path: Path, found: list[Row]) -> Iterator[Difference | None]:
    if not path.exists():
        return
    points = {_key(row, "period", "unit", "person"): row["points"] for row in found}
    for line, row in _rows(path):
        key = _key(row, "period", "unit", "person")
        yield _compare(path, line, key[0], " ".join(key[1:]), row["expected"], points.get(key, NONE))


def _other_readings(pack: Pack, folder: Path) -> Iterator[Difference | None]:
    path = folder / "expected_alt.csv"
    if not path.exists():
        return
    rows = list(_rows(path))
    for choice in dict.fromkeys(row["reading"] for _, row in rows):
        reading, _, option = choice.partition("=")
        asked = [(line, row) for line, row in rows if row["reading"] == choice]
        names = {row.get("scenario", "") for _, row in asked}
        tables = _score(pack.with_readings({reading: option}), folder, names)
        points = {_key(row, "period", "unit"): row["points"] for row in tables["scores"]}
        for line, row in asked:
            key = _key(row, "period", "unit")
            what = f"{choice} {' '.join(key[1:])}"
            yield _compare(path, line, key[0], what, row["expected"], points.get(key, NONE))


def _score(pack: Pack, folder: Path, names: set[str] | None = None) -> dict[str, list[Row]]:
    """The answers as rows of text; ``names``: only these scenarios."""
    from hengjian.scoring import Scorer
    from hengjian.scoring.folder import read_folder

    tables: dict[str, list[Row]] = {"scores": [], "explain": [], "persons": []}
    with Scorer() as scorer:
        for scenario in read_folder(folder):
            if names is not None and scenario.name not in names:
                continue
            result = scorer.score(pack, scenario.data, scenario.periods, values=scenario.values)
            parts: tuple[list[Any], ...] = (result.scores, result.rows, result.persons)
            for table, found in zip(tables.values(), parts, strict=True):
                table += [{"scenario": scenario.name, **_texts(row)} for row in found]
    return tables


def _texts(row: Any) -> Row:
    names = ("period", "unit", "rule", "item", "person", "points", "disqualified", "evaluated")
    return {name: _text(getattr(row, name)) for name in names if hasattr(row, name)}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return plain(value) if isinstance(value, Decimal) else str(value)


def _key(row: Row, *names: str) -> tuple[str, ...]:
    return (row.get("scenario", ""), *(row.get(name, "") for name in names))


def _compare(path: Path, line: int, scenario: str, what: str, expected: str, found: str) -> Difference | None:
    if expected == found or _number(expected) == _number(found) is not None:
        return None
    return Difference(path.name, line, scenario, what, expected, found)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from enumerate(csv.DictReader(file), 2)
