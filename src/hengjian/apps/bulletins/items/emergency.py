"""The emergency screen and what follows it: calls, stages, acknowledgements."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.bulletins.acts.emergency import acknowledge, emergency_subtypes, report, report_stage
from hengjian.apps.bulletins.acts.phone import PhoneCall, record_call
from hengjian.apps.bulletins.acts.print_report import print_report
from hengjian.apps.bulletins.flows import emergency_flow
from hengjian.apps.bulletins.items.context import open_item, writing_units
from hengjian.apps.bulletins.items.forms import CallForm, EmergencyForm, StageForm
from hengjian.apps.bulletins.items.gate import may_record_call, may_report
from hengjian.apps.bulletins.models import Item, StageReport
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import installation_of, pack_for, packs_of
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

CALL = ("called_at", "means", "caller", "receiver", "receiver_office", "content")


def has_emergency(actor: Actor) -> bool:
    """Whether a regulation of the actor's office knows reports that cannot wait."""
    return any(emergency_subtypes(pack) for pack in packs_of(actor))


@needs(Right.EMERGENCY_REPORT)
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    units = writing_units(actor, Right.EMERGENCY_REPORT)
    first = units.first()
    installation = installation_of(first) if first else None
    if installation is None:
        raise HengjianError("您的部门还没有启用任何制度，请电话报告值班室，并请管理员启用。")
    pack = pack_for(installation, actor.at)
    subtypes = [(term.key, term.label) for term in emergency_subtypes(pack)]
    if not subtypes:
        raise HengjianError("本单位的制度没有设紧急报告，紧急情况请直接电话报告值班室。")
    data = request.POST if request.method == "POST" else None
    now = timezone.localtime(actor.at).replace(second=0, microsecond=0, tzinfo=None)
    initial: dict[str, Any] = {"occurred_at": now, "unit": actor.person.unit if actor.person else None}
    if taking := "taken" in request.GET:  # who is on duty writes down what was called in
        initial |= _taken(actor, now)
    form = EmergencyForm(data, initial=initial, subtypes=subtypes, units=units)
    if form.is_valid():
        with into_form(form):
            item = report(actor, installation=installation, call=_call(form), **_values(form))
            messages.success(request, f"已报告，编号 {item.number}，回执时间 {to_local(actor.at):%H:%M:%S}。")
            return redirect("bulletins:item", pk=item.pk)
    recent = visible_items(actor).filter(lane=Item.Lane.EMERGENCY).select_related("unit").defer("body")[:5]
    context: dict[str, object] = {
        "form": form,
        "taking": taking,
        "pack": pack,
        "flow": emergency_flow(pack, to_local(actor.at).date()),
        "recent": recent,
    }
    return page(request, "bulletins/items/emergency.html", context, form=form)


def _values(form: EmergencyForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name not in CALL}


def _taken(actor: Actor, now: datetime) -> dict[str, Any]:
    """A call taken by the actor: whose unit it is and who called is still to be written."""
    person = actor.person
    return {
        "unit": None,
        "called_at": now,
        "receiver": person.name if person else "",
        "receiver_office": str(person.unit) if person else "",
    }


def _call(form: EmergencyForm | CallForm) -> PhoneCall | None:
    if not form.call_given():
        return None
    return PhoneCall(**{name: form.cleaned_data[name] for name in CALL})


@signed_in
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, pk: int) -> HttpResponse:
    opened = open_item(request, pk)
    may_record_call(opened)
    form = CallForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (made := _call(form)):
        with into_form(form):
            record_call(opened.actor, opened.item, call=made)
            messages.success(request, "电话报告已登记，书面材料请及时补报。")
            return redirect("bulletins:item", pk=pk)
    context = {"item": opened.item, "form": form, "heading": "登记电话报告", "button": "登记"}
    return page(request, "bulletins/items/follow.html", context, form=form)


@signed_in
@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    opened = open_item(request, pk)
    may_report(opened)
    form = StageForm(request.POST if request.method == "POST" else None, pack=opened.pack)
    if form.is_valid():
        with into_form(form):
            report_stage(opened.actor, opened.item, **form.cleaned_data)
            messages.success(request, "已报告，有关领导和值班室已同时收到提醒。")
            return redirect("bulletins:item", pk=pk)
    context = {"item": opened.item, "form": form, "heading": "补报、续报、终报", "button": "报告"}
    return page(request, "bulletins/items/follow.html", context, form=form)


@signed_in
@require_GET
def printed(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The report as PDF or docx; every copy handed out is in the audit log."""
    opened = open_item(request, pk)
    name, kind, data = print_report(opened.actor, opened.item, form=form)
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_POST
def received(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    reports = StageReport.objects.select_related("item__unit").filter(item__in=visible_items(actor))
    found = fetch(reports, pk=pk)
    acknowledge(actor, found)
    messages.success(request, "已签收。")
    return redirect("bulletins:item", pk=found.item_id)
