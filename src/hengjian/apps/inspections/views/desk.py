"""The plan and the inspection itself: team, scope, checklist, what was asked, kept and found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hengjian.apps.inspections import access, doings, records, words
from hengjian.apps.inspections.acts import plan as acts
from hengjian.apps.inspections.acts.team import missing_for_order
from hengjian.apps.inspections.doing import Doing
from hengjian.apps.inspections.forms import PlanForm
from hengjian.apps.inspections.models import Finding, HeadCheck, Inspection, Plan, TeamMember
from hengjian.apps.inspections.responsible import responsible_lines
from hengjian.apps.inspections.views.common import pack_of, place
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.policy import Pack

FEW = 100


def _house(actor: Actor) -> Unit:
    """The court in whose name the actor plans: where he keeps statistics."""
    own = access.seated(actor, Right.INSPECT_MANAGE)
    unit = Unit.objects.filter(pk__in=own).order_by("pk").first()
    if unit is None:
        raise Missing("检查由司法统计人员组织，您的岗位不能拟定计划。")
    return house_of(unit)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_plan(request: HttpRequest) -> HttpResponse:
    actor, installation = place(request)
    house, pack = _house(actor), pack_for(installation, actor.at)
    form = PlanForm(request.POST or None, actor=actor, house=house, pack=pack)
    if form.is_valid():
        data = form.cleaned_data
        names = ("title", "mode", "purpose", "starts_on", "ends_on", "seed")
        text = acts.PlanText(**{name: data[name] for name in names}, count=data["count"] or 0)
        with into_form(form):
            made = acts.make_plan(
                actor,
                installation,
                house=house,
                text=text,
                courts=list(data["courts"]),
                client_key=data["client_key"],
            )
            messages.success(
                request, f"已拟定，列入 {made.inspections.count()} 个法院。请指派检查人员、确定范围。"
            )
            return redirect("inspections:plan", made.pk)
    return page(
        request,
        "inspections/plan_new.html",
        {"form": form, "house": house, "installation": installation},
        form=form,
    )


@require_GET
@signed_in
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found: Plan = fetch(access.visible_plans(actor), pk=pk)
    pack = pack_for(found.installation, actor.at)
    rows = access.visible_inspections(actor).filter(plan=found).order_by("number")
    context = {
        "plan": found,
        "installation": found.installation,
        "mode": words.term(pack, "inspection_mode", found.mode),
        "rows": rows,
        "again": acts.drawn_again(found) if found.drawn else None,
    }
    return render(request, "inspections/plan.html", context)


@require_GET
@signed_in
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found: Inspection = fetch(access.visible_inspections(actor), pk=pk)
    pack = pack_of(found, actor)
    inside = access.inside(actor).filter(pk=found.pk).exists()
    context: dict[str, Any] = {
        "inspection": found,
        "installation": found.installation,
        "mode": words.term(pack, "inspection_mode", found.plan.mode),
        "units": found.units.order_by("position", "pk"),
        "doings": doings.offered(actor, "inspection", found),
        "inside": inside,
        "reported": found.reported_at is not None,
        "outcomes": [words.label(pack, "inspection_outcome", key) for key in found.outcomes],
        "responsible": responsible_lines(found, pack, actor.at),
        "findings": [
            (row, words.label(pack, "inspection_head", row.head))
            for row in access.visible_findings(actor).filter(inspection=found)
        ],
        "requests": access.visible_requests(actor).filter(inspection=found),
        "refusals": access.visible_refusals(actor).filter(inspection=found),
    }
    if inside:
        context |= _workings(actor, found, pack)
    return render(request, "inspections/inspection.html", context)


def _workings(actor: Actor, found: Inspection, pack: Pack) -> dict[str, Any]:
    checks = {check.head: check for check in found.heads.select_related("by")}
    members = found.team.select_related("person__unit__parent__parent").prefetch_related("grants")
    return {
        "team": [
            (m, house_of(m.person.unit), doings.offered(actor, "member", m), _grants(actor, m))
            for m in members
        ],
        "missing": missing_for_order(found, pack, actor) if found.state == Inspection.State.PLANNED else [],
        "heads": [
            (
                term,
                checks.get(term.key),
                "、".join(c.label for c in words.causes_of(pack, term.key)),
                HeadCheck,
            )
            for term in words.terms(pack, "inspection_head")
        ],
        "powers": words.terms(pack, "power"),
        "interviews": found.interviews.all(),
        "evidence": found.evidence.select_related("added_by"),
        "copies": [(copy, records.kind_label(copy.kind)) for copy in found.copies.all()[:FEW]],
        "copy_count": found.copies.count(),
        "grant": access.grant_now(actor, found),
        "practices": found.practices.select_related("unit"),
        "unfinished": found.findings.filter(state=Finding.State.HANDED).count(),
    }


def _grants(actor: Actor, member: TeamMember) -> list[tuple[Any, list[Doing]]]:
    return [(grant, doings.offered(actor, "grant", grant)) for grant in member.grants.all()]
