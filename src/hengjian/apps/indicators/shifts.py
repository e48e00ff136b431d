"""Figures that later case records count otherwise: found from the changed cases alone, told, never taken over by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from hengjian.apps.indicators.counting import cell_of, groups
from hengjian.apps.indicators.formula import BOTTOM, TOP, Formula
from hengjian.apps.indicators.models import Card, CaseLoad, Figure, KpiNotice, Shift
from hengjian.apps.indicators.queries import standing
from hengjian.apps.indicators.records import data_at
from hengjian.apps.indicators.who import Scene
from hengjian.base.periods import Period
from hengjian.statistics.changed import changed_cells
from hengjian.statistics.model import Cell

Numbers = tuple[Decimal, Decimal]


def write_down(scene: Scene, load: CaseLoad) -> int:
    """Every standing figure counted at an earlier version that comes out otherwise at that of ``load``."""
    if load.version is None:
        return 0
    rows = [
        Shift(load=load, figure=figure, numerator=top, denominator=bottom)
        for figure, (top, bottom) in _moved(scene, load.version).items()
    ]
    return len(Shift.objects.bulk_create(rows))


def _moved(scene: Scene, version: int) -> dict[Figure, Numbers]:
    lots: dict[tuple[Card, int], list[Figure]] = defaultdict(list)
    counted = standing(scene).filter(origin=Figure.Origin.CASES, data_version__lt=version)
    for figure in counted.select_related("card", "unit").order_by("pk"):
        if figure.card is not None and figure.card.formula and figure.data_version is not None:
            lots[figure.card, figure.data_version].append(figure)
    found: dict[Figure, Numbers] = {}
    for (card, before), figures in lots.items():
        found |= _of_card(scene, card, before, version, figures)
    return found


def _of_card(
    scene: Scene, card: Card, before: int, version: int, figures: Iterable[Figure]
) -> dict[Figure, Numbers]:
    formula = Formula(**card.formula)
    cells = {
        (figure, key): cell_of(scene, formula, key, figure.unit, Period.parse(figure.period))
        for figure in figures
        for key in (TOP, BOTTOM)
    }
    data = data_at(scene, before)
    changed = changed_cells(data, version, formula.cards(), cells.values(), groups(scene))
    now = {one.cell: one.new.top for one in changed}
    return {
        figure: (
            _now(now, cells[figure, TOP], figure.numerator),
            _now(now, cells[figure, BOTTOM], figure.denominator),
        )
        for figure in dict.fromkeys(figure for (figure, _), cell in cells.items() if cell in now)
    }


def _now(now: Mapping[Cell, Decimal], cell: Cell, kept: Decimal | None) -> Decimal:
    return now.get(cell, kept or Decimal(0))


def outstanding(scene: Scene) -> QuerySet[Shift]:
    """What the latest version says otherwise of figures that still stand."""
    loads = CaseLoad.objects.filter(installation=scene.installation, version__isnull=False)
    last = loads.order_by("-version", "-pk").values("pk")[:1]
    found = Shift.objects.filter(load__in=last, figure__superseded_at=None)
    return found.select_related("figure__unit", "load")


@dataclass(frozen=True, slots=True)
class Told:
    """A shift with the published notices that print the figure, of its month and of the half-year and year around it."""

    shift: Shift
    title: str
    period: Period
    notices: tuple[KpiNotice, ...]


def told(scene: Scene) -> list[Told]:
    printed = [
        (notice, Period.parse(notice.period))
        for notice in KpiNotice.objects.filter(
            installation=scene.installation, state=KpiNotice.State.PUBLISHED
        ).order_by("period", "pk")
    ]
    return [_told(scene, shift, printed) for shift in outstanding(scene)]


def _told(scene: Scene, shift: Shift, printed: list[tuple[KpiNotice, Period]]) -> Told:
    period = Period.parse(shift.figure.period)
    measure = scene.by_key.get(shift.figure.indicator)
    where = tuple(n for n, around in printed if around.first <= period.first and period.end <= around.end)
    return Told(shift, measure.title if measure else shift.figure.indicator, period, where)
