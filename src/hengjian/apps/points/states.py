"""The state tables of notices and appeals: which verb is possible in which state."""

from __future__ import annotations

from hengjian.apps.points.models import Appeal, Notice

_N, _A = Notice.State, Appeal.State

NOTICE: dict[str, frozenset[str]] = {
    "refresh": frozenset({_N.DRAFT, _N.RETURNED}),
    "edit": frozenset({_N.DRAFT, _N.RETURNED}),
    "submit": frozenset({_N.DRAFT, _N.RETURNED}),
    "recall": frozenset({_N.SUBMITTED, _N.APPROVED}),
    "return": frozenset({_N.SUBMITTED}),
    "approve": frozenset({_N.SUBMITTED}),
    "publish": frozenset({_N.APPROVED}),
    "appeal": frozenset({_N.PUBLISHED}),
}
APPEAL: dict[str, frozenset[str]] = {
    "withdraw": frozenset({_A.FILED}),
    "decide": frozenset({_A.FILED}),
}


def can(thing: Notice | Appeal, verb: str) -> bool:
    table = NOTICE if isinstance(thing, Notice) else APPEAL
    return thing.state in table[verb]
