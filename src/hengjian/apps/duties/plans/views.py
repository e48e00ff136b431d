"""任务计划: all years, one year's plan with its findings, and how far the units are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.models import Plan
from hengjian.apps.duties.plans import findings
from hengjian.apps.duties.plans.acts import plan as acts
from hengjian.apps.duties.plans.forms import RowsForm, YearForm
from hengjian.apps.duties.plans.numbers import columns_of, source_for, tables_of
from hengjian.apps.duties.plans.progress import YearTable, year_table
from hengjian.apps.duties.plans.queries import visible_plans
from hengjian.apps.duties.plans.tables import plan_table, progress_table
from hengjian.apps.duties.plans.units import governed_by
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.points.views.common import download
from hengjian.apps.points.workbook import workbook
from hengjian.apps.ui.pages import into_form, page

READ = needs(Right.POINTS_READ_ALL, Right.ITEM_READ_UNIT)


def governed_with_plan(request: HttpRequest) -> tuple[Look, Governed]:
    """The person's own regulation that has a plan; 404 where none has."""
    actor = actor_of(request)
    look = Look(actor, actor.at)
    found = next((g for g in look.governed if tables_of(g.pack)), None)
    if found is None:
        raise Missing("您所在单位的制度没有任务计划。")
    return look, found


def table_of(look: Look, governed: Governed, year: int) -> YearTable:
    """Of all units the person may read."""
    everywhere = look.actor.units(Right.POINTS_READ_ALL) | look.actor.units(Right.ITEM_FILE)
    return year_table(look, governed, [u for u in governed.departments if u.pk in everywhere], year)


@READ
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """What holds now, and the plans of the years."""
    look, governed = governed_with_plan(request)
    table = tables_of(governed.pack)[0]
    source = source_for(governed.installation, governed.pack, table, look.today.year, governed.departments)
    columns = columns_of(governed.pack, table)
    manages = look.actor.has(Right.REGISTER_MANAGE, governed.installation.unit_id)
    context = {
        "installation": governed.installation,
        "source": source,
        "columns": list(columns.items()),
        "rows": [
            (unit, source.places.get(unit.pk, ""), _cells(source.rows.get(unit.pk), columns))
            for unit in governed.departments
        ],
        "totals": [
            sum((source.rows.get(u.pk) or {}).get(c) or 0 for u in governed.departments) for c in columns
        ],
        "annex": findings.of_annex(governed.pack, table),
        "advice": findings.of_plan(governed.departments, source.rows, columns),
        "plans": visible_plans(look.actor).filter(installation=governed.installation),
        "form": YearForm(initial={"year": look.today.year + 1}) if manages else None,
        "year": look.today.year,
    }
    return page(request, "duties/plans/list.html", context)


def _cells(numbers: Any, columns: Any) -> list[int | None]:
    return [(numbers or {}).get(column) for column in columns]


@needs(Right.REGISTER_MANAGE)
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    look, governed = governed_with_plan(request)
    form = YearForm(request.POST)
    if form.is_valid():
        with into_form(form):
            table = tables_of(governed.pack)[0]
            made = acts.draft(look.actor, governed.installation, table=table, year=form.cleaned_data["year"])
            messages.success(request, f"已沿用“{made.origin}”拟好{made}，请逐行核对。")
            return redirect("duties:plan", made.pk)
    for errors in form.errors.values():
        messages.error(request, "；".join(map(str, errors)))
    return redirect("duties:plans")


@READ
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One year's plan: rows to change while it is a draft, the approval beside it."""
    actor = actor_of(request)
    found = fetch(visible_plans(actor), pk=pk)
    governed = governed_by(found.installation, actor.at)
    columns = columns_of(governed.pack, found.table)
    rows = {row.unit_id: row for row in found.rows.select_related("unit")}
    numbers = {pk: row.numbers for pk, row in rows.items()}
    if request.GET.get("export") == "xlsx":
        table = plan_table(governed.departments, rows, columns)
        return download(workbook([(str(found), table)]), str(found), "xlsx")
    manages = actor.has(Right.REGISTER_MANAGE, found.installation.unit_id)
    editable = manages and found.state == Plan.State.DRAFT
    form = RowsForm(
        request.POST or None, units=governed.departments, columns=columns, rows=rows, version=found.version
    )
    if request.method == "POST":
        if not editable:
            raise Missing("这份计划现在不能修改。")
        if form.is_valid():
            with into_form(form):
                saved = acts.change(
                    actor, found, numbers=form.numbers(), version=form.cleaned_data["version"]
                )
                if "submit" in request.POST:
                    acts.submit(actor, saved, version=saved.version)
                messages.success(request, "已送审批。" if "submit" in request.POST else "已保存。")
                return redirect("duties:plan", pk)
    context = {
        "plan": found,
        "installation": found.installation,
        "columns": list(columns.items()),
        "form": form,
        "editable": editable,
        "rows": [
            (u, rows.get(u.pk), _cells(numbers.get(u.pk), columns), form.cells(u))
            for u in governed.departments
        ],
        "totals": [sum((n.get(c) or 0) for n in numbers.values()) for c in columns],
        "advice": findings.of_plan(governed.departments, numbers, columns),
    }
    return page(request, "duties/plans/plan.html", context, form=form)


@needs(Right.POINTS_READ_ALL, Right.ITEM_FILE)
@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Every unit with a small picture; a department sees itself."""
    look, governed = governed_with_plan(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else look.today.year
    table = table_of(look, governed, year)
    if request.GET.get("export") == "xlsx":
        name = f"{year}年报送任务进度"
        return download(workbook([(name, progress_table(table))]), name, "xlsx")
    years = range(governed.started.year, look.today.year + 1)
    context = {"installation": governed.installation, "table": table, "years": reversed(years)}
    return page(request, "duties/plans/progress.html", context)
