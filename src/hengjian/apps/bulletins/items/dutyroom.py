"""The duty officer's screen: what is running, how long is left, one thumb for each act. Made for a telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.bulletins import boxes, words
from hengjian.apps.bulletins.acts.emergency import acknowledge, emergency_stages
from hengjian.apps.bulletins.acts.receipt import may_sign_in
from hengjian.apps.bulletins.acts.receipt import sign as sign_for
from hengjian.apps.bulletins.clocks import clocks_of_many
from hengjian.apps.bulletins.items.context import Clock, shown_clocks
from hengjian.apps.bulletins.models import Box, Delivery, Item, PhoneRecord, StageReport
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import page
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack

_REPORTS = StageReport.objects.select_related("reported_by", "received_by").order_by("n")
KEPT = timedelta(days=30)
MOST = 40


@dataclass(frozen=True)
class Running:
    """An emergency on the screen: its clocks, the last word on it, what has still to be signed for."""

    item: Item
    subtype: str
    clocks: list[Clock]
    calls: list[PhoneRecord]
    reports: list[tuple[StageReport, str]]
    unsigned: int
    closed: bool

    @property
    def urgency(self) -> str:
        """Overdue, soon or nothing: the worst of its clocks."""
        found = {clock.urgency for clock in self.clocks}
        return "overdue" if "overdue" in found else "soon" if "soon" in found else ""


@needs(Right.EMERGENCY_RECEIVE)
@require_GET
def room(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    running = running_for(actor)
    context: dict[str, object] = {
        "open": [row for row in running if not row.closed],
        "closed": [row for row in running if row.closed],
        "unsigned": sum(row.unsigned for row in running),
        "reports_here": actor.has(Right.EMERGENCY_REPORT),
    }
    return page(request, "bulletins/items/dutyroom.html", context)


@needs(Right.EMERGENCY_RECEIVE)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign at once for everything of one emergency that waits for this desk."""
    actor = actor_of(request)
    item = fetch(visible_items(actor).filter(lane=Item.Lane.EMERGENCY).select_related("unit"), pk=pk)
    done = 0
    for delivery in _unsigned(actor, [item]).get(item.pk, ()):
        sign_for(actor, delivery)
        done += 1
    for report in item.stage_reports.filter(received_at=None):
        acknowledge(actor, report)
        done += 1
    messages.success(request, f"已签收 {done} 份。" if done else "没有需要您签收的。")
    return redirect("bulletins:duty_room")


def running_for(actor: Actor) -> list[Running]:
    """Emergencies the actor receives, open ones first, the most urgent on top."""
    units = actor.units(Right.EMERGENCY_RECEIVE)
    items = list(
        visible_items(actor)
        .filter(lane=Item.Lane.EMERGENCY, unit__in=units, created_at__gte=actor.at - KEPT)
        .exclude(state=Item.State.CANCELLED)
        .select_related("unit", "installation")
        .prefetch_related(Prefetch("stage_reports", _REPORTS), "phone_records")
        .order_by("-created_at")[:MOST]
    )
    places = {item.installation_id: item.installation for item in items}
    packs = {pk: pack_for(place, actor.at) for pk, place in places.items()}
    judged, waiting = clocks_of_many(items, actor.at), _unsigned(actor, items)
    found = []
    for item in items:
        clocks = shown_clocks(judged[item.pk], actor)
        found.append(_running(item, packs[item.installation_id], clocks, len(waiting.get(item.pk, ()))))
    weight = {"overdue": 0, "soon": 1, "": 2}
    return sorted(found, key=lambda row: (row.closed, weight[row.urgency]))


def _running(item: Item, pack: Pack, clocks: list[Clock], copies: int) -> Running:
    """``copies``: how many in the boxes of this desk nobody has signed for."""
    reports = list(item.stage_reports.all())
    last = emergency_stages(pack)[-1].key
    unsigned = copies + sum(1 for report in reports if report.received_at is None)
    return Running(
        item=item,
        subtype=words.label(pack, "subtype", item.subtype),
        clocks=clocks,
        calls=list(item.phone_records.all()),
        reports=[(report, words.label(pack, "stage", report.stage)) for report in reports],
        unsigned=unsigned,
        closed=any(report.stage == last for report in reports) and not unsigned,
    )


def _unsigned(actor: Actor, items: list[Item]) -> dict[int, list[Delivery]]:
    """By item: copies in the boxes of the actor's own office."""
    waiting = Delivery.objects.filter(item__in=items, signed_at=None, arrived_at__isnull=False)
    rows = list(waiting.select_related("item__unit"))
    offices = boxes.offices({row.item.installation_id for row in rows})
    found: dict[int, list[Delivery]] = {}
    for row in rows:
        box = offices.get((row.item.installation_id, row.box))
        if box is not None and _mine(actor, row, box):
            found.setdefault(row.item_id, []).append(row)
    return found


def _mine(actor: Actor, row: Delivery, box: Box) -> bool:
    try:
        may_sign_in(actor, row, box)
    except HengjianError:
        return False
    return True
