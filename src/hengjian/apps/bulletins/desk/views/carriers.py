"""载体去向: what went where in a month, a quarter or a year, with the calendar of issues; as a page and as a workbook."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from hengjian.apps.bulletins.desk import queries
from hengjian.apps.bulletins.desk.carriers import Carriers, calendar_table, went_table
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import page
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_local
from hengjian.documents.sheets import worksheet_of, write_xlsx

READERS = (Right.EDITION_MANAGE, Right.POINTS_READ_ALL, Right.FACT_RECORD)
KINDS = (PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(*READERS)
@require_GET
def carriers(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    installation = installation_of(actor)
    today = to_local(actor.at).date()
    period = period_of(request.GET.get("period", ""), today)
    found = Carriers(actor, installation, pack_for(installation, actor.at), period)
    every, wanted = found.went(), request.GET.get("carrier", "")
    rows = [one for one in every if not wanted or one.carrier == wanted]
    if request.GET.get("export") == "xlsx":
        tables = (("去向", went_table(rows)), ("刊期", calendar_table(found.calendar())))
        data = write_xlsx(worksheet_of(name, table) for name, table in tables)
        response = HttpResponse(data, content_type=XLSX)
        name = f"{period.label}载体去向.xlsx"
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response
    context = {
        "installation": installation,
        "period": period,
        "choices": choices_of(today),
        "carrier": wanted,
        "counts": sorted(Counter(one.carrier for one in every).items(), key=lambda pair: -pair[1]),
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "calendar": found.calendar(),
    }
    return page(request, "bulletins/desk/carriers.html", context)


def installation_of(actor: Actor) -> Installation:
    """The regulation of the actor's own office; 404 where there is none."""
    found = queries.installations_of(actor, *READERS).first()
    if found is None:
        raise Missing("您所在的单位还没有启用制度包。")
    return found


def period_of(asked: str, today: date) -> Period:
    """A month, a quarter or a year; the running quarter where nothing sensible is asked."""
    try:
        found = Period.parse(asked)
    except HengjianError:
        return Period.of(today, PeriodKind.QUARTER)
    return found if found.kind in KINDS else Period.of(today, PeriodKind.QUARTER)


def choices_of(today: date) -> list[Period]:
    """This year and the last, their quarters and this year's months, as far as they have begun."""
    this = Period.of(today, PeriodKind.YEAR)
    parts = [this, *this.parts(PeriodKind.QUARTER), *this.parts(PeriodKind.MONTH)]
    last = this.previous()
    return [p for p in (*parts, last, *last.parts(PeriodKind.QUARTER)) if p.first <= today]
