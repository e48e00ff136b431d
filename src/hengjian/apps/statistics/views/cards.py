"""Definition cards: what every figure means, since when, who said so."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import loaded
from hengjian.apps.statistics.acts import cards as acts
from hengjian.apps.statistics.forms import CardForm, EndForm
from hengjian.apps.statistics.models import CardVersion
from hengjian.apps.statistics.place import items_of
from hengjian.apps.statistics.scope import Scene, visible_cards
from hengjian.apps.statistics.telling import formula
from hengjian.apps.statistics.views.common import place, said
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.times import to_local
from hengjian.statistics.model import Card

READ, OFFICE = needs(Right.STATS_READ), needs(Right.STATS_MANAGE)


@READ
@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    today = to_local(scene.actor.at).date()
    drafts = visible_cards(scene.actor).filter(installation=scene.installation)
    context = {
        "scene": scene, "installation": scene.installation,
        "rows": [(card, formula(scene, card), len(scene.cards.versions(card.key)))
                 for card in scene.cards.on(today).values()],
        "coming": [card for card in scene.cards.cards if card.since > today],
        "ended": ended(scene, today),
        "drafts": drafts.exclude(state=CardVersion.State.ACTIVE),
        "balances": [b.title for b in scene.cards.balances],
        "may_draft": scene.manages(scene.installation.unit_id),
    }  # fmt: skip
    return page(request, "statistics/cards.html", context)


def ended(scene: Scene, today: date) -> list[Card]:
    """The versions that ended a concept which nothing has taken up again."""
    inforce = scene.cards.on(today)
    last = {card.key: card for card in scene.cards.cards if card.holds(today) and card.key not in inforce}
    return [scene.cards.versions(key)[-1] for key in last]


@READ
@require_GET
def card(request: HttpRequest, key: str) -> HttpResponse:
    """All versions of one concept, those waiting among them."""
    scene = place(request)
    own = {
        row.number: row for row in visible_cards(scene.actor).filter(installation=scene.installation, key=key)
    }
    known = {c.version: c for c in scene.cards.versions(key)}
    if not known and not own:
        raise Missing("没有这个口径。")
    drafts = {n: row.card() for n, row in own.items() if n not in known}
    today = to_local(scene.actor.at).date()
    held = scene.cards.on(today).get(key)
    rows = [
        {
            "card": c,
            "row": own.get(n),
            "formula": formula(scene, c),
            "now": held is not None and held.version == n,
        }
        for n, c in sorted((known | drafts).items(), reverse=True)
    ]
    context = {
        "scene": scene, "installation": scene.installation, "rows": rows, "first": rows[0]["card"],
        "may_draft": scene.manages(scene.installation.unit_id), "in_use": held is not None,
        "dim_labels": items_of(loaded(scene.installation.pack)),
    }  # fmt: skip
    return page(request, "statistics/card.html", context)


@OFFICE
@require_http_methods(["GET", "POST"])
def card_new(request: HttpRequest) -> HttpResponse:
    """A new version; ``from`` fills the form with the latest one."""
    scene = place(request)
    if not scene.manages(scene.installation.unit_id):
        raise Missing("口径由省法院统计部门统一拟定。")
    form = CardForm(request.POST if request.method == "POST" else None, initial=_initial(scene, request))
    if form.is_valid():
        with into_form(form):
            data = form.cleaned_data
            made = acts.draft_card(
                scene.actor, scene.installation, key=data["key"], title=data["title"], body=form.body(),
                since=data["since"], reason=data["reason"], client_key=data["client_key"],
            )  # fmt: skip
            messages.success(request, f"已拟定{made}，提交以后由另一人核定。")
            return redirect("statistics:card", made.key)
    context = {"scene": scene, "installation": scene.installation, "form": form}
    return page(request, "statistics/card_new.html", context, form=form)


@OFFICE
@require_http_methods(["GET", "POST"])
def card_end(request: HttpRequest, key: str) -> HttpResponse:
    """From when on a concept is no longer counted."""
    scene = place(request)
    if not scene.manages(scene.installation.unit_id):
        raise Missing("口径由省法院统计部门统一停用。")
    last = scene.cards.on(to_local(scene.actor.at).date()).get(key)
    if last is None:
        raise Missing("这个口径没有在使用。")
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with into_form(form):
            made = acts.end_card(scene.actor, scene.installation, key=key, **form.cleaned_data)
            messages.success(request, f"已拟定{made}，提交以后由另一人核定。")
            return redirect("statistics:card", key)
    context = {"scene": scene, "installation": scene.installation, "card": last, "form": form}
    return page(request, "statistics/card_end.html", context, form=form)


def _initial(scene: Scene, request: HttpRequest) -> dict[str, Any]:
    versions = scene.cards.versions(request.GET.get("from", ""))
    if not versions:
        return {}
    kept = versions[-1].model_dump(mode="json", exclude={"version", "since", "until", "ends"})
    return {
        k: " ".join(v) if isinstance(v, list | tuple) else v for k, v in kept.items() if v not in (None, "")
    }


@OFFICE
@require_POST
def card_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    scene = place(request)
    row = fetch(visible_cards(scene.actor), pk=pk)
    runs = {
        "propose": (lambda: acts.propose_card(scene.actor, row), "已提交，等待另一人核定。"),
        "drop": (lambda: acts.drop_card(scene.actor, row), "已撤回草稿。"),
    }
    if verb not in runs:
        raise Missing("没有这样的办理。")
    said(request, *runs[verb])
    if verb == "drop" and not scene.cards.versions(row.key):
        return redirect("statistics:cards")
    return redirect("statistics:card", row.key)
