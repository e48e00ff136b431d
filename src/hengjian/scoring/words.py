"""Which words facts may use, and which facts must name an item or a unit – all read from the clauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hengjian.policy.clauses.points import Flag, PerFact, QuotaBase
from hengjian.scoring.rules import Rules

# Column of the input → the pack's vocabularies that may name its words, the first defined counts.
_VOCABULARIES = {
    "type": ("type", "event"),
    "system": ("system",),
    "channel": ("channel",),
    "class": ("class", "category"),
    "kind": ("kind",),
}


@dataclass(frozen=True, slots=True)
class Words:
    allowed: dict[str, tuple[str, ...]]
    need_item: frozenset[str]
    need_unit: frozenset[str]


def words_of(rules: Rules) -> Words:
    """Words of the pack's vocabularies; for types of facts those of the clauses too."""
    every: set[str] = set()
    items: set[str] = set()
    units: set[str] = set()
    for numbered in rules.clauses:
        types = {word for match in getattr(numbered.clause, "when", ()) for word in match.get("type", ())}
        every |= types
        items |= types if _needs_item(numbered.clause) else set()
        units |= types if _needs_unit(numbered.clause) else set()
    allowed = {column: _words(rules, names) for column, names in _VOCABULARIES.items()}
    allowed["type"] = tuple(dict.fromkeys((*allowed["type"], *sorted(every))))
    return Words(allowed, frozenset(items), frozenset(units))


def _words(rules: Rules, names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name in rules.pack.vocabularies:
            return tuple(term.key for term in rules.pack.vocabulary(name))
    return ()


def _needs_item(clause: Any) -> bool:
    if isinstance(clause, QuotaBase):
        return True
    return isinstance(clause, PerFact) and clause.to in ("lead", "others", "all_without_lead")


def _needs_unit(clause: Any) -> bool:
    return isinstance(clause, Flag) or (
        isinstance(clause, (PerFact, QuotaBase)) and clause.to in ("named", "partners")
    )
