"""Which review an item needs, as the pack's flow clauses say it, and who may sign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.access import Actor, Grant
from hengjian.apps.org.roles import ROLES
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow, Step, WayOut
from hengjian.policy.roads import fitting

OFFICE = "office"
PRESENT = "present:"


class Signable(Protocol):
    """A step somebody has to sign: of an item's review, of a notice's approval."""

    @property
    def role(self) -> str: ...
    @property
    def or_above(self) -> list[str]: ...
    @property
    def unit_id(self) -> int: ...


def flow_for(pack: Pack, item: Item, on: date) -> Flow:
    """The first flow whose conditions the item meets; HengjianError when the pack has none for it."""
    flow = fitting(pack, {name: getattr(item, name, None) for name in words.VOCABULARY}, on)
    if flow is None:
        importance = words.label(pack, "importance", item.importance)
        raise HengjianError(f"制度包没有写明“{importance}”由谁审核，请补一条 flow。")
    return flow


def emergency_flow(pack: Pack, on: date) -> Flow | None:
    """The flow that alerts at once; None when the regulation has no such lane."""
    return next((flow for flow in pack.clauses_of("flow", on) if flow.alert), None)


def persons_of(pack: Pack, step: Step, on: date) -> int:
    """How many different people sign ``step``: as written, or the value it names."""
    if isinstance(step.persons, int):
        return step.persons
    return int(pack.value(step.persons, on=on) or 1)


def roles_above(pack: Pack, role: str) -> list[str]:
    """Roles of a higher rank, lowest first."""
    ranks = {term.key: int(term.attrs.get("rank") or 0) for term in words.terms(pack, "role")}
    mine = ranks.get(role, 0)
    above = [key for key, rank in ranks.items() if rank > mine > 0 and key in ROLES]
    return sorted(above, key=lambda key: ranks[key])


def roles_below(pack: Pack, roles: Iterable[str]) -> set[str]:
    """Roles for which one of ``roles`` could sign instead."""
    held = set(roles)
    ranked = [term.key for term in words.terms(pack, "role")]
    return {role for role in ranked if held & set(roles_above(pack, role))} - held


def stand_ins(pack: Pack, role: str) -> list[str]:
    """Posts the regulation does not name that carry every right of the one it names: the office's head for its editor."""
    named = {term.key for term in words.terms(pack, "role")}
    wanted = ROLES[role].rights if role in ROLES else None
    if wanted is None:
        return []
    return [
        key for key, other in ROLES.items() if key not in named and key != role and wanted <= other.rights
    ]


def way_out_of(flow: Flow, key: str) -> WayOut:
    found = next((way for way in flow.exceptions if way.key == key), None)
    if found is None:
        known = "、".join(way.title for way in flow.exceptions) or "没有例外"
        raise HengjianError(f"“{flow.title}”没有这个例外程序；可用：{known}。", article=flow.articles[0])
    return found


def may_take(actor: Actor, way: WayOut, unit_id: int) -> bool:
    return bool(actor.system) or any(
        grant.role in way.used_by and unit_id in grant.unit_ids for grant in actor.grants
    )


def signing_grant(actor: Actor, step: Signable) -> Grant | None:
    """The seat in which the actor may sign: the role asked for first, then the nearest above; own seats first."""
    order = [step.role, *step.or_above]
    fitting = [g for g in actor.grants if g.role in order and step.unit_id in g.unit_ids]
    return min(fitting, key=lambda g: (order.index(g.role), g.substitute), default=None)


def may_sign(actor: Actor, step: Signable) -> bool:
    return bool(actor.system) or signing_grant(actor, step) is not None


def signed_as(actor: Actor, step: Signable) -> str:
    """How the signature reads: the post, 替 for a substitute, 代 when a higher officer signs."""
    grant = signing_grant(actor, step)
    if grant is None:
        return actor.system
    return (
        grant.post_title
        + ("（替）" if grant.substitute else "")
        + ("（代签）" if grant.role != step.role else "")
    )
