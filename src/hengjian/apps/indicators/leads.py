"""The register of the leads: who leads what with whom, who answers exactly as the text lists it, and where the list has gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from hengjian.apps.indicators.acts.leads import leads
from hengjian.apps.indicators.models import Feed, LineReference
from hengjian.apps.indicators.queries import as_target, decided_targets
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_local
from hengjian.kpi import OfficeTarget
from hengjian.kpi.notes import amount
from hengjian.kpi.targets import target_at
from hengjian.policy.clauses.measure import Measure
from hengjian.policy.finding import Finding
from hengjian.policy.lint.row import Row
from hengjian.policy.lint.stated import rows_of
from hengjian.policy.lint.text import responsible, self_assessment

WITHOUT = {"number": "现无标准", "external": "另行确定", "none": "没有标准"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator in the register. ``listed``: the responsible units as the text has them, gaps and all."""

    measure: Measure
    role: str
    scope: str
    listed: tuple[str, ...]
    target: str
    conflict: bool
    lines: tuple[LineReference, ...] = ()


def register(scene: Scene) -> list[tuple[Unit, list[Entry]]]:
    """Every lead with its indicators."""
    references: dict[str, list[LineReference]] = {}
    for row in line_references(scene):
        references.setdefault(row.indicator, []).append(row)
    targets = tuple(as_target(t) for t in decided_targets(scene))
    found = []
    for unit in leads(scene):
        mine = [m for m in scene.measures if unit in scene.leads(m)]
        found.append((unit, [_entry(scene, m, unit, references.get(m.indicator, ()), targets) for m in mine]))
    return found


def _entry(
    scene: Scene,
    measure: Measure,
    unit: Unit,
    lines: Sequence[LineReference],
    targets: tuple[OfficeTarget, ...],
) -> Entry:
    name = scene.name_of[unit.pk]
    today = Period.of(to_local(scene.actor.at).date(), PeriodKind.MONTH)
    held = target_at(scene.pack, measure, today, targets).value
    return Entry(
        measure,
        "牵头" if name in measure.lead else "配合",
        measure.lead_scope.get(name, ""),
        tuple(responsible(scene.pack, measure)),
        WITHOUT[measure.target.kind] if held is None else amount(measure, held),
        scene.conflicted(measure),
        tuple(lines),
    )


def findings(scene: Scene) -> list[Row]:
    """What the text's own lists get wrong about leads and responsible units, for the office that may amend it."""
    pack = scene.pack
    articles = {a for m in scene.measures for a in m.articles}
    about = [f for f in pack.findings if articles & set(f.articles) and _of_units(f)]
    return [*self_assessment(pack), *(row for finding in about for row in rows_of(pack, finding))]


def _of_units(finding: Finding) -> bool:
    check = finding.check
    return check is None or check.uneven is not None or check.unique is not None


def line_references(scene: Scene, indicator: str = "") -> QuerySet[LineReference]:
    """Those that hold."""
    found = LineReference.objects.filter(installation=scene.installation, retired_at=None)
    return found.filter(indicator=indicator) if indicator else found


def visible_feeds(scene: Scene) -> QuerySet[Feed]:
    """The office and the leaders see all, a lead its own."""
    found = Feed.objects.filter(installation=scene.installation).select_related("unit", "sent_by")
    if scene.manages or len(scene.seen) == len(scene.units):
        return found
    return found.filter(unit__in=scene.seated(Right.KPI_REPORT))
