"""Appeals: the list, the form, one appeal with its facts and decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.points import explain, queries, windows, words
from hengjian.apps.points.acts import appeals as acts
from hengjian.apps.points.forms import AppealForm, DecideForm
from hengjian.apps.points.models import Appeal, LedgerLine, Notice
from hengjian.apps.points.states import can
from hengjian.apps.points.views.common import place_of
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.times import to_local

READERS = (Right.APPEAL_FILE, Right.APPEAL_DECIDE, Right.POINTS_POST)


@require_GET
@needs(*READERS)
def appeals(request: HttpRequest) -> HttpResponse:
    actor, installation = place_of(request)
    found = queries.visible_appeals(actor).select_related(
        "notice__period", "unit", "line", "filed_by", "decided_by"
    )
    context = {
        "installation": installation,
        "rows": [(a, windows.decide_by(a)) for a in found],
        "open_notices": _open_notices(actor) if actor.has(Right.APPEAL_FILE) else [],
        "today": to_local(actor.at).date(),
    }
    return page(request, "points/appeals.html", context)


def _open_notices(actor: Actor) -> list[tuple[Notice, object]]:
    """Notices one may still object to, with the last day."""
    today = to_local(actor.at).date()
    found = (
        queries.visible_notices(actor)
        .filter(state=Notice.State.PUBLISHED)
        .select_related("period__installation")
    )
    windowed = [(n, windows.last_day(n)) for n in found[:24]]
    return [(n, last) for n, last in windowed if last and last >= today]


@require_http_methods(["GET", "POST"])
@needs(Right.APPEAL_FILE)
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    data = request.POST if request.method == "POST" else request.GET
    line = _line(actor, data.get("line", ""))
    notice = _notice(actor, data.get("notice", ""), line)
    form = AppealForm(request.POST if request.method == "POST" else None, actor=actor)
    if form.is_valid():
        with into_form(form):
            made = acts.file_appeal(
                actor,
                notice,
                unit=form.cleaned_data["unit"],
                text=form.cleaned_data["text"],
                client_key=form.cleaned_data["client_key"],
                line=line,
            )
            messages.success(request, f"申诉已提出，编号 {made.pk}。")
            return redirect("points:appeal", made.pk)
    context = {
        "form": form,
        "notice": notice,
        "until": windows.last_day(notice),
        "card": explain.card(line) if line else None,
    }
    return page(request, "points/appeal_new.html", context, form=form)


def _line(actor: Actor, pk: str) -> LedgerLine | None:
    if not pk:
        return None
    lines = queries.visible_lines(actor).filter(unit_id__in=actor.units(Right.APPEAL_FILE))
    return fetch(
        lines.select_related("posting", "origin", "period__installation", "unit", "item"), pk=_int(pk)
    )


def _notice(actor: Actor, pk: str, line: LedgerLine | None) -> Notice:
    found = queries.visible_notices(actor).filter(state=Notice.State.PUBLISHED)
    if line is not None:
        return fetch(found, period_id=line.period_id)
    return fetch(found, pk=_int(pk))


def _int(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


@require_GET
@needs(*READERS)
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    return _show(request, actor, _find(actor, pk))


@require_POST
@needs(Right.APPEAL_FILE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    acts.withdraw_appeal(actor, _find(actor, pk))
    messages.success(request, "申诉已撤回。")
    return redirect("points:appeal", pk)


@require_POST
@needs(Right.APPEAL_DECIDE)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = _find(actor, pk)
    form = _form(actor, found, request)
    if form.is_valid():
        with into_form(form):
            withdraw_ids, corrections = form.chosen()
            acts.decide(
                actor,
                found,
                upheld=form.cleaned_data["verdict"] == "upheld",
                decision=form.cleaned_data["decision"],
                withdraw=withdraw_ids,
                corrections=corrections,
            )
            messages.success(request, "已作出决定；成立的，台账已同时更正。")
            return redirect("points:appeal", pk)
    found.refresh_from_db()
    return _show(request, actor, found, form)


def _find(actor: Actor, pk: int) -> Appeal:
    found = queries.visible_appeals(actor).select_related(
        "notice__period__installation", "unit", "line__posting", "line__origin", "filed_by", "decided_by"
    )
    return fetch(found, pk=pk)


def _form(actor: Actor, found: Appeal, request: HttpRequest | None = None) -> DecideForm:
    pack = pack_for(found.notice.period.installation, actor.at)
    return DecideForm(request.POST if request else None, facts=acts.concerned_facts(found), pack=pack)


def _show(request: HttpRequest, actor: Actor, found: Appeal, form: DecideForm | None = None) -> HttpResponse:
    installation = found.notice.period.installation
    pack = pack_for(installation, actor.at)
    decides = actor.has(Right.APPEAL_DECIDE, installation.unit_id) and can(found, "decide")
    recused = acts.recused(actor, found) if decides else ""
    if form is None and decides and not recused:
        form = _form(actor, found)
    lines = (
        LedgerLine.objects.filter(posting__appeal=found)
        .select_related("unit", "origin", "item")
        .order_by("pk")
    )
    context = {
        "appeal": found,
        "decide_by": windows.decide_by(found),
        "card": explain.card(found.line) if found.line else None,
        "facts": explain.facts_of(pack, [*found.withdrawn_fact_ids, *found.recorded_fact_ids]),
        "lines": [(x, words.clause_title(pack, x.clause)) for x in lines],
        "word": words.unit_word(pack),
        "form": form if decides else None,
        "recused": recused,
        "may_withdraw": can(found, "withdraw") and actor.has(Right.APPEAL_FILE, found.unit_id),
    }
    return page(request, "points/appeal.html", context, form=form if decides else None)
