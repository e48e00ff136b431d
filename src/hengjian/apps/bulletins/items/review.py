"""The queue of those who decide: list, text, decision. Three doors: mine, instead of others, the office's receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hengjian.apps.bulletins import flows
from hengjian.apps.bulletins.items.context import Opened, labels, open_item
from hengjian.apps.bulletins.items.detail import note_reading
from hengjian.apps.bulletins.items.forms import ApproveForm, ReceiveForm, ReturnForm, SendBackForm
from hengjian.apps.bulletins.models import Item, ReviewStep
from hengjian.apps.bulletins.queries import is_restricted, open_steps, own_item, to_receive, visible_items
from hengjian.apps.bulletins.revisions import latest
from hengjian.apps.org.access import Actor, once
from hengjian.apps.org.gates import needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded
from hengjian.apps.ui.pages import page
from hengjian.policy import Pack
from hengjian.policy.clauses.check import Severity
from hengjian.policy.clauses.flow import Flow

MOST = 100
REVIEWERS = (Right.REVIEW_UNIT, Right.REVIEW_LEADER, Right.REVIEW_PRESIDENT)
SCOPES = {"mine": "待我审核", "instead": "可代签", "office": "待签收"}


@dataclass(frozen=True, slots=True)
class Row:
    item: Item
    since: object
    label: str


def waiting(actor: Actor) -> int:
    """For the menu: what waits for this person."""
    count = open_steps(actor).count() if actor.has_any(REVIEWERS) else 0
    return count + (to_receive(actor).count() if actor.has(Right.ITEM_EDIT) else 0)


@needs(*REVIEWERS, Right.ITEM_EDIT)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    scopes = _scopes(actor)
    scope = request.GET.get("scope", "")
    scope = scope if scope in scopes else next(iter(scopes))
    rows = _rows(actor, scope)
    wanted = request.GET.get("item", "")
    chosen = next((r for r in rows if str(r.item.pk) == wanted), rows[0] if rows else None)
    context: dict[str, Any] = {
        "rows": rows,
        "scope": scope,
        "scopes": [(key, label, _count(actor, key)) for key, label in scopes.items()],
        "chosen": chosen,
        "back": f"{request.path}?scope={scope}",
    }
    if chosen is not None:
        context |= _pane(request, chosen.item.pk)
    return page(request, "bulletins/items/review.html", context)


def _scopes(actor: Actor) -> dict[str, str]:
    found = {}
    if actor.has_any(REVIEWERS):
        found["mine"] = SCOPES["mine"]
        if _steps(actor, "instead").exists():
            found["instead"] = SCOPES["instead"]
    if actor.has(Right.ITEM_EDIT):
        found["office"] = SCOPES["office"]
    return found


def _steps(actor: Actor, scope: str) -> QuerySet[ReviewStep]:
    instead = scope == "instead"
    return open_steps(actor, instead=instead, packs=_packs(actor) if instead else ())


@once
def _packs(actor: Actor) -> list[Pack]:
    """Every regulation there is: whose posts stand above whose."""
    return [loaded(name) for name in Installation.objects.values_list("pack", flat=True).distinct()]


def _count(actor: Actor, scope: str) -> int:
    return to_receive(actor).count() if scope == "office" else _steps(actor, scope).count()


def _rows(actor: Actor, scope: str) -> list[Row]:
    if scope == "office":
        items = to_receive(actor).select_related("installation").defer("body")[:MOST]
        return [Row(item, item.filed_at, "待签收") for item in items]
    steps = list(_steps(actor, scope).defer("item__body")[:MOST])
    shown = visible_items(actor).filter(pk__in={step.item_id for step in steps})
    seen = set(shown.values_list("pk", flat=True))
    return [Row(step.item, step.opened_at, step.label) for step in steps if step.item_id in seen]


def _pane(request: HttpRequest, pk: int) -> dict[str, object]:
    opened = open_item(request, pk)
    actor, item, pack = opened.actor, opened.item, opened.pack
    if is_restricted(item, pack) and not own_item(actor, item):
        note_reading(actor, item)
    return {
        "item": item,
        "labels": labels(item, pack),
        "can": opened.can,
        "clocks": opened.clocks,
        "findings": (found := opened.findings),
        "blocked": any(one.severity is Severity.BLOCK for one in found),
        "flow": _flow(opened),
        "partners": [p.unit for p in item.partners.select_related("unit")],
        "attachments": item.attachments.all(),
        "revisions": item.revisions.count(),
        "revision": latest(item),
        "reports": item.stage_reports.all(),
        "approve_form": ApproveForm(auto_id="approve_%s"),
        "send_back_form": SendBackForm(auto_id="back_%s", pack=pack),
        "return_form": ReturnForm(auto_id="return_%s", pack=pack),
        "receive_form": ReceiveForm(auto_id="receive_%s", pack=pack),
    }


def _flow(opened: Opened) -> dict[str, object] | None:
    """The basis of the decision: which clause asked for this signature."""
    step = opened.can.step or opened.item.steps.exclude(key=flows.OFFICE).order_by("-round").first()
    if step is None:
        return None
    clause = opened.pack.clause(step.clause)
    since = clause.since or opened.pack.info.since
    gist = "；".join(s.title for s in clause.steps) if isinstance(clause, Flow) else clause.title
    return {
        "article": clause.articles[0],
        "gist": gist,
        "id": step.clause,
        "since": since,
        "title": clause.title,
    }
