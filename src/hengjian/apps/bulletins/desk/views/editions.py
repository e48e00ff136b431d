"""Editions: the desk's list, composing, reading, files."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.bulletins.desk import queries, rows
from hengjian.apps.bulletins.desk.acts import edition as acts
from hengjian.apps.bulletins.desk.acts.export import export_edition
from hengjian.apps.bulletins.desk.forms import OpenEditionForm, ReasonForm, RemarkForm
from hengjian.apps.bulletins.desk.papers import articles, edition_document
from hengjian.apps.bulletins.models import Edition
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError
from hengjian.base.times import start_of_day, to_instant, to_local
from hengjian.documents import check_fonts

MANAGE = needs(Right.EDITION_MANAGE)
MOST = 100
RECENT = timedelta(days=60)
"""What was received earlier is seldom news: it is listed on request."""


@signed_in
@require_GET
def shelf(request: HttpRequest) -> HttpResponse:
    """Issued editions the actor may read."""
    editions = queries.visible_editions(actor_of(request)).filter(state=Edition.State.ISSUED)
    pages = Paginator(rows.listed(editions).order_by("-issued_at", "-id"), 50)
    shown = pages.get_page(request.GET.get("page"))
    context = {"page": shown, "rows": rows.issued_rows(shown.object_list)}
    return page(request, "bulletins/desk/shelf.html", context)


@MANAGE
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What is to be composed, what is late, what went out lately."""
    editions = queries.visible_editions(actor_of(request))
    today = to_local(actor_of(request).at).date()
    done = [Edition.State.ISSUED, Edition.State.SKIPPED]
    coming = [Edition.State.PLANNED, Edition.State.COMPOSING]
    waiting = editions.filter(state__in=coming).order_by("due_on", "id")
    recent = rows.listed(editions.filter(state__in=done)).order_by("-due_on", "-id")[:12]
    context = {"waiting": rows.waiting_rows(waiting, today), "recent": rows.recent_rows(recent)}
    return page(request, "bulletins/desk/desk.html", context)


@MANAGE
@require_http_methods(["GET", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """A 专报 or 增刊 as needed."""
    actor = actor_of(request)
    installation = queries.installations_of(actor, Right.EDITION_MANAGE).first()
    if installation is None:
        raise HengjianError("您所在的单位还没有启用制度包，请联系信息主管部门负责人。")
    form = OpenEditionForm(request.POST or None, pack=pack_for(installation, actor.at))
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            edition = acts.open_edition(actor, installation, **form.cleaned_data)
            return redirect("bulletins:compose", pk=edition.pk)
    return page(request, "bulletins/desk/open.html", {"form": form}, form=form)


@MANAGE
@require_GET
def compose(request: HttpRequest, pk: int) -> HttpResponse:
    edition = _managed(request, pk)
    return _compose_page(request, edition)


@MANAGE
@require_POST
def change(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """put, take, up, down, order: one entry at a time, by button; works without script."""
    actor = actor_of(request)
    edition = _managed(request, pk)
    item_id = request.POST.get("item", "")
    try:
        if verb in {"put", "take"}:
            # only what the editor may see: the refusal of a foreign draft would tell its title
            own = visible_items(actor).filter(installation=edition.installation)
            item = fetch(own, pk=_number(item_id))
            act = acts.put_item if verb == "put" else acts.take_item
            act(actor, edition, item)
        elif verb == "order":
            order = [
                int(part) for part in request.POST.getlist("order") if part.isdecimal() and len(part) < 16
            ]
            acts.arrange(actor, edition, order=order, version=_version(request))
        else:
            order = _moved(edition, _number(item_id), -1 if verb == "up" else 1)
            acts.arrange(actor, edition, order=order, version=_version(request))
    except HengjianError as error:
        messages.error(request, error.message)
    return redirect("bulletins:compose", pk=pk)


@MANAGE
@require_POST
def write_remark(request: HttpRequest, pk: int) -> HttpResponse:
    acts.remark(actor_of(request), _managed(request, pk), text=request.POST.get("editor_note", "")[:2000])
    messages.success(request, "编者按已保存。")
    return redirect("bulletins:compose", pk=pk)


@MANAGE
@require_POST
def finish(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """issue, skip, recall."""
    actor, edition = actor_of(request), _managed(request, pk)
    reason = request.POST.get("reason", "")
    try:
        match verb:
            case "issue":
                done = acts.issue(actor, edition, version=_version(request))
                messages.success(request, f"{done}已印发，各篇采用已记入台账依据。")
            case "skip":
                acts.skip(actor, edition, reason=reason)
                messages.success(request, "本期已停编，理由已存档。")
            case _:
                acts.recall(actor, edition, reason=reason)
                messages.success(request, "已撤回，相应的采用记录也已撤销。")
    except HengjianError as error:
        return _compose_page(request, edition, error.message)
    return redirect("bulletins:compose", pk=pk)


@signed_in
@require_GET
def read(request: HttpRequest, pk: int) -> HttpResponse:
    edition = fetch(queries.visible_editions(actor_of(request)), pk=pk)
    document = edition_document(edition, at=actor_of(request).at)
    return render(
        request,
        "bulletins/desk/read.html",
        {"edition": edition, "document": document, "articles": articles(edition)},
    )


@signed_in
@require_GET
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The printed form as PDF or docx; every copy handed out is in the audit log."""
    actor = actor_of(request)
    edition = fetch(queries.visible_editions(actor), pk=pk)
    name, kind, data = export_edition(actor, edition, form=form)
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _managed(request: HttpRequest, pk: int) -> Edition:
    actor = actor_of(request)
    return fetch(
        queries.visible_editions(actor).filter(installation__unit_id__in=actor.units(Right.EDITION_MANAGE)),
        pk=pk,
    )


def _version(request: HttpRequest) -> int:
    return _number(request.POST.get("version", ""))


def _number(text: str) -> int:
    """What the form says, or a number nothing has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else -1


def _moved(edition: Edition, item_id: int, step: int) -> list[int]:
    entries = list(edition.entries.all())
    at = next((i for i, entry in enumerate(entries) if entry.item_id == item_id), -1)
    if at < 0:
        raise HengjianError("这篇信息不在本期里，请刷新页面。")
    to = min(max(at + step, 0), len(entries) - 1)
    entries.insert(to, entries.pop(at))
    return [entry.pk for entry in entries]


def _compose_page(request: HttpRequest, edition: Edition, error: str = "") -> HttpResponse:
    actor = actor_of(request)
    found = queries.candidates(edition, actor.at)
    recent = (
        found
        if "older" in request.GET
        else found.filter(received_at__gte=to_instant(start_of_day(edition.due_on - RECENT)))
    )
    number, whole = recent.count(), found.count()
    context = {
        "edition": edition,
        "entries": edition.entries.select_related("item__unit"),
        "candidates": recent[:MOST],
        "candidate_count": number,
        "most": MOST,
        "older": whole - number,
        "remark": RemarkForm(instance=edition),
        "reason": ReasonForm(),
        "error": error,
        "doubts": check_fonts(edition_document(edition, at=actor.at)).doubts(),
        "read_url": reverse("bulletins:read_edition", args=[edition.pk]),
    }
    return render(request, "bulletins/desk/compose.html", context, status=422 if error else 200)
