"""What the pack says about going out: the flow ``flows/outward``, its exceptions, the outlet each takes."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.bulletins import flows, words
from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.access import Actor, Denied
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow, WayOut

CLAUSE = "flows/outward"


def has_flow(pack: Pack) -> bool:
    return any(flow.id == CLAUSE for flow in pack.clauses_of("flow"))


def flow_of(pack: Pack, at: datetime) -> Flow:
    for flow in pack.clauses_of("flow", to_local(at).date()):
        if flow.id == CLAUSE:
            return flow  # type: ignore[no-any-return]
    raise HengjianError("本制度没有规定对外报送的审核程序，不能提请。")


def ways_for(actor: Actor, pack: Pack, item: Item) -> tuple[WayOut, ...]:
    """The exceptions the actor may name for this item."""
    if not has_flow(pack):
        return ()
    found = flow_of(pack, actor.at).exceptions
    return tuple(way for way in found if flows.may_take(actor, way, item.unit_id))


def way_of(actor: Actor, flow: Flow, key: str, item: Item) -> WayOut:
    way = flows.way_out_of(flow, key)
    if not flows.may_take(actor, way, item.unit_id):
        raise Denied(f"“{way.title}”只能由规定的岗位提出，您的岗位不在其中。")
    return way


def outlet_for(pack: Pack, item: Item, way_out: str) -> str:
    """An exception takes the outlet of its own key, where the pack has one; else what the item's category takes."""
    if way_out and words.find(pack, "outlet", way_out) is not None:
        return way_out
    return item.outlet or str(words.attr(pack, "category", item.category, "outlet", ""))
