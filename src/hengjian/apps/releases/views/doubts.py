"""Published figures that a correction would change: all of them in one list, and the decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.org.access import Denied
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.roles import Right
from hengjian.apps.releases import queries, uses
from hengjian.apps.releases.acts import doubts as acts
from hengjian.apps.releases.computed import data_kept, recheck
from hengjian.apps.releases.forms import NoteForm, RestateForm
from hengjian.apps.releases.models import Doubt
from hengjian.apps.releases.views.common import desk
from hengjian.apps.releases.writing import shown, written_like
from hengjian.apps.ui.pages import page
from hengjian.base.errors import HengjianError


@require_GET
@needs(Right.RELEASE_PREPARE)
def doubt_list(request: HttpRequest) -> HttpResponse:
    place = desk(request)
    found = queries.visible_doubts(place.actor)
    rows = [
        {
            "doubt": doubt,
            "published": shown(doubt.figure),
            "now": written_like(doubt.figure.written, doubt.now) if doubt.now is not None else "",
            "uses": uses.of(place.actor, doubt.figure),
        }
        for doubt in found.filter(state=Doubt.State.OPEN).order_by("figure__court__position", "pk")
    ]
    decided = found.exclude(state=Doubt.State.OPEN)[:50]
    context = {"rows": rows, "decided": decided, "dataset": data_kept(place.installation)}
    return page(request, "releases/doubts.html", context)


@require_POST
@needs(Right.RELEASE_PREPARE)
def look_again(request: HttpRequest) -> HttpResponse:
    place = desk(request)
    try:
        found = recheck(place.actor, place.installation)
        messages.success(
            request, f"已核对，{len(found)}个已发布的数会变。" if found else "已核对，没有会变的数。"
        )
    except Denied:
        raise
    except HengjianError as error:
        messages.error(request, error.message)
    return redirect("releases:doubts")


@require_POST
@needs(Right.RELEASE_PREPARE)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    place = desk(request)
    found = fetch(queries.visible_doubts(place.actor), pk=pk)
    form = NoteForm(request.POST)
    try:
        acts.note(place.actor, found, text=form.cleaned_data["text"] if form.is_valid() else "")
        messages.success(request, "已加注，登记簿和查询页上都看得到。")
    except Denied:
        raise
    except HengjianError as error:
        messages.error(request, error.message)
    return redirect("releases:doubts")


@require_POST
@needs(Right.RELEASE_PREPARE)
def restate(request: HttpRequest) -> HttpResponse:
    place = desk(request)
    found = queries.visible_doubts(place.actor).filter(state=Doubt.State.OPEN)
    form = RestateForm(request.POST, ids=list(found.values_list("pk", flat=True)))
    if not form.is_valid():
        messages.error(request, "请勾选要重述的数，并写明缘由。")
        return redirect("releases:doubts")
    chosen = found.filter(pk__in=form.cleaned_data["doubts"])
    try:
        made = acts.restate(place.actor, list(chosen), text=form.cleaned_data["text"])
    except Denied:
        raise
    except HengjianError as error:
        messages.error(request, error.message)
        return redirect("releases:doubts")
    messages.success(request, "已拟好重述，核对以后提请签发。")
    return redirect("releases:release", made.pk)
