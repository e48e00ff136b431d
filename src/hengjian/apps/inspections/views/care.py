"""Registers of responsibility: who is first responsible, who keeps statistics, what was done, who may what, the notice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hengjian.apps.inspections import words
from hengjian.apps.inspections.care import access, lines
from hengjian.apps.inspections.care.exam import exam_document
from hengjian.apps.inspections.care.staffing import staff_of
from hengjian.apps.inspections.doings import offered
from hengjian.apps.inspections.models import AccessReview, ReviewLine
from hengjian.apps.inspections.responsible import DEPARTMENT, heads, heads_of_courts
from hengjian.apps.inspections.views.common import place
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.points.views.common import download
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.files import hand_out as hand_out_file
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.documents import render_docx, render_pdf

MOST = 60


@require_GET
@signed_in
def responsibility(request: HttpRequest) -> HttpResponse:
    """First responsible persons and statistics staff of every court the actor sees."""
    actor, installation = place(request)
    pack, day = pack_for(installation, actor.at), words.today(actor)
    courts = list(access.visible_courts(actor)[:MOST])
    presidents = heads_of_courts(courts, day)
    own = _own_court(actor, courts)
    units = lines.departments(own, day) if own else []
    found = heads(units, DEPARTMENT, day)
    staff = staff_of(courts, pack, actor.at)
    context = {
        "installation": installation,
        "article": pack.clause("registers/first-responsible").articles[0],
        "courts": [(court, presidents[court.pk]) for court in courts],
        "own": own,
        "units": [(unit, found[unit.pk]) for unit in units],
        "staff": staff,
        "alerts": [one for one in staff if one.away],
    }
    return render(request, "inspections/responsibility.html", context)


def _own_court(actor: Actor, courts: list[Unit]) -> Unit | None:
    if actor.person is None:
        return None
    own = house_of(actor.person.unit)
    return own if any(court.pk == own.pk for court in courts) else None


@require_GET
@signed_in
def duties(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The checklist of one unit for a year, and where the others stand."""
    actor, installation = place(request)
    units = access.visible_units(actor)
    unit = fetch(units, pk=pk) if pk is not None else _first_unit(actor, units)
    pack, day = pack_for(installation, actor.at), words.today(actor)
    year = _year(request, day.year)
    found = lines.with_records(unit, lines.lines_for(unit, pack, day), *lines.year_of(year))
    house = house_of(unit)
    siblings = [house, *lines.departments(house, day), *lines.courts_directly_below(house, day)]
    seen = set(units.filter(pk__in=[one.pk for one in siblings]).values_list("pk", flat=True))
    keeper = access.records_for(actor, unit)
    context = {
        "installation": installation,
        "unit": unit,
        "year": year,
        "lines": found,
        "done": sum(bool(line.done) for line in found),
        "others": [one for one in siblings if one.pk in seen],
        "doings": [d for d in offered(actor, "unit", unit) if d.verb == "record"],
        "keeper": keeper,
    }
    return render(request, "inspections/duties.html", context)


def _first_unit(actor: Actor, units: Any) -> Unit:
    """The actor's own: his court for the statistics office, his department for its head."""
    own = {grant.unit_id for grant in actor.grants}
    found: Unit | None = units.filter(pk__in=own).order_by("position", "pk").first() or units.first()
    if found is None:
        raise Missing("您没有要登记或者查看的职责清单。")
    return found


def _year(request: HttpRequest, default: int) -> int:
    asked = request.GET.get("y", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 and asked >= "2000" else default


@signed_in  # type: ignore[arg-type]
@require_GET
def record_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = fetch(access.visible_records(actor_of(request)).exclude(file=""), pk=pk)
    return hand_out_file(found.file, name=found.file_name, lost="佐证的文件已经不在，请与管理员联系。")


@require_GET
@signed_in
def reviews(request: HttpRequest) -> HttpResponse:
    actor, installation = place(request)
    pack = pack_for(installation, actor.at)
    duty = lines.quota(pack, lines.REVIEW)
    period = lines.period_of(pack, words.today(actor))
    courts = [court for court in access.visible_courts(actor)[:MOST] if access.reviews_in(actor, court)]
    held = set(
        AccessReview.objects.filter(period=str(period), house__in=courts).values_list("house_id", flat=True)
    )
    context = {
        "installation": installation,
        "duty": duty,
        "period": period,
        "open": [
            (court, [d for d in offered(actor, "unit", court) if d.verb == "review"])
            for court in courts
            if court.pk not in held
        ],
        "rows": [(row, _label(row)) for row in access.visible_reviews(actor)[:MOST]],
    }
    return render(request, "inspections/reviews.html", context)


def _label(row: AccessReview) -> str:
    try:
        return str(Period.parse(row.period).label)
    except HengjianError:
        return row.period


@require_GET
@signed_in
def review(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(access.visible_reviews(actor), pk=pk)
    rows = found.lines.select_related("appointment", "by", "review__house")
    today = words.today(actor)
    names = {right.value: right.name for right in Right}
    context = {
        "review": found,
        "label": _label(found),
        "installation": found.installation,
        "lines": [
            (
                line,
                len([r for r in line.rights if r in names]),
                _still(line, today),
                offered(actor, "line", line),
            )
            for line in rows
        ],
        "left": sum(line.decision == ReviewLine.Decision.OPEN for line in rows),
        "doings": offered(actor, "review", found),
    }
    return render(request, "inspections/review.html", context)


def _still(line: ReviewLine, today: Any) -> bool:
    """Whether a right that should go is still held."""
    ended = line.appointment.valid_to is not None and line.appointment.valid_to <= today
    return line.decision == ReviewLine.Decision.REVOKE and not ended


@require_GET
@signed_in
def exams(request: HttpRequest) -> HttpResponse:
    actor, installation = place(request)
    own = Unit.objects.filter(pk__in=[grant.unit_id for grant in actor.grants], kind=Unit.Kind.COURT)
    todo = [(court, [d for d in offered(actor, "unit", court) if d.verb == "exam"]) for court in own]
    context = {
        "installation": installation,
        "rows": access.visible_notices(actor)[:MOST],
        "todo": [(court, doings) for court, doings in todo if doings],
    }
    return render(request, "inspections/exams.html", context)


@require_GET
@signed_in
def exam(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(access.visible_notices(actor), pk=pk)
    context = {
        "row": found,
        "installation": found.installation,
        "doings": offered(actor, "exam", found),
        "inside": access.keeps(actor, found.house) or actor.has(Right.INSPECT_READ, found.house),
    }
    return render(request, "inspections/exam.html", context)


@require_GET
@signed_in
def exam_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(access.visible_notices(actor), pk=pk)
    if suffix not in ("pdf", "docx"):
        raise Missing("没有这个文件。")
    document = exam_document(found, pack_for(found.installation, actor.at))
    data = render_docx(document) if suffix == "docx" else render_pdf(document).data
    return download(data, document.title, suffix)
