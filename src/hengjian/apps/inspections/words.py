"""The pack's words for an inspection: modes, heads, causes, powers, forbidden acts, outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from hengjian.apps.inspections.models import Inspection
from hengjian.apps.org.access import Actor, once
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import installations_of, loaded, pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy import Pack
from hengjian.policy.clauses.definition import Term

FLOW = "flows/inspection"
INTENT = "flows/intent"
RECTIFY = "flows/rectification"


@once
def installation_for(actor: Actor) -> Installation | None:
    """The regulation about inspections that governs the actor's court."""
    return next((i for i in installations_of(actor) if inspects(i.pack)), None)


def inspects(pack: str) -> bool:
    return "inspection_mode" in loaded(pack).vocabularies


def pack_of(installation: Installation, at: datetime) -> Pack:
    return pack_for(installation, at)


def terms(pack: Pack, vocabulary: str) -> tuple[Term, ...]:
    return tuple(pack.vocabulary(vocabulary)) if vocabulary in pack.vocabularies else ()


def choices(pack: Pack, vocabulary: str, only: Iterable[str] | None = None) -> list[tuple[str, str]]:
    wanted = None if only is None else set(only)
    return [(t.key, t.label) for t in terms(pack, vocabulary) if wanted is None or t.key in wanted]


def label(pack: Pack, vocabulary: str, key: str) -> str:
    return next((t.label for t in terms(pack, vocabulary) if t.key == key), key)


def term(pack: Pack, vocabulary: str, key: str) -> Term:
    found = next((t for t in terms(pack, vocabulary) if t.key == key), None)
    if found is None:
        known = "、".join(t.label for t in terms(pack, vocabulary))
        raise HengjianError(f"制度里没有“{key}”，请从列表中选择：{known}。")
    return found


def causes_of(pack: Pack, head: str) -> list[Term]:
    """Causes the text lists under a head; none where it lists none."""
    keys = term(pack, "inspection_head", head).attrs.get("causes") or []
    return [term(pack, "cause", str(key)) for key in keys]


def needs_intent(cause: Term) -> bool:
    return bool(cause.attrs.get("intent"))


def inspectors_wanted(pack: Pack, on: date) -> int:
    """How many inspectors an inspection takes at least."""
    duty = pack.clause("registers/inspectors")
    minimum = getattr(duty, "minimum", 1)
    found = pack.value(minimum, on=on) if isinstance(minimum, str) else minimum
    return int(found or 1)


def persons_of(pack: Pack, flow: str, step: str, on: date) -> int:
    """How many people a step of a flow takes."""
    found = next(s for s in pack.clause(flow).steps if s.key == step)  # type: ignore[attr-defined]
    number = found.persons if isinstance(found.persons, int) else pack.value(found.persons, on=on)
    return int(number or 1)


def today(actor: Actor) -> date:
    return to_local(actor.at).date()


def pack_for_inspection(inspection: Inspection, at: datetime) -> Pack:
    return pack_for(inspection.installation, at)
