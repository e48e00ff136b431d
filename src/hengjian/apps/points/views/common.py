"""What the pages of this app share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Person
from hengjian.apps.points import queries
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_local

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def place_of(request: HttpRequest) -> tuple[Actor, Installation]:
    """The actor and the installation whose points are shown; 404 for those who belong to none."""
    actor = actor_of(request)
    installation = queries.installation_for(actor)
    if installation is None:
        raise Missing("您所在的单位没有启用计分制度。")
    return actor, installation


def year_of(request: HttpRequest, actor: Actor) -> str:
    """The year asked for, else this year."""
    asked = request.GET.get("year", "")
    return asked if asked.isdecimal() and len(asked) == 4 else str(to_local(actor.at).year)


def period_or_404(text: str) -> Period:
    """A period of account or a year; anything else is not there."""
    try:
        period = Period.parse(text)
    except HengjianError:
        raise Missing("没有这个期间。") from None
    if period.kind in (PeriodKind.WEEK, PeriodKind.HALF_MONTH):
        raise Missing("没有这个期间。")
    return period


def asked_period(text: str, today: date) -> Period:
    """A quarter or a year; the running quarter where nothing sensible is asked."""
    now = Period.of(today, PeriodKind.QUARTER)
    try:
        asked = Period.parse(text)
    except HengjianError:
        return now
    return asked if asked.kind in (PeriodKind.QUARTER, PeriodKind.YEAR) else now


def period_choices(today: date) -> list[Period]:
    """The quarters of this year up to now, the last year's, and both years."""
    this = Period.of(today, PeriodKind.YEAR)
    quarters = [q for year in (this, this.previous()) for q in reversed(year.parts(PeriodKind.QUARTER))]
    return [this, this.previous(), *(q for q in quarters if q.first <= today)]


def download(data: bytes, name: str, suffix: str) -> HttpResponse:
    response = HttpResponse(data, content_type=TYPES[suffix])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{suffix}") or "attachment"
    return response


def people_of(installation: Installation, unit_pk: int, key: str) -> list[tuple[Person, Decimal]]:
    points = queries.person_scores(installation, key)
    mine = {person: value for (unit, person), value in points.items() if unit == unit_pk}
    people = Person.objects.in_bulk(mine)
    return sorted(((people[pk], value) for pk, value in mine.items()), key=lambda p: (-p[1], p[0].staff_no))
