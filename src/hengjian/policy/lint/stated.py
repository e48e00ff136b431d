"""Findings of findings.yaml: told by people, or computed from the pack's own tables and clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hengjian.base.articles import ArticleRef
from hengjian.policy.finding import Check, Finding, Ranges, Serials, Total, Unique, Unscored
from hengjian.policy.lint.annex import annex_facts, matches
from hengjian.policy.lint.row import Row
from hengjian.policy.pack import Pack


def stated(pack: Pack) -> Iterator[Row]:
    """A finding without a check is a row; one with a check is a row for each thing found."""
    for finding in pack.findings:
        yield from rows_of(pack, finding)


def of_table(pack: Pack, table: str) -> Iterator[Row]:
    """The findings that are computed from one table of the pack."""
    for finding in pack.findings:
        if finding.check is not None and table in _texts(finding.check.model_dump()):
            yield from rows_of(pack, finding)


def rows_of(pack: Pack, finding: Finding) -> Iterator[Row]:
    """What one finding tells of the pack."""
    where = "、".join(ArticleRef.parse(ref).label for ref in finding.articles)
    if finding.check is None:
        yield Row(finding.code, where, finding.message)
        return
    for fact in _facts(pack, finding.check):
        yield Row(finding.code, where, f"{fact}。{finding.message}")


def _facts(pack: Pack, check: Check) -> Iterator[str]:
    if check.total:
        yield from _total(pack, check.total)
    elif check.ranges:
        yield from _ranges(pack, check.ranges)
    elif check.unscored:
        yield from _unscored(pack, check.unscored)
    elif check.unique:
        yield from _unique(pack, check.unique)
    elif check.serials:
        yield from _serials(pack, check.serials)
    else:
        yield from annex_facts(pack, check)


def _total(pack: Pack, total: Total) -> Iterator[str]:
    rows = [row for row in pack.tables[total.table] if matches(row, total.where)]
    found = sum((Decimal(row[total.sum] or 0) for row in rows), Decimal()) if total.sum else len(rows)
    if found != total.declared:
        yield f"印出的合计是 {total.declared}，逐行相加是 {found}"


def _ranges(pack: Pack, ranges: Ranges) -> Iterator[str]:
    spans = sorted(
        (_field(clause, ranges.low), _field(clause, ranges.high), clause.title)
        for clause in map(pack.clause, ranges.clauses)
    )
    for (_, high, before), (low, _, after) in pairwise(spans):
        if low > high + 1:
            yield f"“{before}”与“{after}”之间，{high + 1} 至 {low - 1} 不属于任何一种"
        elif low <= high:
            shared = f"{low}" if low == high else f"{low} 至 {high}"
            yield f"{shared} 同时属于“{before}”和“{after}”"


def _field(clause: Any, path: str) -> int:
    for step in path.split("."):
        clause = clause[step] if isinstance(clause, Mapping) else getattr(clause, step)
    return int(clause)


def _unscored(pack: Pack, check: Unscored) -> Iterator[str]:
    named = {text for clause in pack.clauses_of("points") for text in _texts(clause.model_dump())}
    for term in pack.vocabulary(check.vocabulary):
        if term.key not in named:
            yield f"“{term.label}”没有对应的得分"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)


def _unique(pack: Pack, unique: Unique) -> Iterator[str]:
    counts = Counter(
        tuple(row[name] for name in unique.columns)
        for row in pack.tables[unique.table]
        if matches(row, unique.where)
    )
    for key, count in counts.items():
        if count > 1:
            yield f"“{'、'.join(key)}”列了 {count} 次"


def _serials(pack: Pack, serials: Serials) -> Iterator[str]:
    rows = [row for row in pack.tables[serials.table] if matches(row, serials.where)]
    for number, row in enumerate(rows, 1):
        if row[serials.column] != str(number):
            shown = row[serials.column] or "空"
            yield f"第 {number} 行的序号是“{shown}”"
