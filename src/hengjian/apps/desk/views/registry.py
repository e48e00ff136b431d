"""Systems on their way, and the yearly checklists of the leads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.desk import queries
from hengjian.apps.desk.acts import registry as acts
from hengjian.apps.desk.checklist import by_lead, lines, system_lines
from hengjian.apps.desk.forms import AdvanceForm, EvidenceForm, ReasonForm, SystemForm
from hengjian.apps.desk.models import Evidence
from hengjian.apps.desk.states import NEXT
from hengjian.apps.desk.views.common import desk, download, kept
from hengjian.apps.desk.workbook import checklist_workbook, systems_workbook
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.times import to_local


@require_http_methods(["GET", "POST"])
@signed_in
def system_list(request: HttpRequest) -> HttpResponse:
    scene = desk(request)
    office = scene.actor.has(Right.DESK_MANAGE, scene.installation.unit_id)
    form = SystemForm(request.POST or None) if office else None
    if request.method == "POST":
        scene.actor.require(Right.DESK_MANAGE, scene.installation.unit_id)
        if form is not None and form.is_valid():
            with into_form(form):
                made = acts.register_system(scene.actor, scene.installation, **form.cleaned_data)
                return redirect("desk:system", made.pk)
    context = {"scene": scene, "form": form, "systems": queries.systems(scene), "listed": system_lines(scene)}
    return page(request, "desk/systems.html", context, form=form)


@require_http_methods(["GET", "POST"])
@signed_in
def system(request: HttpRequest, pk: int) -> HttpResponse:
    scene = desk(request)
    found = fetch(queries.systems(scene), pk=pk)
    office = scene.actor.has(Right.DESK_MANAGE, scene.installation.unit_id)
    form = None
    if office and NEXT[found.stage]:
        today = to_local(scene.actor.at).date()
        initial = {"version": found.version, "happened_on": today}
        form = AdvanceForm(request.POST or None, scene=scene, system=found, initial=initial)
    if request.method == "POST":
        scene.actor.require(Right.DESK_MANAGE, scene.installation.unit_id)
        if form is not None and form.is_valid():
            with into_form(form):
                acts.advance(scene.actor, found, **form.cleaned_data)
                messages.success(request, "进度已更新。")
                return redirect("desk:system", pk)
    measure = scene.by_key.get(found.indicator)
    context = {
        "scene": scene,
        "system": found,
        "steps": found.steps.select_related("by"),
        "form": form,
        "measure": measure,
    }
    return page(request, "desk/system.html", context, form=form)


@require_GET
@signed_in
def checklist(request: HttpRequest) -> HttpResponse:
    return _list(request, desk(request))


def _year(request: HttpRequest, scene: Scene) -> int:
    asked = request.GET.get("y", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else to_local(scene.actor.at).year


@require_GET
@signed_in
def checklist_export(request: HttpRequest) -> HttpResponse:
    scene = desk(request)
    year = _year(request, scene)
    return download(checklist_workbook(year, lines(scene, year)), f"{year}年牵头部门清单", "xlsx")


@require_GET
@signed_in
def systems_export(request: HttpRequest) -> HttpResponse:
    found = queries.systems(desk(request)).prefetch_related("steps")
    return download(systems_workbook(found), "系统登记", "xlsx")


@require_GET
@signed_in
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper behind an entry, for those who see the checklist."""
    found = fetch(Evidence.objects.filter(installation=desk(request).installation).exclude(file=""), pk=pk)
    return kept(found.file, found.file_name)


def _list(request: HttpRequest, scene: Scene, form: EvidenceForm | None = None) -> HttpResponse:
    year = _year(request, scene)
    office = scene.actor.has(Right.DESK_MANAGE, scene.installation.unit_id)
    mine = scene.seated(Right.DESK_HANDLE)
    groups = [
        (lead, [(line, line.unit is not None and (office or line.unit.pk in mine)) for line in found])
        for lead, found in by_lead(lines(scene, year))
    ]
    context = {
        "scene": scene,
        "year": year,
        "groups": groups,
        "form": form,
        "today": to_local(scene.actor.at).date(),
        "total": sum(len(found) for _, found in groups),
        "done": sum(bool(line.done) for _, found in groups for line, _ in found),
    }
    return page(request, "desk/checklist.html", context, form=form)


@require_POST
@signed_in
def record(request: HttpRequest) -> HttpResponse:
    scene = desk(request)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        with into_form(form):
            acts.record_evidence(scene.actor, scene.installation, **form.cleaned_data)
            messages.success(request, "已登记。")
            return redirect("desk:checklist")
    return _list(request, scene, form)


@require_POST
@signed_in
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    scene = desk(request)
    found = fetch(
        Evidence.objects.filter(installation=scene.installation).select_related("installation"), pk=pk
    )
    form = ReasonForm({**request.POST.dict(), "version": 1})
    if form.is_valid():
        with into_form(form):
            acts.withdraw_evidence(scene.actor, found, reason=form.cleaned_data["text"])
            messages.success(request, "已撤销。")
            return redirect("desk:checklist")
    return _list(request, scene)
