"""Findings about the pack: what is left undone or has no effect."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from hengjian.base.articles import ArticleRef
from hengjian.policy.clashes import possible
from hengjian.policy.clauses.base import ClauseBase
from hengjian.policy.clauses.check import CheckBase, ChecklistCheck, DataCheck, LengthCheck, SampleCheck
from hengjian.policy.clauses.duty import DutyBase, EventDuty, RegisterDuty
from hengjian.policy.clauses.flow import Flow
from hengjian.policy.clauses.points import PointsBase
from hengjian.policy.coverage import coverage
from hengjian.policy.lint.row import Row
from hengjian.policy.pack import Pack
from hengjian.policy.refs import references

# fields of a points clause whose values are no prices: no explanation row names them
_NOT_PRICES = ("quota", "weights", "factor")
_TRIES = {"pass": "成立", "fail": "不成立", "boundary": "边界"}
_ALL = tuple(_TRIES)
_CHECKS = {LengthCheck: _ALL, SampleCheck: _ALL, ChecklistCheck: ("pass",), DataCheck: ()}


def coverage_gaps(pack: Pack) -> Iterator[Row]:
    """An article nobody carries out."""
    for row in coverage(pack):
        if row.gap:
            where = ArticleRef(row.article).label
            yield Row("not-covered", where, "没有规则落实，也没有写明不落实的理由，请补规则或 statement。")


def idle_options(pack: Pack) -> Iterator[Row]:
    """An option beside the default that changes nothing."""
    for reading in pack.readings.values():
        for name, option in reading.options.items():
            if name != reading.default and not option.set and reading.options[reading.default].set == {}:
                message = f"选项“{name}”与默认的理解没有差别，请写 set 或删去。"
                yield Row("idle-option", f"readings.yaml {reading.id}", message)


def clashing_options(pack: Pack) -> Iterator[Row]:
    """Two options of different questions that change the same field: the office could not choose both."""
    for clash in possible(pack.readings):
        message = f"{clash.sentence}；请改成不同的字段，或者在其中一个选项里写 yields_to。"
        yield Row("clashing-options", f"readings.yaml {clash.other.reading}", message)


def unused_params(pack: Pack) -> Iterator[Row]:
    """A value no clause reads, under any reading."""
    used = {value for clause in pack.written for ref, _, value in references(clause) if ref.to == "param"}
    patches = [o.set.values() for reading in pack.readings.values() for o in reading.options.values()]
    used |= {text for values in patches for value in values for text in _texts(value)}
    for name in pack.params:
        if name not in used:
            yield Row("unused-value", f"values.yaml {name}", "没有规则用到这个数值，请删去或在规则里引用。")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)


def untried_params(pack: Pack) -> Iterator[Row]:
    """A price of a points clause that no worked example pays or charges."""
    tried = {row["rule"] for row in _rows(pack.folder / "cases" / "explain.csv")}
    priced = [
        value
        for clause in pack.clauses_of("points")
        for ref, path, value in references(clause)
        if ref.to == "param" and path[0] not in _NOT_PRICES
    ]
    for name in dict.fromkeys(priced):
        if name not in tried:
            yield Row("no-case", f"cases/ {name}", "没有一个算例用到这个数值，请补一个得到或扣去它的算例。")


def untried_clauses(pack: Pack) -> Iterator[Row]:
    """A clause that decides something without a case where it holds, one where it fails, one on the boundary.

    ``cases/tries.csv`` says which case tries which clause: ``clause, kind, case``. A register or a check without a
    number has no boundary; a flow that everything takes, without a way out, cannot fail. A cell that belongs to a
    table of rules (``data``) has its cases there.
    """
    tried: dict[str, set[str]] = {}
    for row in _rows(pack.folder / "cases" / "tries.csv"):
        tried.setdefault(row["clause"], set()).add(row["kind"])
    for clause in pack.clauses:
        wanted = _wanted(clause)
        missing = [
            noun for kind, noun in _TRIES.items() if kind in wanted and kind not in tried.get(clause.id, ())
        ]
        if missing:
            message = f"还缺{'、'.join(missing)}的算例，请补上并记入 tries.csv。"
            yield Row("no-case", f"cases/ {clause.id}", message)


def _wanted(clause: ClauseBase) -> tuple[str, ...]:
    if isinstance(clause, EventDuty):
        return _ALL if any(stage.within for stage in clause.stages.values()) else ()
    if isinstance(clause, Flow):
        return ("pass", "fail") if clause.applies_to or clause.exceptions else ("pass",)
    if isinstance(clause, RegisterDuty) and clause.minimum == 0:
        return ("pass",)
    if isinstance(clause, RegisterDuty | CheckBase):
        return _CHECKS.get(type(clause), ("pass", "fail"))
    return _ALL if isinstance(clause, PointsBase | DutyBase) else ()


def untried_measures(pack: Pack) -> Iterator[Row]:
    """An indicator with a number but no worked example where it is met and one where it is missed."""
    tried: dict[str, set[str]] = {}
    for row in _rows(pack.folder / "cases" / "measures.csv"):
        tried.setdefault(row["indicator"], set()).add(row["status"])
    for measure in pack.clauses_of("measure"):
        missing = [w for w in ("met", "missed") if w not in tried.get(measure.indicator, ())]
        if measure.target.kind == "number" and missing:
            names = "、".join("达标" if status == "met" else "未达标" for status in missing)
            yield Row("no-case", f"cases/ {measure.id}", f"还缺{names}的算例，请补进 measures.csv。")


def stray_tries(pack: Pack) -> Iterator[Row]:
    """A line of ``tries.csv`` that names no clause of the pack or no case."""
    folder = pack.folder / "cases"
    cases = {row["scenario"] for row in _rows(folder / "scenarios.csv")}
    cases |= {
        row["case"]
        for name in ("deadlines", "periodic", "flows", "checks")
        for row in _rows(folder / f"{name}.csv")
    }
    known = {clause.id for clause in pack.written}
    for line, row in enumerate(_rows(folder / "tries.csv"), 2):
        for noun, name, names in (("规则", row["clause"], known), ("算例", row["case"], cases)):
            if name not in names:
                yield Row("stray-case", f"cases/tries.csv:{line}", f"没有{noun}“{name}”，请改正。")


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def never_checked(pack: Pack) -> Iterator[Row]:
    """Nobody has compared the pack with the text."""
    if pack.info.last_checked is None:
        yield Row("never-checked", "pack.yaml", "没有写 last_checked，请对照正文核对一遍并写上日期。")
