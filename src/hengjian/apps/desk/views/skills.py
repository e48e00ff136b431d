"""The register of competence: what a unit's people must master, who does, what is missing."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.desk import queries
from hengjian.apps.desk.acts import skills as acts
from hengjian.apps.desk.forms import ReasonForm, RequireForm, SkillForm
from hengjian.apps.desk.models import Skill
from hengjian.apps.desk.skills import board
from hengjian.apps.desk.views.common import desk, download
from hengjian.apps.desk.workbook import skills_workbook
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.models import Unit
from hengjian.apps.ui.pages import into_form, page


def _unit(scene: Scene, asked: str) -> Unit:
    """The unit asked for, else the first one may see, rather one with a list; 404 for others."""
    seen = queries.skill_units(scene)
    if asked:
        found = next((u for u in seen if str(u.pk) == asked), None)
    else:
        listed = queries.units_with_systems(scene)
        found = next((u for u in seen if u.pk in listed), next(iter(seen), None))
    if found is None:
        raise Missing("没有您可以查看的单位。")
    return found


@require_GET
@signed_in
def register(request: HttpRequest) -> HttpResponse:
    scene = desk(request)
    return _show(request, scene, _unit(scene, request.GET.get("unit", "")))


def _show(request: HttpRequest, scene: Scene, unit: Unit, refused: forms.Form | None = None) -> HttpResponse:
    found, keeps = board(scene, unit), queries.keeps_skills(scene, unit)
    require = refused if isinstance(refused, RequireForm) else None
    record = refused if isinstance(refused, SkillForm) else None
    context = {
        "scene": scene,
        "unit": unit,
        "units": queries.skill_units(scene),
        "board": found,
        "keeps": keeps,
        "require_form": (require or RequireForm(initial={"systems": "\n".join(found.systems)})) if keeps else None,
        "record_form": (record or SkillForm(board=found)) if keeps and found.systems and found.rows else None,
        "refused": refused,
    }  # fmt: skip
    return page(request, "desk/skills.html", context, form=refused)


@require_GET
@signed_in
def export(request: HttpRequest) -> HttpResponse:
    """A sheet for each unit one may see."""
    scene = desk(request)
    _unit(scene, "")
    boards = [found for unit in queries.skill_units(scene) if (found := board(scene, unit)).systems]
    return download(skills_workbook(boards), "熟练应用登记", "xlsx")


@require_POST
@signed_in
def require(request: HttpRequest, pk: int) -> HttpResponse:
    scene = desk(request)
    unit, form = _unit(scene, str(pk)), RequireForm(request.POST)
    if form.is_valid():
        with into_form(form):
            systems = form.cleaned_data["systems"].splitlines()
            acts.require_systems(scene.actor, scene.installation, unit=unit, systems=systems)
            return _done(request, unit, "必需的系统已更新。")
    return _show(request, scene, unit, form)


@require_POST
@signed_in
def record(request: HttpRequest, pk: int) -> HttpResponse:
    scene = desk(request)
    unit = _unit(scene, str(pk))
    form = SkillForm(request.POST, board=board(scene, unit))
    if form.is_valid():
        with into_form(form):
            made = acts.record_skill(scene.actor, scene.installation, unit=unit, **form.cleaned_data)
            return _done(request, unit, f"已登记 {len(made)} 人。")
    return _show(request, scene, unit, form)


@require_POST
@signed_in
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    scene = desk(request)
    rows = Skill.objects.filter(installation=scene.installation, unit__in=queries.skill_units(scene))
    found = fetch(rows.select_related("unit"), pk=pk)
    form = ReasonForm({**request.POST.dict(), "version": 1})
    if form.is_valid():
        with into_form(form):
            acts.withdraw_skill(scene.actor, found, reason=form.cleaned_data["text"])
            return _done(request, found.unit, "已撤销。")
    return _show(request, scene, found.unit, form)


def _done(request: HttpRequest, unit: Unit, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect(f"{reverse('desk:skills')}?unit={unit.pk}")
