"""考评名单: who is on it on a day, what is going to change, and the proposals with their approval."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.models import RosterChange
from hengjian.apps.duties.roster.acts import change as acts
from hengjian.apps.duties.roster.forms import ProposeForm, RowForm
from hengjian.apps.duties.roster.queries import (
    candidates,
    class_choices,
    entries,
    flow_of,
    label_of,
    roster_table,
    visible_changes,
)
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.points.views.common import download
from hengjian.apps.points.workbook import workbook
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.dates import read_day
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.times import to_local

READ = needs(Right.POINTS_READ_ALL, Right.ITEM_READ_UNIT)


def governed_with_roster(request: HttpRequest) -> tuple[Look, Governed]:
    """The person's own regulation whose list is changed by a flow; 404 where none has."""
    actor = actor_of(request)
    look = Look(actor, actor.at)
    found = next((g for g in look.governed if flow_of(g.pack) is not None), None)
    if found is None:
        raise Missing("您所在单位的制度没有考评名单。")
    return look, found


def day_of(text: str, today: date) -> date:
    """The day asked for; today where nothing sensible is."""
    try:
        return read_day(text)
    except ValueError:
        return today


@READ
@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    look, governed = governed_with_roster(request)
    installation, pack = governed.installation, governed.pack
    day = day_of(request.GET.get("day", ""), look.today)
    now, later = entries(installation, pack, day)
    if request.GET.get("export") == "xlsx":
        name = f"考评名单{day:%Y%m%d}"
        return download(workbook([(name, roster_table(now))]), name, "xlsx")
    manages = look.actor.has(Right.REGISTER_MANAGE, installation.unit_id)
    context = {
        "installation": installation,
        "flow": flow_of(pack),
        "day": day,
        "groups": [(label, list(rows)) for label, rows in groupby(now, key=lambda e: e.label)],
        "total": len(now),
        "later": later,
        "changes": visible_changes(look.actor).filter(installation=installation)[:30],
        "form": ProposeForm() if manages else None,
    }
    return page(request, "duties/roster/list.html", context)


@needs(Right.REGISTER_MANAGE)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    look, governed = governed_with_roster(request)
    form = ProposeForm(request.POST)
    if form.is_valid():
        with into_form(form):
            made = acts.propose(look.actor, governed.installation, **form.cleaned_data)
            return redirect("duties:roster_change", made.pk)
    for errors in form.errors.values():
        messages.error(request, "；".join(map(str, errors)))
    return redirect("duties:roster")


@READ
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal; while it is a draft a form puts in one unit after another."""
    actor = actor_of(request)
    found = fetch(visible_changes(actor), pk=pk)
    pack = pack_for(found.installation, actor.at)
    manages = actor.has(Right.REGISTER_MANAGE, found.installation.unit_id)
    editable = manages and found.state == RosterChange.State.DRAFT
    if request.method == "POST" and not editable:
        raise Missing("这份调整现在不能修改。")
    do = request.POST.get("do", "put")
    form = RowForm(
        request.POST if request.method == "POST" and do == "put" else None,
        units=candidates(found.installation, to_local(actor.at).date()),
        classes=class_choices(pack),
        initial={"version": found.version},
    )
    if request.method == "POST":
        with into_form(form):
            if do != "put" or form.is_valid():
                said = _do(actor, found, do, form, request)
                messages.success(request, said)
                return redirect(
                    "duties:roster" if do == "discard" else "duties:roster_change", *_where(do, pk)
                )
    context = {
        "change": found,
        "installation": found.installation,
        "flow": flow_of(pack),
        "form": form,
        "editable": editable,
        "rows": [
            (row, label_of(pack, row.was), label_of(pack, row.key))
            for row in found.rows.select_related("unit")
        ],
    }
    return page(request, "duties/roster/change.html", context, form=form)


def _where(do: str, pk: int) -> list[int]:
    return [] if do == "discard" else [pk]


def _do(actor: Any, found: RosterChange, do: str, form: RowForm, request: HttpRequest) -> str:
    if do == "put":
        acts.put_row(actor, found, **form.cleaned_data)
        return "已列入，可以接着填下一个单位。"
    text = request.POST.get("version", "")
    version = int(text) if text.isdecimal() else 0
    if do == "drop":
        unit = request.POST.get("unit", "")
        acts.drop_row(actor, found, unit=int(unit) if unit.isdecimal() else 0, version=version)
        return "已去掉。"
    if do == "discard":
        acts.discard(actor, found, version=version)
        return "这份调整已作废。"
    if do != "submit":
        raise Missing("没有这样的办理。")
    acts.submit(actor, found, version=version)
    return "已送审批。"
