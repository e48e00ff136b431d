"""A month of limits: what I owe, what comes out regularly, what has been held."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from hengjian.apps.bulletins.models import Edition
from hengjian.apps.duties.inbox import address, rows_for
from hengjian.apps.duties.look import REGISTER_READERS, Governed, Look
from hengjian.apps.duties.models import Fulfilment
from hengjian.apps.org.roles import Right
from hengjian.apps.points.models import Notice
from hengjian.apps.ui.nav import entries_for
from hengjian.base.periods import Period
from hengjian.clocks import standard_calendar
from hengjian.clocks.series import slots
from hengjian.policy.clauses.duty import IssueDuty

# what a duty brings out → the pages where that is done, by the names of their entries in the menu
PLACES = {
    "edition": ("bulletins:desk",),
    "column": ("bulletins:column",),
    "notice": ("points:notices", "indicators:notices", "cases:reports"),
    "minutes": ("desk:meetings",),
    "bundle": ("cases:bundles",),
    "assessment": ("points:assessment",),
    "plan": ("duties:plans",),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a day; ``css`` is overdue, soon, open, done or plan. Without ``url`` there is no page to open."""

    title: str
    url: str
    css: str


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    here: bool
    today: bool
    rest: bool
    marks: tuple[Mark, ...]


def month_of(look: Look, first: date) -> dict[str, object]:
    """The weeks of the month that begins on ``first``, Monday first."""
    weeks = Weeks(0).monthdatescalendar(first.year, first.month)
    begin, end = weeks[0][0], weeks[-1][-1] + timedelta(days=1)
    marks = _marks(look, begin, end)
    worked = standard_calendar()
    rows = [
        [
            Day(
                day,
                day.month == first.month,
                day == look.today,
                not worked.is_workday(day),
                tuple(marks[day]),
            )
            for day in week
        ]
        for week in weeks
    ]
    return {
        "weeks": rows,
        "any_marks": any(day.marks for week in rows for day in week if day.here),
        "first": first,
        "previous": f"{first - timedelta(days=1):%Y-%m}",
        "next": f"{first + timedelta(days=31):%Y-%m}",
        "calendar_note": worked.note_for({first.year}),
    }


def _marks(look: Look, begin: date, end: date) -> dict[date, list[Mark]]:
    found: dict[date, list[Mark]] = defaultdict(list)
    owed = set()
    for row in rows_for(look.actor, look=look):
        if row.due_day is not None and begin <= row.due_day.date() < end:
            found[row.due_day.date()].append(Mark(row.title, row.url, row.state.value))
            owed.add((row.clause, row.due_day.date()))
    for governed in look.governed:
        if look.actor.has(Right.EDITION_MANAGE, governed.installation.unit_id):
            _plan(look, governed, begin, end, owed, found)
        _held(look, governed, begin, end, found)
    return found


def _plan(
    look: Look,
    governed: Governed,
    begin: date,
    end: date,
    owed: set[tuple[str, date]],
    found: dict[date, list[Mark]],
) -> None:
    """Issues that will be due or are out already; those owed stand there as duties."""
    out = _out(governed)
    menu = {entry.url_name for entry in entries_for(look.actor)}
    for duty in governed.duties(IssueDuty):
        clause = governed.pack.full_id(duty)
        for slot in slots(duty, begin - timedelta(days=366), end, value_of=governed.value_of()):
            day = (slot.due_at if slot.inclusive else slot.due_at - timedelta(minutes=1)).date()
            if begin <= day < end and day >= look.today and (clause, day) not in owed:
                done = out.get((duty.series or duty.produces, str(Period.of(slot.first, duty.per))), "")
                url = done or _place(duty, menu)
                found[day].append(Mark(f"{duty.title}（{slot.label}）", url, "done" if done else "plan"))


def _place(duty: IssueDuty, menu: set[str]) -> str:
    """Where the issue is made, among the pages of the actor's own menu."""
    names = PLACES.get("edition" if duty.series else duty.produces, ())
    return next((address(name) for name in names if name in menu), "")


def _out(governed: Governed) -> dict[tuple[str, str], str]:
    """Series (or ``notice``) and period of what has come out or was left out with a reason → its page."""
    editions = Edition.objects.filter(
        installation=governed.installation, state__in=(Edition.State.ISSUED, Edition.State.SKIPPED)
    )
    notices = Notice.objects.filter(period__installation=governed.installation, state=Notice.State.PUBLISHED)
    found = {
        (series, period): address("bulletins:read_edition", pk)
        for series, period, pk in editions.values_list("series", "period", "pk")
    }
    for period, pk in notices.values_list("period__key", "pk"):
        found["notice", period] = address("points:notice", pk)
    return found


def _held(look: Look, governed: Governed, begin: date, end: date, found: dict[date, list[Mark]]) -> None:
    records = Fulfilment.objects.filter(
        installation=governed.installation, withdrawn_at=None, happened_on__gte=begin, happened_on__lt=end
    )
    readable = look.actor.has_any(REGISTER_READERS, governed.installation.unit)
    for record in records:
        url = address("duties:entry", record.pk) if readable else ""
        found[record.happened_on].append(Mark(record.title, url, "done"))
