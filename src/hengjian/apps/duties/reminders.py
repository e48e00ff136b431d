"""Which letters the present state calls for. Run twice, it calls for the same ones: their keys are the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import SOON, DutyRow, Urgency
from hengjian.apps.duties.sources import Source, all_sources, is_personal
from hengjian.apps.mailroom.letters import Letter, link
from hengjian.apps.mailroom.quiet import quiet_hours
from hengjian.apps.org.access import Actor, actor_for
from hengjian.apps.org.models import Person
from hengjian.base.articles import ArticleRef
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.clocks import ClockResult, State, standard_calendar
from hengjian.clocks.reminders import Quiet, Reminder, due_reminders, reminder_moments
from hengjian.policy.clauses.duty import Length, LengthUnit, Remind

BACK = timedelta(days=1)
"""A reminder missed while the machine stood still is sent if it is not older than this."""
MORNING = timedelta(hours=4)
"""The daily letter goes out within so many hours of its time, or not at all that day."""
FRESH = timedelta(days=7)
_DAYS = {
    LengthUnit.MONTH: 30,
    LengthUnit.QUARTER: 91,
    LengthUnit.HALF: 182,
    LengthUnit.YEAR: 365,
    LengthUnit.WORKDAY: 1,
}

Seats = frozenset[tuple[str, int, bool]]


def letters_for_all(
    now: datetime, *, emergencies_only: bool = False, sources: list[Source] | None = None
) -> Iterator[Letter]:
    """The letters due at ``now`` (aware) to everybody with a login.

    People in the same seats owe the same; only personal sources are asked again for each.
    """
    asked = all_sources() if sources is None else sources
    quiet = quiet_hours()
    shared: dict[Seats, list[DutyRow]] = {}
    people = Person.objects.filter(active=True, user__is_active=True).select_related("user", "unit")
    for person in people.order_by("pk"):
        actor = actor_for(person.user, now) if person.user else None
        if actor is None or not actor.grants:
            continue
        look = Look(actor, now)
        seats = frozenset((g.role, g.post_id, g.substitute) for g in actor.grants)
        if seats not in shared:
            shared[seats] = _rows(look, asked, personal=False)
        rows = [*shared[seats], *_rows(look, asked, personal=True)]
        yield from letters_for(person, rows, now, quiet, emergencies_only=emergencies_only)


def _rows(look: Look, sources: list[Source], *, personal: bool) -> list[DutyRow]:
    found: dict[str, DutyRow] = {}
    for source in sources:
        if is_personal(source) == personal:
            for row in source(look):
                found.setdefault(row.key, row)
    return list(found.values())


def letters_for(
    person: Person, rows: list[DutyRow], now: datetime, quiet: Quiet, *, emergencies_only: bool = False
) -> Iterator[Letter]:
    """Single letters for what cannot wait, and on a working morning one letter for the rest."""
    local = to_local(now)
    for row in rows:
        if emergencies_only and not row.emergency:
            continue
        reminder = latest_single(row, local, quiet)
        if reminder is not None:
            yield _single(person, row, reminder)
    digest_due = datetime.combine(local.date(), quiet.digest_at)
    if emergencies_only or not digest_due <= local < digest_due + MORNING:
        return
    if quiet.workdays_only and not standard_calendar().is_workday(local.date()):
        return
    pressing = [row for row in rows if worth_telling(row, local, quiet)]
    if pressing:
        yield _digest(person, pressing, len(rows) - len(pressing), local)


def worth_telling(row: DutyRow, local: datetime, quiet: Quiet) -> bool:
    """Whether the daily letter names the row: near its end, just missed, or on a day the rule reminds of it.

    What has no end in sight (a vacancy, something long overdue) is named once a week: a letter that says the same
    every day is not read.
    """
    if row.state is Urgency.OPEN:
        return False
    if row.due_at is None:
        return row.emergency or _first_workday(local.date())
    if row.state is Urgency.OVERDUE:
        return local - row.due_at <= FRESH or _first_workday(local.date())
    if row.emergency or row.due_at - local <= SOON:
        return True
    planned = reminder_moments(_as_clock(row), in_days(row.remind), quiet=quiet)
    return bool(due_reminders(planned, _last_letter(local, quiet), local, quiet=quiet))


def _last_letter(local: datetime, quiet: Quiet) -> datetime:
    """When the letter before today's went out: what fell due over a holiday is told after it."""
    calendar = standard_calendar()
    day = local.date() - timedelta(days=1)
    while quiet.workdays_only and not calendar.is_workday(day):
        day -= timedelta(days=1)
    return datetime.combine(day, quiet.digest_at)


def _first_workday(day: date) -> bool:
    """The first day of its week that is worked."""
    calendar = standard_calendar()
    return calendar.is_workday(day) and not any(
        calendar.is_workday(day - timedelta(days=n)) for n in range(1, day.weekday() + 1)
    )


def latest_single(row: DutyRow, local: datetime, quiet: Quiet) -> Reminder | None:
    """The newest reminder of a row that must go out by itself: at the limit, or before it if the digest is too late."""
    if row.due_at is None:
        return None
    planned = reminder_moments(_as_clock(row), in_days(row.remind), quiet=quiet)
    due = due_reminders(planned, local - BACK, local, quiet=quiet)
    alone = [reminder for reminder in due if not _waits(reminder, quiet)]
    return alone[-1] if alone else None


def _waits(reminder: Reminder, quiet: Quiet) -> bool:
    """Whether the daily letter carries it."""
    return reminder.digest and not due_reminders(
        [reminder], reminder.at - timedelta(seconds=1), reminder.at, quiet=quiet
    )


def in_days(remind: Remind) -> Remind:
    """Months and longer as days: what a reminder needs is about then.

    >>> in_days(Remind(before=(Length(unit="month", value=3),))).before[0].value
    90
    """

    def days(length: Length) -> Length:
        factor = _DAYS.get(length.unit)
        if factor is None or not isinstance(length.value, int):
            return length
        return Length(unit=LengthUnit.DAY, value=length.value * factor)

    return Remind(
        before=tuple(days(length) for length in remind.before),
        after=tuple(days(length) for length in remind.after),
        emergency=remind.emergency,
    )


def _as_clock(row: DutyRow) -> ClockResult:
    overdue = row.state is Urgency.OVERDUE
    return ClockResult(
        clause=row.clause,
        stage="",
        title=row.title,
        article=row.article,
        start=row.start_at,
        due_at=row.due_at,
        inclusive=row.inclusive,
        happened_at=None,
        late_by=None,
        violated=overdue,
        chargeable=False,
        state=State.MISSED if overdue else State.PENDING,
        emergency=row.emergency,
    )


def _single(person: Person, row: DutyRow, reminder: Reminder) -> Letter:
    return Letter(
        person,
        f"remind:{row.key}:{reminder.at:%Y%m%d%H%M}",
        f"{row.state.label}：{row.mail_title or row.title}",
        f"{_line(row)}\n\n办理：{link(row.url)}",
        urgent=row.remind.emergency or row.emergency,
    )


def _digest(person: Person, rows: list[DutyRow], others: int, local: datetime) -> Letter:
    parts = []
    counts = []
    for urgency in (Urgency.OVERDUE, Urgency.SOON):
        found = [row for row in rows if row.state is urgency]
        if found:
            counts.append(f"{urgency.label}{len(found)}件")
            parts.append(f"【{urgency.label}】")
            parts += [f"{n}. {_line(row)}" for n, row in enumerate(found, start=1)]
    if others:
        parts.append(f"另有{others}件待办。")
    parts.append(f"全部待办：{link(reverse('duties:inbox'))}")
    return Letter(person, f"digest:{local:%Y%m%d}", f"今日应办：{'，'.join(counts)}", "\n".join(parts))


def _line(row: DutyRow) -> str:
    basis = f"（依据{_label(row.article)}）" if row.article else ""
    left = f"{row.remaining}。" if row.remaining else ""
    return f"{row.mail_title or row.title}{basis}。{left}下一步：{row.next_step}。"


def _label(article: str) -> str:
    try:
        return ArticleRef.parse(article).label
    except HengjianError:
        return article


def letters_of(actor: Actor, now: datetime) -> list[Letter]:
    """Those to one actor; for tests and for looking."""
    if actor.person is None:
        return []
    look = Look(actor, now)
    rows = [*_rows(look, all_sources(), personal=False), *_rows(look, all_sources(), personal=True)]
    return list(letters_for(actor.person, rows, now, quiet_hours()))
