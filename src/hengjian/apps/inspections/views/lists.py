"""Lists: inspections, what is asked of me, rectification, refusals, good practice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hengjian.apps.inspections import access, words
from hengjian.apps.inspections.doings import offered
from hengjian.apps.inspections.models import Finding, Inspection, Rectification, Request
from hengjian.apps.inspections.views.common import place
from hengjian.apps.org.gates import signed_in
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for

MOST = 200
STATES = (("", "未办结"), ("all", "全部"), *Inspection.State.choices)


@require_GET
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    actor, installation = place(request)
    state = request.GET.get("state", "")
    rows = access.visible_inspections(actor).prefetch_related("team__person").order_by("-year", "-pk")
    if state in Inspection.State.values:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.exclude(state__in=(Inspection.State.CLOSED, Inspection.State.CANCELLED))
    pack = pack_for(installation, actor.at)
    context = {
        "installation": installation,
        "rows": [
            (row, words.label(pack, "inspection_mode", row.plan.mode), _team(row)) for row in rows[:MOST]
        ],
        "plans": access.visible_plans(actor).order_by("-starts_on", "-pk")[:20],
        "states": STATES,
        "state": state,
        "may_plan": bool(access.seated(actor, Right.INSPECT_MANAGE)),
    }
    return render(request, "inspections/home.html", context)


def _team(row: Inspection) -> str:
    return "、".join(str(m.person) for m in row.team.all() if m.removed_at is None)


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What the inspected side owes: letters to answer, problems to reply to, things to put right."""
    actor, installation = place(request)
    own = access.answering_units(actor)
    findings = access.visible_findings(actor).exclude(state=Finding.State.DRAFT)
    context = {
        "installation": installation,
        "requests": access.visible_requests(actor)
        .filter(unit__in=own)
        .exclude(state=Request.State.WITHDRAWN)[:MOST],
        "findings": (
            findings.filter(unit__in=own).select_related("inspection")
            | findings.filter(person=actor.person).select_related("inspection")
        )[:MOST],
        "rectifications": access.visible_rectifications(actor)
        .filter(unit__in=own)
        .exclude(state=Rectification.State.CANCELLED)[:MOST],
        "today": words.today(actor),
    }
    return render(request, "inspections/mine.html", context)


@require_GET
@signed_in
def rectifications(request: HttpRequest) -> HttpResponse:
    actor, installation = place(request)
    today = words.today(actor)
    rows = access.visible_rectifications(actor).select_related("finding__inspection__court")
    open_ones = (Rectification.State.OPEN, Rectification.State.HANDED)
    late = [r for r in rows if r.due_on and r.due_on < today and r.state in open_ones]
    context = {
        "installation": installation,
        "rows": rows[:MOST],
        "late": {row.pk for row in late},
        "today": today,
    }
    return render(request, "inspections/rectifications.html", context)


@require_GET
@signed_in
def refusals(request: HttpRequest) -> HttpResponse:
    actor, installation = place(request)
    pack = pack_for(installation, actor.at)
    rows = [
        (row, words.label(pack, "forbidden_act", row.kind), offered(actor, "refusal", row))
        for row in access.visible_refusals(actor)[:MOST]
    ]
    return render(request, "inspections/refusals.html", {"installation": installation, "rows": rows})


@require_GET
@signed_in
def practices(request: HttpRequest) -> HttpResponse:
    """Praised work; whoever runs the inspection sees who took it up, a court sees its own line."""
    actor, installation = place(request)
    rows = []
    inside = set(access.inside(actor).values_list("pk", flat=True))
    own = {grant.unit_id for grant in actor.grants}
    for practice in access.visible_practices(actor).prefetch_related("spreads__court", "spreads__read_by")[
        :MOST
    ]:
        shown = [
            (sent, offered(actor, "spread", sent))
            for sent in practice.spreads.all()
            if practice.inspection_id in inside or sent.court_id in own
        ]
        rows.append((practice, shown, offered(actor, "practice", practice)))
    return render(request, "inspections/practices.html", {"installation": installation, "rows": rows})
