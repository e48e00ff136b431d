"""What people and departments have to show, counted from facts: for the appraisal of people, for the assessor of departments."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hengjian.apps.org.access import Denied
from hengjian.apps.org.gates import needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.points.assessment import assessment_table, handed_over, rows_for
from hengjian.apps.points.engine import keeps_points
from hengjian.apps.points.recognition import PersonRow, person_rows, recognition
from hengjian.apps.points.views.common import asked_period, download, period_choices, place_of
from hengjian.apps.points.workbook import workbook
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import page
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_local
from hengjian.documents import Column, Format, Table

READ = needs(Right.POINTS_READ_ALL, Right.ITEM_READ_UNIT)


def people_of(request: HttpRequest, period: Period) -> tuple[Installation, list[PersonRow]]:
    """Everybody's for those who read all, else the people of one's own units."""
    actor, installation = place_of(request)
    everywhere = actor.has(Right.POINTS_READ_ALL, installation.unit_id)
    if not everywhere and not actor.has(Right.ITEM_READ_UNIT):
        raise Denied("您的岗位不能查看主笔情况。")
    units = None if everywhere else actor.units(Right.ITEM_READ_UNIT)
    return installation, person_rows(
        recognition(installation, pack_for(installation, actor.at), period), units
    )


@READ
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """主笔: items, adoptions, adoptions that are commended; a department sees its own people."""
    today = to_local(actor_of(request).at).date()
    period = asked_period(request.GET.get("period", ""), today)
    installation, rows = people_of(request, period)
    if request.GET.get("export") == "xlsx":
        columns = (
            Column("部门"), Column("姓名"), Column("报送篇数", Format.INTEGER), Column("采用篇次", Format.INTEGER),
            Column("应表彰采用", Format.INTEGER), Column("采用载体"), Column("题名"),
        )  # fmt: skip
        body = tuple(
            (
                r.unit.name, r.person.name, len(r.work.submitted), r.work.adopted, r.work.commended,
                "；".join(r.work.carriers), "；".join(r.titles),
            )
            for r in rows
        )  # fmt: skip
        name = f"{period.label}主笔报送采用情况"
        return download(workbook([(name, Table(columns, body))]), name, "xlsx")
    context = {"rows": rows, "period": period, "choices": period_choices(today), "installation": installation}
    return page(request, "points/people.html", context)


@needs(Right.POINTS_READ_ALL)
@require_GET
def assessment(request: HttpRequest) -> HttpResponse:
    """What the assessor of departments takes over: tasks, done, adopted, found against."""
    actor, installation = place_of(request)
    today = to_local(actor.at).date()
    period = asked_period(request.GET.get("period", ""), today)
    pack = pack_for(installation, actor.at)
    if "period" not in request.GET and keeps_points(pack):
        period = Period.of(today, PeriodKind.YEAR)  # what such a regulation hands over is the year
    table = rows_for(installation, pack, period, actor.at)
    if request.GET.get("export") == "xlsx":
        name = f"{period.label}信息报送任务完成情况"
        return download(workbook([(name, assessment_table(table))]), name, "xlsx")
    context = {
        "table": table,
        "period": period,
        "choices": period_choices(today),
        "installation": installation,
        "duties": handed_over(pack),
        "plain": not keeps_points(pack),
    }
    return page(request, "points/assessment.html", context)
