"""Adoption and instructions: recording them on an item, the register of all, withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.bulletins.desk.acts.outside import record_adoption, record_instruction, withdraw_recorded
from hengjian.apps.bulletins.desk.evidence import keep_evidence
from hengjian.apps.bulletins.desk.fault_rows import fact_rows, registered
from hengjian.apps.bulletins.desk.forms import AdoptionForm, InstructionForm
from hengjian.apps.bulletins.desk.permit import instructs
from hengjian.apps.bulletins.desk.queries import recorded_facts
from hengjian.apps.bulletins.desk.words import worded
from hengjian.apps.bulletins.models import Fact
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError

RECORD = needs(Right.FACT_RECORD)


@RECORD
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """``kind``: adopt or instruct."""
    actor = actor_of(request)
    item = fetch(visible_items(actor), pk=pk)
    form_class, act = (
        (AdoptionForm, record_adoption) if kind == "adopt" else (InstructionForm, record_instruction)
    )
    pack = pack_for(item.installation, actor.at)
    if kind == "instruct" and not instructs(pack):
        raise Missing("本单位的制度没有登记批示一项。")
    form = form_class(request.POST or None, request.FILES or None, pack=pack)
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            values = form.cleaned_data | {
                "evidence": keep_evidence(actor, item, form.cleaned_data["evidence"])
            }
            act(actor, item, **values)
            messages.success(request, "已登记，相应的分值在下次记账时计入。")
            return redirect("bulletins:facts_of", pk=pk)
    context = {"form": form, "item": item, "kind": kind}
    return page(request, "bulletins/desk/record.html", context, form=form)


@RECORD
@require_GET
def facts_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything recorded on one item, standing and withdrawn."""
    item = fetch(visible_items(actor_of(request)), pk=pk)
    facts = (
        Fact.objects.filter(item=item, withdraws=None)
        .select_related(
            "installation", "recorded_by", "decided_by", "evidence", "edition", "withdrawn_by", "unit"
        )
        .order_by("happened_at", "id")
    )
    pack = pack_for(item.installation, actor_of(request).at)
    context = {
        "item": item,
        "facts": worded(facts, actor_of(request).at),
        "instructs": instructs(pack),
        "faulted": "fault" in pack.vocabularies,
        "scored": bool(pack.clauses_of("points")),
    }
    return page(request, "bulletins/desk/facts_of.html", context)


@RECORD
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The register of adoptions and instructions."""
    actor = actor_of(request)
    places = Installation.objects.filter(unit_id__in=actor.units(Right.FACT_RECORD))
    facts = Fact.objects.filter(installation__in=list(places), kind__in=["adopt", "instruct"], withdraws=None)
    kind, text = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    if kind in {"adopt", "instruct"}:
        facts = facts.filter(kind=kind)
    if text:
        facts = facts.filter(item__title__icontains=text) | facts.filter(publication__icontains=text)
    pages = Paginator(registered(facts).order_by("-happened_at", "-id"), 50)
    found = pages.get_page(request.GET.get("page"))
    rows = fact_rows(worded(found.object_list, actor.at))
    context = {"page": found, "rows": rows, "kind": kind, "q": text}
    return page(request, "bulletins/desk/register.html", context)


@RECORD
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    fact = fetch(recorded_facts(actor), pk=pk)
    try:
        withdraw_recorded(actor, fact, reason=request.POST.get("reason", ""))
        messages.success(request, "已撤销；原记录保留可查，分值在下次记账时冲回。")
    except HengjianError as error:
        messages.error(request, error.message)
    return redirect("bulletins:facts_of", pk=fact.item_id)
