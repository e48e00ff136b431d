"""Run all checks of a pack that apply to a draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hengjian.checks import dates, duplicate, figures, length, personal, words
from hengjian.checks.finding import Draft, Finding
from hengjian.checks.params import Lookup, Number, reader
from hengjian.policy.clauses.base import ClauseBase
from hengjian.policy.clauses.check import (
    CheckBase,
    ChecklistCheck,
    DatesCheck,
    DuplicateCheck,
    FiguresCheck,
    LengthCheck,
    PersonalCheck,
    Severity,
    WordsCheck,
)

_ORDER = {severity: place for place, severity in enumerate(Severity)}


def check_text(
    clauses: Iterable[ClauseBase], draft: Draft, *, value_of: Lookup | None = None
) -> list[Finding]:
    """Everything the text checks among ``clauses`` find in ``draft``: the gravest first, then by place.

    ``value_of`` looks up parameters (``lambda name: pack.value(name, on=day)``). Clauses of other kinds are passed over.
    """
    number = reader(value_of)
    found = [
        one
        for clause in clauses
        if isinstance(clause, CheckBase) and applies(clause, draft.fields)
        for one in _run(clause, draft, number)
    ]
    return sorted(found, key=lambda one: (_ORDER[one.severity], one.start, one.end, one.code))


def applies(clause: CheckBase, fields: Mapping[str, str]) -> bool:
    """Whether the clause's conditions hold (a missing field does not match)."""
    return all(fields.get(name) in wanted for name, wanted in clause.applies_to.items())


def checklist(clauses: Iterable[ClauseBase], fields: Mapping[str, str]) -> list[ChecklistCheck]:
    """The checklists to show at submission; their questions are the terms of each one's vocabulary."""
    return [clause for clause in clauses if isinstance(clause, ChecklistCheck) and applies(clause, fields)]


def _run(clause: CheckBase, draft: Draft, number: Number) -> Iterator[Finding]:
    found: Any = _RULES.get(type(clause))
    return found(clause, draft, number) if found else iter(())


_RULES: dict[type[CheckBase], Any] = {
    LengthCheck: length.check,
    PersonalCheck: personal.check,
    WordsCheck: words.check,
    FiguresCheck: figures.check,
    DatesCheck: dates.check,
    DuplicateCheck: duplicate.check,
}
