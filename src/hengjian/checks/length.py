"""The length of a text against the range for its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hengjian.checks.counting import STATED, count_text
from hengjian.checks.finding import Draft, Finding, finding
from hengjian.checks.params import Number
from hengjian.policy.clauses.check import LengthCheck, LengthRange, Severity


def check(clause: LengthCheck, draft: Draft, number: Number) -> Iterator[Finding]:
    """At most one finding; a text of a type without a range has none."""
    found = range_for(clause, draft.fields)
    if found is None:
        return
    count = count_text(draft.text, clause.count)
    least, most = number(found.at_least), number(found.at_most)
    name = found.title or clause.title
    if least is not None and count < least and found.below is not Severity.OFF:
        message = f"{name}一般不少于 {least} 字，现有 {count} 字（{STATED[clause.count]}），请补充要素。"
        yield finding(clause, "length.short", found.below, draft, 0, len(draft.text), message)
    if most is not None and count > most and found.above is not Severity.OFF:
        message = f"{name}一般不超过 {most} 字，现有 {count} 字（{STATED[clause.count]}），请压缩。"
        yield finding(clause, "length.long", found.above, draft, 0, len(draft.text), message)


def range_for(clause: LengthCheck, fields: Mapping[str, str]) -> LengthRange | None:
    """The first range whose conditions hold: what a live counter shows."""
    for found in clause.ranges:
        if all(fields.get(name) in wanted for name, wanted in found.when.items()):
            return found
    return None
