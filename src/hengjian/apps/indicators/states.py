"""Which verb fits which state."""

from __future__ import annotations

from hengjian.apps.indicators.models import Explanation, KpiNotice

_N, _E = KpiNotice.State, Explanation.State

NOTICE: dict[str, frozenset[str]] = {
    "refresh": frozenset({_N.DRAFT, _N.RETURNED}),
    "edit": frozenset({_N.DRAFT, _N.RETURNED}),
    "submit": frozenset({_N.DRAFT, _N.RETURNED}),
    "recall": frozenset({_N.APPROVED}),  # while it is being signed: withdrawn in its course
    "publish": frozenset({_N.APPROVED}),
}
EXPLANATION: dict[str, frozenset[str]] = {
    "submit": frozenset({_E.DUE, _E.RETURNED}),
    "accept": frozenset({_E.SUBMITTED}),
    "return": frozenset({_E.SUBMITTED}),
    "report": frozenset({_E.ACCEPTED}),
}


def can(thing: KpiNotice | Explanation, verb: str) -> bool:
    table = NOTICE if isinstance(thing, KpiNotice) else EXPLANATION
    return thing.state in table[verb]
