"""约稿: the list with its figures, entering one, one with what may be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from hengjian.apps.bulletins import clocks, words
from hengjian.apps.bulletins.commissions import queries
from hengjian.apps.bulletins.commissions.acts import department, office
from hengjian.apps.bulletins.commissions.forms import (
    AssignForm,
    DeclineForm,
    LinkForm,
    RegisterForm,
    VersionForm,
)
from hengjian.apps.bulletins.commissions.statistics import figures_table, list_table, statistics
from hengjian.apps.bulletins.desk.queries import installations_of
from hengjian.apps.bulletins.models import Commission
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.points.views.common import asked_period, download, period_choices
from hengjian.apps.points.workbook import workbook
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_local

READ = needs(Right.ITEM_READ_UNIT, Right.ITEM_READ_ALL)
S = Commission.State


@READ
@require_GET
def commissions(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = queries.visible_commissions(actor)
    state = request.GET.get("state", "")
    this_year = Period.of(to_local(actor.at).date(), PeriodKind.YEAR)
    shown = rows.filter(state=state) if state in S.values else rows
    context = {
        "page": Paginator(shown.order_by("-due_at", "-pk"), 50).get_page(request.GET.get("page")),
        "state": state,
        "states": S.choices,
        "counted": statistics(actor, this_year),
        "year": this_year,
        "now": actor.at,
        "registers": actor.has(Right.ITEM_EDIT),
    }
    return page(request, "bulletins/commissions/list.html", context)


@READ
@require_GET
def counted(request: HttpRequest) -> HttpResponse:
    """A quarter or a year; a department sees its own."""
    actor = actor_of(request)
    if not queries.has_commissions(actor):
        raise Missing("您所在单位的制度没有约稿。")
    today = to_local(actor.at).date()
    period = asked_period(request.GET.get("period", ""), today)
    found = statistics(actor, period)
    if request.GET.get("export") == "xlsx":
        sheets = [
            ("按承办部门", figures_table("承办部门", found.by_unit)),
            ("按约稿单位", figures_table("约稿单位", [*found.by_source, found.total])),
            ("约稿明细", list_table(found.rows, actor.at)),
        ]
        return download(workbook(sheets), f"{period.label}约稿情况", "xlsx")
    context = {"found": found, "period": period, "choices": period_choices(today)}
    return page(request, "bulletins/commissions/statistics.html", context)


@needs(Right.ITEM_EDIT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    installation = installations_of(actor, Right.ITEM_EDIT).first()
    if installation is None:
        raise Missing("您的岗位不负责约稿。")
    pack = pack_for(installation, actor.at)
    initial = {"asked_at": to_local(actor.at).replace(second=0, microsecond=0)}
    units = queries.departments(installation)
    form = RegisterForm(request.POST or None, pack=pack, units=units, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        unit = values.pop("unit")
        with into_form(form):
            made = office.register(actor, installation=installation, **values)
            if unit is not None and made.state == S.OPEN:
                office.assign(actor, made, unit=unit)
            messages.success(request, "已登记约稿。" if unit is None else f"已登记并分配给{unit}。")
            return redirect("bulletins:commission", made.pk)
    context = {"form": form, "installation": installation}
    return page(request, "bulletins/commissions/new.html", context, form=form)


@READ
@require_http_methods(["GET", "POST"])
def commission(request: HttpRequest, pk: int) -> HttpResponse:
    """One commission; every button is a POST with ``do`` naming the act."""
    actor = actor_of(request)
    row = fetch(queries.visible_commissions(actor), pk=pk)
    forms = _forms(actor, row)
    refused: Form | None = None
    if request.method == "POST":
        name = request.POST.get("do", "")
        if name not in forms:
            raise Missing("这件约稿现在不能这样办理。")
        refused = _bound(actor, row, name, request)
        if refused.is_valid():
            with into_form(refused):
                said = DOINGS[name](actor, row, refused.cleaned_data)
                messages.success(request, said)
                return redirect("bulletins:commission", pk)
        forms[name] = refused
    return _show(request, actor, row, forms, refused)


def _show(
    request: HttpRequest, actor: Actor, row: Commission, forms: dict[str, Form], refused: Form | None
) -> HttpResponse:
    pack = pack_for(row.installation, actor.at)
    clock = queries.clock_of(row, pack, actor.at)
    visible = visible_items(actor)
    writes = f"{reverse('bulletins:new')}?commission={row.pk}&unit={row.unit_id}" if "link" in forms else ""
    context = {
        "row": row,
        "refusals": row.refusals.select_related("unit", "refused_by") if row.state != S.DECLINED else (),
        "category": words.label(pack, "category", row.category) if row.category else "",
        "handed_in": queries.handed_in(row),
        "clock": clock,
        "clock_words": clocks.in_words(clock, actor.at) if clock else "",
        "items": visible.filter(pk__in=row.items.values("pk")).select_related("unit"),
        "forms": forms,
        "writes": writes,
        "refused": refused,
    }
    return page(request, "bulletins/commissions/one.html", context, form=refused)


def _forms(actor: Actor, row: Commission) -> dict[str, Form]:
    """The acts open to the actor now, each with its form."""
    at = {"version": row.version}
    found: dict[str, Form] = {}
    if actor.has(Right.ITEM_EDIT, row.installation.unit_id):
        if row.state in (S.OPEN, S.ASSIGNED, S.DECLINED):
            found["assign"] = AssignForm(units=queries.departments(row.installation), initial=at)
        if row.state != S.CANCELLED:
            found["cancel"] = DeclineForm(initial=at, auto_id="cancel_%s")
    if row.unit_id is not None and row.state == S.ASSIGNED:
        if actor.has(Right.ITEM_FILE, row.unit_id):
            found["accept"] = VersionForm(initial=at)
        if actor.has(Right.REVIEW_UNIT, row.unit_id):
            found["decline"] = DeclineForm(initial=at, auto_id="decline_%s")
    if row.state == S.ACCEPTED and row.unit_id is not None and actor.has(Right.ITEM_WRITE, row.unit_id):
        found["link"] = LinkForm(items=queries.may_link(actor, row))
    return found


def _bound(actor: Actor, row: Commission, name: str, request: HttpRequest) -> Form:
    if name == "assign":
        return AssignForm(request.POST, units=queries.departments(row.installation))
    if name == "link":
        return LinkForm(request.POST, items=queries.may_link(actor, row))
    return VersionForm(request.POST) if name == "accept" else DeclineForm(request.POST, auto_id=f"{name}_%s")


def _assign(actor: Actor, row: Commission, data: dict[str, Any]) -> str:
    office.assign(actor, row, **data)
    return f"已分配给{data['unit']}。"


def _accept(actor: Actor, row: Commission, data: dict[str, Any]) -> str:
    department.answer(actor, row, accepted=True, **data)
    return "已承办，请在节点以前报送。"


def _decline(actor: Actor, row: Commission, data: dict[str, Any]) -> str:
    department.answer(actor, row, accepted=False, **data)
    return "已说明不承办，主管部门会另行分配。"


def _cancel(actor: Actor, row: Commission, data: dict[str, Any]) -> str:
    office.cancel(actor, row, **data)
    return "已取消。"


def _link(actor: Actor, row: Commission, data: dict[str, Any]) -> str:
    department.link(actor, row, data["item"])
    return "已登记稿件。"


DOINGS: dict[str, Callable[[Actor, Commission, dict[str, Any]], str]] = {
    "assign": _assign,
    "accept": _accept,
    "decline": _decline,
    "cancel": _cancel,
    "link": _link,
}
