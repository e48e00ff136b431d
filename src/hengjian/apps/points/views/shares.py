"""Shares that wait for me: to confirm as an author, to sign as the head. The acts themselves stand on the item's page."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hengjian.apps.bulletins.models import Authorship, Item
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import page

HANDED_OVER = (Item.State.FILED, Item.State.RECEIVED)


@require_GET
@signed_in
def shares(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    signing = actor.units(Right.SHARE_SIGN)
    rows = Authorship.objects.filter(
        item__in=visible_items(actor).filter(state__in=HANDED_OVER), unit_id__in=_units(actor, signing)
    ).select_related("item", "unit", "person")
    by_part: dict[tuple[Item, Unit], list[Authorship]] = defaultdict(list)
    for row in rows.order_by("-item__filed_at", "item_id", "position", "id"):
        by_part[row.item, row.unit].append(row)
    parts = [(item, unit, authors) for (item, unit), authors in by_part.items() if len(authors) > 1]
    me = actor.person.pk if actor.person else 0
    context = {
        "mine": [p for p in parts if any(a.person_id == me and a.confirmed_at is None for a in p[2])],
        "to_sign": [p for p in parts if p[1].pk in signing and any(a.signed_at is None for a in p[2])],
        "signs": bool(signing),
    }
    return page(request, "points/shares.html", context)


def _units(actor: Actor, signing: frozenset[int]) -> set[int]:
    return {*signing, *([actor.person.unit_id] if actor.person else [])}
