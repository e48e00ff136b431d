"""The checklists: which lines of the text a court, the high court, a department has, and what was done about each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hengjian.apps.inspections import words
from hengjian.apps.inspections.models import DutyRecord
from hengjian.apps.org.models import Unit, UnitClass
from hengjian.apps.org.queries import house_of, in_force
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import QuotaDuty

TRAINING = "registers/training"
REVIEW = "registers/access-review"
DEPARTMENT, COURT, HIGH = "department", "court", "high"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the text asks for; ``evidence`` is what proves it."""

    key: str
    title: str
    article: str
    evidence: str
    done: tuple[DutyRecord, ...] = ()


def level_of(unit: Unit, pack: Pack, day: date) -> str:
    """Which of the lists is a unit's: a department's, the high court's, another court's."""
    if unit.kind != Unit.Kind.COURT:
        return DEPARTMENT
    rows = UnitClass.objects.filter(in_force(day), unit=unit, pack=pack.id)
    keys = set(rows.values_list("key", flat=True))
    return HIGH if HIGH in keys else COURT


def lines_for(unit: Unit, pack: Pack, day: date) -> list[Line]:
    """The list of the unit's level; a court has its trainings too."""
    level = level_of(unit, pack, day)
    found = [
        Line(term.key, term.label, term.article or "", str(term.attrs.get("evidence") or ""))
        for term in words.terms(pack, "duty_item")
        if term.attrs.get("level") == level
    ]
    if level != DEPARTMENT:
        duty = quota(pack, TRAINING)
        found.append(Line(duty.id, duty.title, duty.articles[0], "培训签到"))
    return found


def quota(pack: Pack, clause: str) -> QuotaDuty:
    found = pack.clause(clause)
    if not isinstance(found, QuotaDuty):
        raise HengjianError(f"制度包“{pack.id}”没有按期登记的“{clause}”。")
    return found


def with_records(unit: Unit, found: Iterable[Line], first: date, end: date) -> list[Line]:
    rows = DutyRecord.objects.filter(
        unit=unit, happened_on__gte=first, happened_on__lt=end, withdrawn_at=None
    ).select_related("recorded_by")
    done: dict[str, list[DutyRecord]] = {}
    for row in rows.prefetch_related("attendees"):
        done.setdefault(row.line, []).append(row)
    return [
        Line(one.key, one.title, one.article, one.evidence, tuple(done.get(one.key, ()))) for one in found
    ]


def year_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year + 1, 1, 1)


def period_of(pack: Pack, day: date) -> Period:
    """The period an access review is for, as the pack says how often."""
    return Period.of(day, quota(pack, REVIEW).per)


def departments(house: Unit, day: date) -> list[Unit]:
    """Departments and tribunals of the very court, not of courts below it."""
    found = Unit.objects.filter(parent=house).standing(day)
    kinds = (Unit.Kind.DEPARTMENT, Unit.Kind.TRIBUNAL)
    return list(found.filter(kind__in=kinds).order_by("position", "pk"))


def courts_directly_below(house: Unit, day: date) -> list[Unit]:
    courts = house.descendants().filter(kind=Unit.Kind.COURT)
    standing = {unit.pk for unit in Unit.objects.standing(day).filter(pk__in=courts)}
    below = [court for court in courts.order_by("position", "pk") if court.pk in standing]
    return [court for court in below if court.parent_id and house_of(court.parent).pk == house.pk]
