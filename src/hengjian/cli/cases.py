"""Run the worked examples of a pack: CSV files in the form ``score`` and ``deadlines`` read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hengjian.base.errors import HengjianError, Place
from hengjian.cli.deadlines import judge_table
from hengjian.policy import Pack


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of an example file that the engine answers otherwise."""

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
    results = [*_deadlines(pack, folder / "deadlines.csv")]
    if not results:
        raise HengjianError("这里没有算例，请按算例格式放入 CSV 文件。", where=Place(str(folder)))
    return Outcome(len(results), tuple(difference for difference in results if difference is not None))


def _deadlines(pack: Pack, path: Path) -> Iterator[Difference | None]:
    if not path.exists():
        return
    found = {(one.case.key): one.violations for one in judge_table(pack, path)}
    for line, row in _rows(path):
        key = (row.get("scenario", ""), row["case"])
        yield _compare(path, line, key[0], row["case"], row["expected_violations"], str(found[key]))


def _compare(path: Path, line: int, scenario: str, what: str, expected: str, found: str) -> Difference | None:
    return None if expected == found else Difference(path.name, line, scenario, what, expected, found)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from enumerate(csv.DictReader(file), 2)
