"""Departments report to the statistics office of their court; it finds what the case data say beside each number."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.statistics.acts import departments as acts
from hengjian.apps.statistics.departments import (
    Beside,
    beside,
    installation_of,
    own_departments,
    text_of,
    visible_department_reports,
)  # fmt: skip
from hengjian.apps.statistics.forms import DepartmentReportForm
from hengjian.apps.statistics.models import DepartmentReport
from hengjian.apps.statistics.scope import scene_of, seats
from hengjian.apps.statistics.views.common import said
from hengjian.apps.ui.pages import into_form, page
from hengjian.statistics.spans import Span


def _here(request: HttpRequest) -> tuple[Actor, Installation]:
    """404 where no regulation knows departments' reports."""
    actor = actor_of(request)
    found = installation_of(actor) if actor.person else None
    if found is None:
        raise Missing("您所在的单位没有部门报送。")
    return actor, found


@signed_in
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    actor, installation = _here(request)
    rows = visible_department_reports(actor).filter(installation=installation)
    context = {
        "installation": installation, "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "may_report": bool(own_departments(actor)), "office": bool(seats(actor, Right.STATS_MANAGE)),
    }  # fmt: skip
    return page(request, "statistics/department_reports.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    actor, installation = _here(request)
    units = own_departments(actor)
    if not units:
        raise Missing("由业务部门报送；您不在业务部门的岗位。")
    form = _form(request, actor)
    if form.is_valid():
        with into_form(form):
            unit = next(one for one in units if str(one.pk) == form.cleaned_data["unit"])
            key = form.cleaned_data["client_key"]
            made = acts.draft_department_report(
                actor, installation, unit, client_key=key, **form.fields_given()
            )
            messages.success(request, "已保存，核对后报送。")
            return redirect("statistics:department_report", made.pk)
    context = {"installation": installation, "form": form, "report": None}
    return page(request, "statistics/department_report_edit.html", context, form=form)


def _form(request: HttpRequest, actor: Actor, row: DepartmentReport | None = None) -> DepartmentReportForm:
    units = [row.unit] if row else own_departments(actor)
    initial = {"unit": units[0].pk}
    if row is not None:
        initial |= {name: getattr(row, name) for name in ("span", "title", "body", "version", "client_key")}
        initial |= {"lines": text_of(row.lines)}
    given = request.POST if request.method == "POST" else None
    return DepartmentReportForm(given, initial=initial, units=[(str(one.pk), str(one)) for one in units])


@signed_in
@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    actor, installation = _here(request)
    row = fetch(visible_department_reports(actor), pk=pk)
    writing = row.state == acts.S.DRAFT and row.unit in own_departments(actor)
    office = row.court_id in seats(actor, Right.STATS_MANAGE)
    context = {
        "installation": installation, "report": row, "span": Span.parse(row.span), "writing": writing,
        "office": office,
        "lines": beside(scene_of(actor), row) if office else [Beside(one, None) for one in row.lines],
    }  # fmt: skip
    return page(request, "statistics/department_report.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, installation = _here(request)
    row = fetch(visible_department_reports(actor), pk=pk)
    if row.unit not in own_departments(actor):
        raise Missing("由报送的部门修改。")
    form = _form(request, actor, row)
    if form.is_valid():
        with into_form(form):
            acts.edit_department_report(
                actor, row, version=form.cleaned_data["version"], **form.fields_given()
            )
            messages.success(request, "已保存。")
            return redirect("statistics:department_report", pk)
    context = {"installation": installation, "form": form, "report": row}
    return page(request, "statistics/department_report_edit.html", context, form=form)


@signed_in
@require_POST
def report_send(request: HttpRequest, pk: int) -> HttpResponse:
    actor, _ = _here(request)
    row = fetch(visible_department_reports(actor), pk=pk)
    asked = request.POST.get("version", "")
    version = int(asked) if asked.isdecimal() else None
    said(
        request, lambda: acts.send_department_report(actor, row, version=version), "已报送，等待审核、接收。"
    )
    return redirect("statistics:department_report", pk)
