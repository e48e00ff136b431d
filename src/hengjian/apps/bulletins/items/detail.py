"""One item: its text, where it stands, how it came there, what the reader may do."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import rounds, words
from hengjian.apps.bulletins.acts.attach import KINDS
from hengjian.apps.bulletins.acts.office import MARKS
from hengjian.apps.bulletins.acts.shares import seen_token
from hengjian.apps.bulletins.clocks import late_offers
from hengjian.apps.bulletins.compare import compare
from hengjian.apps.bulletins.items import copies
from hengjian.apps.bulletins.items.context import Opened, open_item
from hengjian.apps.bulletins.items.forms import ApproveForm, ReturnForm, SendBackForm
from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.outward.panel import panel as outward
from hengjian.apps.bulletins.queries import is_restricted, own_item
from hengjian.apps.bulletins.revisions import stage_label
from hengjian.apps.bulletins.scratch import also_writing
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import signed_in
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import page


@signed_in
@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    opened = open_item(request, pk)
    if is_restricted(opened.item, opened.pack) and not own_item(opened.actor, opened.item):
        note_reading(opened.actor, opened.item)
    return page(request, "bulletins/items/item.html", whole(opened))


@act("bulletins.item.read_restricted", "阅读受限信息")
def note_reading(actor: Actor, item: Item) -> None:
    """The access log of what not everybody may read."""
    log(item, number=item.number, outlet=item.outlet, grade=item.grade)


def whole(opened: Opened) -> dict[str, object]:
    """Everything the page of an item shows."""
    actor, item, pack = opened.actor, opened.item, opened.pack
    revisions = list(item.revisions.select_related("made_by", "made_by_unit").defer("body"))
    steps = item.steps.select_related("decided_by", "revision").order_by("-round", "position")
    office = actor.has(Right.FAULT_PROPOSE, item.unit_id)
    return {
        "item": item,
        "pack": pack,
        "labels": opened.labels,
        "can": opened.can,
        "clocks": opened.clocks,
        "partners": [p.unit for p in item.partners.select_related("unit")],
        "rounds": [(n, list(group)) for n, group in groupby(steps, key=lambda step: step.round)],
        "current": rounds.current(item),
        "reason_labels": dict(words.choices(pack, "return_reason")),
        "check_labels": dict(words.choices(pack, "writing_check")),
        "mark_labels": MARKS,
        "revisions": [(revision, stage_label(revision.stage)) for revision in revisions],
        "attachments": item.attachments.select_related("added_by"),
        "may_attach": _may_attach(actor, item),
        "accepts": ",".join(KINDS),
        "shares": _shares(actor, item),
        "reports": _reports(opened),
        "calls": item.phone_records.all(),
        "receives": actor.has(Right.EMERGENCY_RECEIVE, item.unit_id),
        "may_report": item.lane == Item.Lane.EMERGENCY and actor.has(Right.EMERGENCY_REPORT, item.unit_id),
        "office": actor.has(Right.ITEM_EDIT, item.unit_id),
        "copies": copies.shown(actor, item, pack),
        "excludes": bool(words.terms(pack, "exclusion")) and item.filed_at is not None,
        "exclusion": words.label(pack, "exclusion", item.exclusion),
        "scored": bool(pack.clauses_of("points")),
        "outward": outward(actor, item, pack),
        "late": late_offers([item], actor.at) if office and item.filed_at else [],
        "also_writing": also_writing(actor, item) if item.state in ("draft", "returned") else [],
        "approve_form": ApproveForm(auto_id="approve_%s"),
        "send_back_form": SendBackForm(auto_id="back_%s", pack=pack),
        "return_form": ReturnForm(auto_id="return_%s", pack=pack),
    }


def _may_attach(actor: Actor, item: Item) -> bool:
    if actor.has(Right.ITEM_EDIT, item.unit_id):
        return True
    writing = item.state in (Item.State.DRAFT, Item.State.RETURNED) or item.lane == Item.Lane.EMERGENCY
    return writing and actor.has(Right.ITEM_WRITE, item.unit_id)


def _reports(opened: Opened) -> list[dict[str, object]]:
    listed = opened.item.stage_reports.select_related("reported_by", "received_by").order_by("n")
    return [{"report": r, "label": words.label(opened.pack, "stage", r.stage)} for r in listed]


def _shares(actor: Actor, item: Item) -> list[dict[str, object]]:
    """One entry a department: its rows, what the actor may do with them."""
    rows = list(item.authorships.select_related("person", "unit", "signed_by").order_by("unit", "position"))
    by_unit = {unit: list(group) for unit, group in groupby(rows, key=lambda row: row.unit)}
    units = [item.unit, *(p.unit for p in item.partners.select_related("unit"))]
    found = []
    for unit in units:
        listed = by_unit.get(unit, [])
        total = sum(row.weight for row in listed)
        found.append(
            {
                "unit": unit,
                "rows": [(row, f"{row.weight / total:.1%}") for row in listed],
                "seen": seen_token(listed),
                "writes": actor.has(Right.SHARE_WRITE, unit),
                "signs": actor.has(Right.SHARE_SIGN, unit) and bool(listed) and not listed[0].signed_at,
                "unconfirmed": [row for row in listed if row.confirmed_at is None],
                "mine": next((r for r in listed if r.person == actor.person and not r.confirmed_at), None),
            }
        )
    return found


@signed_in
@require_GET
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Two revisions compared, side by side or in one text; without a choice the last two."""
    opened = open_item(request, pk)
    revisions = {r.n: r for r in opened.item.revisions.select_related("made_by", "made_by_unit")}
    numbers = sorted(revisions)
    new = revisions.get(_number(request, "new"), revisions[numbers[-1]] if numbers else None)
    old = revisions.get(_number(request, "old"), revisions[numbers[-2]] if len(numbers) > 1 else None)
    context: dict[str, object] = {
        "item": opened.item,
        "revisions": [(revisions[n], stage_label(revisions[n].stage)) for n in numbers],
        "old": old,
        "new": new,
        "side": request.GET.get("view") != "inline",
    }
    if old is not None and new is not None:
        context["title"] = compare(old.title, new.title)
        context["rows"] = compare(old.body, new.body)
    return page(request, "bulletins/items/compare.html", context)


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0
