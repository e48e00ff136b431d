"""Put a missed limit before the desk as a proposed fault; whether it costs anything people decide."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.clocks import Late, late_offers
from hengjian.apps.bulletins.models import FaultCase, Item
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_instant
from hengjian.clocks.words import due_words

LATE = "late"


@act("bulletins.fault.propose_late", "提出迟报认定")
def propose_late(actor: Actor, item: Item, *, reference: str) -> FaultCase:
    """The fault names its clock (clause and stage); the same clock of an item is proposed once."""
    actor.require(Right.FAULT_PROPOSE, item.unit)
    offer = next((o for o in late_offers([item], actor.at) if o.reference == reference), None)
    if offer is None:
        raise HengjianError("这个时限没有逾期，或者已经提出过，请刷新页面查看。")
    case = FaultCase.objects.create(
        installation=item.installation,
        item=item,
        unit=item.unit,
        kind=LATE,
        happened_at=to_instant(offer.result.happened_at or offer.result.due_at or offer.result.start),  # type: ignore[arg-type]
        description=_described(offer),
        clock=reference,
        proposed_by=actor.person,
        proposed_at=actor.at,
    )
    log(item, clock=reference, late=offer.words)
    return case


def _described(offer: Late) -> str:
    result = offer.result
    times = [
        ("起算", result.start, True),
        ("期限", result.due_at, result.inclusive),
        ("报送", result.happened_at, True),
    ]
    told = "，".join(f"{name} {due_words(at, inclusive=to)}" for name, at, to in times if at is not None)
    return f"{result.title}：{told}；{offer.words}。{result.note}"
