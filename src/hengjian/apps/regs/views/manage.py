"""Deciding readings, installing packs, and the printable request for interpretation."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.queries import managed_units
from hengjian.apps.org.roles import Right
from hengjian.apps.org.views._form import act_page, bound
from hengjian.apps.org.views.units import form_verbs
from hengjian.apps.regs import forms, queries
from hengjian.apps.regs.acts import install as installing
from hengjian.apps.regs.acts.readings import decide as decide_reading
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.views.room import frame, opened, whatif
from hengjian.policy import pack_ids


@require_safe
@signed_in
def readings(request: HttpRequest, pk: int) -> HttpResponse:
    installation, pack = opened(request, pk)
    rows = queries.questions(installation, actor_of(request).at)
    state = request.GET.get("state", "")
    if state in ("open", "decided"):
        rows = [row for row in rows if row.open == (state == "open")]
    context = frame(request, installation, pack, "readings") | {
        "rows": rows,
        "state": state,
        "forgotten": queries.forgotten(installation, pack),
        "whatif": whatif(request),
    }
    return render(request, "regs/readings.html", context)


@require_safe
@signed_in
def interpretation(request: HttpRequest, pk: int) -> HttpResponse:
    """The open questions as a letter to whoever may interpret the regulation."""
    installation, pack = opened(request, pk)
    rows = [row for row in queries.questions(installation, actor_of(request).at) if row.open]
    context = frame(request, installation, pack, "readings") | {"rows": rows}
    return render(request, "regs/interpretation.html", context)


def _trail(installation: Installation) -> list[tuple[str, str]]:
    info = queries.loaded(installation.pack).info
    return [
        ("制度", reverse("regs:index")),
        (info.short_title or info.title, reverse("regs:articles", args=[installation.pk])),
    ]


@form_verbs
@needs(Right.REGS_MANAGE)
def decide(request: HttpRequest, pk: int, reading: str) -> HttpResponse:
    actor = actor_of(request)
    installation = fetch(queries.managed_installations(actor), pk=pk)
    pack = queries.pack_for(installation, actor.at)
    if reading not in pack.readings:
        raise Missing("没有这个口径。")
    question = pack.readings[reading]
    form = bound(request, forms.DecideForm, reading=question, chosen=pack.chosen(reading))
    return act_page(
        request,
        form,
        lambda data: decide_reading(actor, installation, reading=reading, **data),
        title=f"决定口径 {reading}",
        back=reverse("regs:readings", args=[pk]) + f"#{reading}",
        done=f"口径 {reading} 已决定。",
        submit="决定",
        note=f"{question.question} 已关账的期间不会自动改动，需要时由主管部门更正并重新通报。",
        trail=_trail(installation),
    )


@form_verbs
@needs(Right.REGS_MANAGE)
def install(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    packs = [(name, f"{queries.loaded(name).info.title}（{name}）") for name in pack_ids(settings.PACKS_DIR)]
    units = managed_units(actor, Right.REGS_MANAGE)
    return act_page(
        request,
        bound(request, forms.InstallForm, units=units, packs=packs),
        lambda data: installing.install(actor, data.pop("unit"), **data),
        title="启用制度",
        back=reverse("regs:index"),
        done="制度已启用。",
        submit="启用",
        trail=[("制度", reverse("regs:index"))],
    )


@form_verbs
@needs(Right.REGS_MANAGE)
def redate(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    installation = fetch(queries.managed_installations(actor), pk=pk)
    initial = {"in_force_from": installation.in_force_from, "evidence": installation.evidence}
    return act_page(
        request,
        bound(request, forms.RedateForm, initial=initial),
        lambda data: installing.redate(actor, installation, **data),
        title="更改启用日期",
        back=reverse("regs:articles", args=[pk]),
        done="启用日期已更改。",
        note="启用日期影响哪些事由这份制度评价；已关账的期间不会自动改动。",
        trail=_trail(installation),
    )


@form_verbs
@needs(Right.REGS_MANAGE)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    installation = fetch(queries.managed_installations(actor), pk=pk)
    return act_page(
        request,
        bound(request, forms.EmptyForm),
        lambda data: installing.accept_version(actor, installation),
        title="采用新的制度包版本",
        back=reverse("regs:articles", args=[pk]),
        done="已确认采用现在的版本。",
        submit="确认采用",
        note="制度包的文件与启用时不同。请先看包内的变更说明（CHANGES.md）和“数值”页，再确认。",
        trail=_trail(installation),
    )
