"""Which verb fits which state of a ticket or a meeting."""

from __future__ import annotations

from hengjian.apps.desk.models import Meeting, System, Ticket

_T, _M, _S = Ticket.State, Meeting.State, System.Stage

TICKET: dict[str, frozenset[str]] = {
    "route": frozenset({_T.NEW, _T.ROUTED}),
    "answer": frozenset({_T.NEW, _T.ROUTED}),
    "refuse": frozenset({_T.NEW, _T.ROUTED}),
    "reopen": frozenset({_T.ANSWERED}),
    "rate": frozenset({_T.ANSWERED, _T.CLOSED}),
    "close": frozenset({_T.ANSWERED}),
    "escalate": frozenset({_T.NEW, _T.ROUTED}),
}
MEETING: dict[str, frozenset[str]] = {
    "agenda": frozenset({_M.PLANNED}),
    "cancel": frozenset({_M.PLANNED}),
    "minute": frozenset({_M.PLANNED}),
    "report": frozenset({_M.MINUTED}),
}
NEXT: dict[str, tuple[str, ...]] = {
    _S.PLANNED: (_S.STUDIED, _S.RETIRED),
    _S.STUDIED: (_S.BUILT, _S.RETIRED),
    _S.BUILT: (_S.TRAINED, _S.RETIRED),
    _S.TRAINED: (_S.HANDED, _S.RETIRED),
    _S.HANDED: (_S.MEASURED, _S.RETIRED),
    _S.MEASURED: (_S.RETIRED,),
    _S.RETIRED: (),
}
OPEN = (_T.NEW, _T.ROUTED)


def can(thing: Ticket | Meeting, verb: str) -> bool:
    table = TICKET if isinstance(thing, Ticket) else MEETING
    return thing.state in table[verb]
