"""Which departments one reports for, whose reports one sees, and what the case data say beside a reported number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

from django.db.models import Q, QuerySet

from hengjian.apps.approvals.models import CourseStep
from hengjian.apps.org.access import Actor, once
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import ROLES, Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import installations_of, loaded, packs_of
from hengjian.apps.statistics.models import DepartmentReport
from hengjian.apps.statistics.scope import Scene, seats
from hengjian.base.errors import HengjianError, ManyErrors, Place
from hengjian.policy import Pack
from hengjian.statistics.model import Cell
from hengjian.statistics.spans import Span
from hengjian.statistics.table import held, values

FLOW = "flows/department-report"
DEPARTMENT = "department"
"""The item of a case that names who handles it."""
_LINE = re.compile(
    r"(?P<name>[^=：:]{1,40})[=：:]\s*(?P<value>-?[\d,]+(?:\.\d{1,4})?)\s*(?P<measure>\D{0,8})"
)
PLACES = (Unit.Kind.DEPARTMENT, Unit.Kind.TRIBUNAL)
S = DepartmentReport.State


@once
def installation_of(actor: Actor) -> Installation | None:
    """The regulation over the actor's court that knows departments' reports."""
    if not any(_knows(pack) for pack in packs_of(actor)):
        return None
    return next((row for row in installations_of(actor) if _knows(loaded(row.pack))), None)


def _knows(pack: Pack) -> bool:
    return any(clause.id == FLOW for clause in pack.clauses)


def own_departments(actor: Actor) -> list[Unit]:
    """Departments of a court the actor has a seat in; a court itself reports by its statistics office."""
    held_in = {grant.unit_id for grant in actor.grants if Right.STATS_SUPPLY in grant.rights}
    units = Unit.objects.filter(pk__in=held_in, kind__in=PLACES).order_by("position", "pk")
    return [unit for unit in units if house_of(unit).kind == Unit.Kind.COURT]


def concerned(actor: Actor) -> bool:
    """For the menu: who reports, who receives, and who was presented one."""
    if actor.person is None or installation_of(actor) is None:
        return False
    rights = {right for grant in actor.grants for right in grant.rights}
    if rights & {Right.STATS_SUPPLY, Right.STATS_MANAGE}:
        return True
    return visible_department_reports(actor).exists()


def may_sign(actor: Actor, report: DepartmentReport, step: CourseStep) -> bool:
    """Only the statistics office of the very court receives, not one above it."""
    if ROLES[step.role].rights.isdisjoint({Right.STATS_MANAGE}):
        return True
    return report.court_id in seats(actor, Right.STATS_MANAGE)


def visible_department_reports(actor: Actor) -> QuerySet[DepartmentReport]:
    """The department's own; the statistics office's of its court once handed over; received ones of those to whom the
    text, as read on that day, presents them."""
    found = DepartmentReport.objects.select_related("unit", "court", "made_by", "installation__unit")
    if actor.system:
        return found
    own = {pk for grant in actor.grants if Right.STATS_SUPPLY in grant.rights for pk in grant.unit_ids}
    wanted = Q(unit__in=own) | (Q(court__in=seats(actor, Right.STATS_MANAGE)) & ~Q(state=S.DRAFT))
    for grant in actor.grants:
        wanted |= Q(state=S.RECEIVED, presented_to__contains=f",{grant.role},", unit__in=grant.unit_ids)
    return found.filter(wanted)


def lines_of(text: str) -> list[dict[str, str]]:
    """One number a line: ``已结=120件``. All faults are told, each with its line.

    >>> lines_of("已结=1,120件\\n结案率：98.5%")
    [{'name': '已结', 'value': '1120', 'measure': '件'}, {'name': '结案率', 'value': '98.5', 'measure': '%'}]
    """
    found, faults = [], []
    for n, line in enumerate(normalize("NFKC", text).splitlines(), 1):
        match = _LINE.fullmatch(line.strip())
        if match:
            value = match["value"].replace(",", "")
            found.append({"name": match["name"].strip(), "value": value, "measure": match["measure"].strip()})
        elif line.strip():
            faults.append(
                HengjianError(
                    f"“{line.strip()[:40]}”请写成 名称=数 单位，如 已结=120件。", where=Place("数据", line=n)
                )
            )
    if faults:
        raise ManyErrors(faults)
    return found


def text_of(lines: Iterable[dict[str, str]]) -> str:
    return "\n".join(f"{one['name']}={one['value']}{one['measure']}" for one in lines)


@dataclass(frozen=True, slots=True)
class Beside:
    """A reported number and what the case data give for the department; None where no card counts it."""

    line: dict[str, str]
    counted: Decimal | None

    @property
    def differs(self) -> bool:
        return self.counted is not None and self.counted != Decimal(self.line["value"])


def beside(scene: Scene, report: DepartmentReport) -> list[Beside]:
    """For the statistics office of the court: each number beside the count of its card for this department."""
    span, lines = Span.parse(report.span), report.lines
    cells: dict[str, Cell] = {}
    if scene.manages(report.court_id) and scene.place.dataset.version:
        cards = held(scene.cards, span).cards.values()
        titles = {card.title: card for card in cards if DEPARTMENT in card.dims}
        dims = ((DEPARTMENT, report.unit.name),)
        cells = {
            one["name"]: Cell(titles[one["name"]].key, report.court.code, span.text, dims)
            for one in lines
            if one["name"] in titles
        }
    found = values(scene.place.data(), scene.cards, cells.values(), scene.place.groups) if cells else {}
    return [Beside(one, found[cells[one["name"]]].value if one["name"] in cells else None) for one in lines]
