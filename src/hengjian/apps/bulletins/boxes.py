"""One submission, all prescribed boxes: where the pack (vocabulary ``channel``) says a copy must go, and its receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from hengjian.apps.bulletins import flows, words
from hengjian.apps.bulletins.models import Box, Delivery, Fact, Item, Revision
from hengjian.apps.org.access import Actor
from hengjian.base.times import to_local
from hengjian.policy import Pack
from hengjian.policy.clauses.definition import Term

VOCABULARY = "channel"
SYSTEM = "system"


def channels(pack: Pack) -> tuple[Term, ...]:
    """The pack's channels; none where the regulation names no boxes."""
    return words.terms(pack, VOCABULARY)


def is_urgent(pack: Pack, item: Item) -> bool:
    """Whether the item is of the kind the pack's emergency flow is for, in whatever lane it came."""
    flow = flows.emergency_flow(pack, to_local(item.changed_at).date())
    wanted = flow.applies_to.get("importance", ()) if flow else ()
    own = words.attr(pack, "category", item.category, "importance", item.importance)
    return item.lane == Item.Lane.EMERGENCY or item.importance in wanted or own in wanted


def prescribed(pack: Pack, item: Item) -> list[Term]:
    """The boxes a copy of this item must reach, in the order of the pack."""
    urgent = is_urgent(pack, item)
    return [t for t in channels(pack) if t.attrs.get("copies") or (urgent and t.attrs.get("urgent_only"))]


def deliver(actor: Actor, item: Item, pack: Pack, fact: Fact, revision: Revision | None) -> list[Delivery]:
    """Lay a copy into every prescribed box in the same breath; part of the act that files."""
    boxes = prescribed(pack, item)
    if not boxes or Delivery.objects.filter(fact=fact).exists():
        return []
    mark = digest(item, revision)
    return Delivery.objects.bulk_create(
        Delivery(item=item, fact=fact, box=term.key, arrived_at=actor.at, digest=mark, means=SYSTEM)
        for term in boxes
    )


def digest(item: Item, revision: Revision | None) -> str:
    """SHA-256 of what was handed in: number, title and text; the receipt prints it."""
    title, body = (revision.title, revision.body) if revision else (item.title, item.body)
    return hashlib.sha256(f"{item.number}\n{title}\n{body}".encode()).hexdigest()


@dataclass(frozen=True)
class Copy:
    """A prescribed box of an item and its delivery, if there is one; ``missing`` asks for a copy to be sent on."""

    term: Term
    office: str
    delivery: Delivery | None

    @property
    def missing(self) -> bool:
        return self.delivery is None or self.delivery.arrived_at is None


def copies(item: Item, pack: Pack) -> list[Copy]:
    """The prescribed boxes and whatever else the standing submission reached; empty before filing."""
    fact = Fact.objects.standing().filter(item=item, kind="submit").order_by("pk").first()
    if fact is None or not channels(pack):
        return []
    found = {d.box: d for d in Delivery.objects.filter(fact=fact).select_related("signed_by")}
    offices = office_names(item.installation_id)
    asked = prescribed(pack, item)
    others = [t for t in channels(pack) if t.key in found and t not in asked]
    return [Copy(t, offices.get(t.key, ""), found.get(t.key)) for t in (*asked, *others)]


def offices(installations: Iterable[int]) -> dict[tuple[int, str], Box]:
    """Installation and box → the office that reads it."""
    found = Box.objects.filter(installation__in=set(installations)).select_related("unit")
    return {(box.installation_id, box.key): box for box in found}


def office_names(installation: int) -> dict[str, str]:
    """Box → who reads it."""
    boxes = Box.objects.filter(installation=installation).select_related("unit")
    return {box.key: str(box.unit) for box in boxes}
