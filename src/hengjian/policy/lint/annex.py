"""Findings computed from annexes and ranges: holes, blanks, headings, quotas and families of units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from hengjian.base.periods import Period, PeriodKind
from hengjian.policy.clauses.check import LengthCheck
from hengjian.policy.clauses.duty import QuotaDuty
from hengjian.policy.finding import Below, Blank, Check, Lengths, Numbering, Uneven
from hengjian.policy.lint.numerals import read_numeral
from hengjian.policy.lint.units import expanded
from hengjian.policy.pack import Pack


def annex_facts(pack: Pack, check: Check) -> Iterator[str]:
    """The facts of the check that is written; none when all is well."""
    if check.lengths:
        yield from _lengths(pack, check.lengths)
    elif check.numbering:
        yield from _numbering(pack, check.numbering)
    elif check.blank:
        yield from _blank(pack, check.blank)
    elif check.below:
        yield from _below(pack, check.below)
    elif check.uneven:
        yield from _uneven(pack, check.uneven)


def matches(row: Mapping[str, str], where: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a row has one of the wanted values in each named column."""
    return all(row.get(name) in values for name, values in where.items())


def _lengths(pack: Pack, check: Lengths) -> Iterator[str]:
    clause = pack.clause(check.clause)
    if not isinstance(clause, LengthCheck):
        return
    spans = sorted(
        (_amount(pack, item.at_least) or 0, _amount(pack, item.at_most), item.title) for item in clause.ranges
    )
    for (_, high, before), (low, _, after) in pairwise(spans):
        if high is None or low < high:
            yield f"从 {low} 字起同时属于“{before}”和“{after}”"
        elif low == high:
            yield f"{low} 字同时属于“{before}”和“{after}”"
        elif low > high + 1:
            yield f"“{before}”与“{after}”之间，{high + 1} 至 {low - 1} 字不属于任何一种"
    highest = max(spans, key=lambda span: (span[1] is None, span[1] or 0))
    if highest[1] is not None:
        yield f"超过 {highest[1]} 字的不属于任何一种"


def _amount(pack: Pack, value: int | str | None) -> int | None:
    found = pack.value(value, pack.info.since) if isinstance(value, str) else value
    return None if found is None else int(found)


def _numbering(pack: Pack, check: Numbering) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for row in pack.tables[check.table]:
        groups.setdefault(row[check.parent], []).append(row[check.number])
    for parent, numbers in groups.items():
        where = f"“{parent}”下面" if parent else "一级标题"
        read = [read_numeral(number) for number in numbers]
        styles = list(dict.fromkeys(style for style, _ in read))
        if len(styles) > 1:
            yield f"{where}的编号混用 {'、'.join(styles)} {len(styles)} 种写法"
        if [value for _, value in read] != list(range(1, len(read) + 1)):
            yield f"{where}的编号是 {'、'.join(numbers)}，不连续"
        elif len(read) == 1:
            yield f"{where}只有 {numbers[0]}，没有第二项"


def _blank(pack: Pack, check: Blank) -> Iterator[str]:
    for row in pack.tables[check.table]:
        if matches(row, check.where) and not row[check.column].strip():
            yield f"“{row[check.of]}”对应的一格是空的"


def _below(pack: Pack, check: Below) -> Iterator[str]:
    duty = pack.clause(check.duty)
    if not isinstance(duty, QuotaDuty):
        return
    year = Period.of(pack.info.since, PeriodKind.YEAR)
    least = _amount(pack, duty.minimum) if duty.minimum is not None else _most(pack, duty)
    needed = (least or 0) * len(year.parts(duty.per))
    for row in pack.tables[check.table]:
        number = Decimal(row[check.column] or 0)
        if number < needed:
            yield f"“{row[check.of]}”全年 {number} {duty.measure}，少于“{duty.title}”一年合计的 {needed} {duty.measure}"


def _most(pack: Pack, duty: QuotaDuty) -> int:
    """What the text asks in general where the numbers stand in a table: the commonest is the highest."""
    if duty.minimum_table is None:
        return 0
    return max(int(row[duty.minimum_column] or 0) for row in pack.tables[duty.minimum_table])


def _uneven(pack: Pack, check: Uneven) -> Iterator[str]:
    families: dict[str, list[str]] = {}
    for term in pack.vocabulary(check.families):
        family = term.attrs.get(check.attr)
        if family:
            families.setdefault(str(family), []).append(term.label)
    listed: dict[str, set[str]] = {}
    for row in pack.tables[check.table]:
        listed.setdefault(row[check.by], set()).update(expanded(pack, check.families, row[check.of]))
    for name, units in listed.items():
        for family, members in families.items():
            missing = [unit for unit in members if unit not in units]
            if missing and len(missing) < len(members):
                yield f"“{name}”列了{family}的其他部门，没有列{'、'.join(missing)}"
