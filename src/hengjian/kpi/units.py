"""Who answers for an indicator: departments by name, and units that stand under an open collective name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from hengjian.policy import Pack, Term
from hengjian.policy.clauses.measure import Measure
from hengjian.policy.lint.text import responsible
from hengjian.policy.lint.units import UNITS, expanded

OPEN = "open"


class Units:
    """The units of a pack's vocabulary ``unit``.

    A term with the attribute ``open`` is a collective whose members the pack cannot name (the courts below). A unit
    the vocabulary does not know belongs to the collective ``given`` says, else to the first open one.
    """

    def __init__(self, pack: Pack, given: Mapping[str, str] | None = None) -> None:
        self.pack = pack
        self.given = dict(given or {})
        self._entries: dict[str, set[str]] = {}
        self._terms = pack.vocabulary(UNITS) if UNITS in pack.vocabularies else ()

    @cached_property
    def _by_name(self) -> dict[str, Term]:
        return {name: term for term in self._terms for name in (term.label, *term.aliases)}

    @cached_property
    def _parents(self) -> frozenset[str]:
        return frozenset(term.parent for term in self._terms)

    @cached_property
    def open_names(self) -> tuple[str, ...]:
        return tuple(term.label for term in self._terms if term.attrs.get(OPEN))

    def collective(self, unit: str) -> str:
        """The open collective a unit belongs to; "" for a department the pack names."""
        term = self._by_name.get(unit)
        if term is not None:
            return term.label if term.attrs.get(OPEN) else ""
        if unit in self.given:
            return self.given[unit]
        return self.open_names[0] if self.open_names else ""

    def named(self, unit: str) -> bool:
        return unit in self._by_name

    def entries(self, measure: Measure) -> set[str]:
        """All names the responsible list of a measure stands for."""
        if measure.id not in self._entries:
            listed = responsible(self.pack, measure)
            self._entries[measure.id] = {u for entry in listed for u in expanded(self.pack, UNITS, entry)}
        return self._entries[measure.id]

    def departments(self, measure: Measure) -> list[str]:
        """The single departments of the list, in the order of the vocabulary (of the list without one)."""
        listed = self.entries(measure)
        if not self._terms:
            return [entry for entry in responsible(self.pack, measure) if entry in listed]
        single = [t for t in self._terms if t.key not in self._parents and not t.attrs.get(OPEN)]
        return [term.label for term in single if term.label in listed]

    def answers(self, measure: Measure, unit: str) -> bool:
        """Whether a unit is in the responsible list, by name or through its collective."""
        listed = self.entries(measure)
        return not listed or unit in listed or self.collective(unit) in listed

    def order(self, unit: str) -> int:
        """The place of a unit in the vocabulary; unknown units come last."""
        return self._places.get(unit, len(self._terms))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {term.label: place for place, term in enumerate(self._terms)}
