"""What an outlet may carry: outlet × grade × category, as the pack's vocabulary says (never by name here)."""

from __future__ import annotations

from collections.abc import Sequence

from hengjian.apps.bulletins.carrying import refusal
from hengjian.apps.bulletins.models import Item
from hengjian.policy import Pack
from hengjian.policy.clauses.definition import Term


def outlet_key(item: Item, pack: Pack) -> str:
    """The outlet chosen for the item, else the one its category usually takes."""
    return item.outlet or str(pack.term("category", item.category).attrs.get("outlet", ""))


def attr_list(term: Term, name: str) -> Sequence[str]:
    value = term.attrs.get(name) or ()
    return [value] if isinstance(value, str) else list(value)


def refusal_to_print(item: Item, outlet: str, categories: Sequence[str], pack: Pack) -> str:
    """Why the item cannot stand in an edition of ``outlet``; empty when it can."""
    if item.state != Item.State.RECEIVED:
        return f"《{item.title}》还没有签收（{item.get_state_display()}），不能编入。"
    term = pack.term("outlet", outlet)
    own = outlet_key(item, pack)
    if own != outlet:
        return f"《{item.title}》拟用载体是{pack.term('outlet', own).label}，不能编入{term.label}；确需调整请先改载体。"
    if categories and item.category not in categories:
        return f"《{item.title}》的类型不在本刊收录范围内，请换一种刊物。"
    return refusal(pack, outlet, item.grade)


def refusal_of_intranet(item: Item, pack: Pack) -> str:
    """Why the item cannot go on the intranet; empty when it can."""
    outlet = pack.term("outlet", outlet_key(item, pack))
    if not outlet.attrs.get("intranet"):
        return f"《{item.title}》属于{outlet.label}，不得在内网刊发（第{outlet.article}条）。"
    if refused := refusal(pack, outlet.key, item.grade):
        return refused
    if item.state != Item.State.RECEIVED:
        return f"《{item.title}》还没有签收，不能刊发。"
    return ""


def open_outlets(pack: Pack) -> list[str]:
    """Keys of the outlets that may stand on the intranet."""
    return [term.key for term in _outlets(pack) if term.attrs.get("intranet")]


def closed_outlets(pack: Pack) -> list[str]:
    """Keys of the outlets that may never be shown, searched, exported or counted beyond their audience."""
    return [term.key for term in _outlets(pack) if not term.attrs.get("intranet")]


def _outlets(pack: Pack) -> Sequence[Term]:
    """None in a regulation that brings out no bulletin."""
    return pack.vocabulary("outlet") if "outlet" in pack.vocabularies else ()


def instructs(pack: Pack) -> bool:
    """Whether the regulation counts leaders' instructions at all."""
    return {"instruction_level", "system"} <= set(pack.vocabularies)
