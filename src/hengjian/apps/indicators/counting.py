"""Figures out of case records: counted under a definition card at a version of the store, and the cases behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hengjian.apps.cases.dictionary import KEY
from hengjian.apps.indicators.formula import BOTTOM, TOP, Formula
from hengjian.apps.indicators.models import Card, Figure
from hengjian.apps.indicators.queries import cards_in_force, standing
from hengjian.apps.indicators.records import data_at, items, version_of
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind
from hengjian.statistics.model import Cell
from hengjian.statistics.table import cases_of, values
from hengjian.statistics.tally import Data, rows_of

PARTS = {"missing": "分母里还没有做到的", TOP: "计入分子的", BOTTOM: "计入分母的"}


@dataclass(frozen=True, slots=True)
class Counted:
    """What the records say of one unit, beside what stands."""

    card: Card
    unit: Unit
    top: Decimal
    bottom: Decimal
    standing: Figure | None = None

    @property
    def differs(self) -> bool:
        """Whether something else stands already."""
        old = self.standing
        return old is not None and (old.numerator, old.denominator) != (self.top, self.bottom)

    @property
    def new(self) -> bool:
        return self.standing is None


def formula_of(card: Card) -> Formula | None:
    return Formula(**card.formula) if card.formula else None


def counted(scene: Scene, period: Period, indicators: Iterable[str] = ()) -> list[Counted]:
    """Every unit of every indicator (or of those named) whose decided card says how to count, at the latest version."""
    version = _version(scene, period)
    wanted = set(indicators)
    cards = {
        key: card
        for key, card in cards_in_force(scene, period.last).items()
        if card.formula and key in scene.by_key and (not wanted or key in wanted)
    }
    stand = {
        (f.indicator, f.unit_id): f
        for f in standing(scene)
        .filter(period=str(period), indicator__in=cards)
        .select_related("card", "unit")
    }
    base = data_at(scene, version)
    found: list[Counted] = []
    with base.store.connection() as con:
        data = Data(base.store, base.table, version, base.key, base.court, con=con)
        for key, card in cards.items():
            units = scene.responsible(scene.by_key[key])
            for unit, (top, bottom) in _numbers(scene, data, card, period, units).items():
                found.append(Counted(card, unit, top, bottom, stand.get((key, unit.pk))))
    return found


def _version(scene: Scene, period: Period) -> int:
    if period.kind is not PeriodKind.MONTH:
        raise HengjianError("案件数据按月计算；半年、全年的由各月合计。")
    version = version_of(scene)
    if version is None:
        raise HengjianError("还没有案件数据，请先上传案件记录。")
    return version


def _numbers(
    scene: Scene, data: Data, card: Card, period: Period, units: Sequence[Unit]
) -> dict[Unit, tuple[Decimal, Decimal]]:
    formula = Formula(**card.formula)
    cells = {
        (unit, key): cell_of(scene, formula, key, unit, period) for unit in units for key in (TOP, BOTTOM)
    }
    found = values(data, formula.cards(), cells.values(), groups(scene))
    return {unit: (found[cells[unit, TOP]].top, found[cells[unit, BOTTOM]].top) for unit in units}


def cell_of(scene: Scene, formula: Formula, key: str, unit: Unit, period: Period) -> Cell:
    """The place of a unit's numerator or denominator in the tables of the statistics engine."""
    if unit.kind == Unit.Kind.COURT:
        return Cell(key, unit.name, str(period))
    own = ((formula.department, scene.name_of[unit.pk]),) if formula.department else ()
    return Cell(key, scene.installation.unit.name, str(period), own)


def groups(scene: Scene) -> Mapping[str, tuple[str, ...]]:
    courts = [scene.installation.unit, *(u for u in scene.units if u.kind == Unit.Kind.COURT)]
    return {court.name: (court.name,) for court in courts}


@dataclass(frozen=True, slots=True)
class Behind:
    """The cases behind a figure, at the version it was counted at: keys by part."""

    data: Data
    keys: Mapping[str, tuple[str, ...]]

    def rows(self, keys: Sequence[str], columns: Sequence[str]) -> list[dict[str, Any]]:
        """In the order of ``keys``."""
        found = {row[KEY]: row for row in rows_of(self.data, keys, [KEY, *columns])}
        return [found[key] for key in keys if key in found]


def behind(scene: Scene, figure: Figure) -> Behind:
    """Exactly the cases the figure counted; HengjianError for a figure that does not come from cases."""
    if figure.card is None or figure.data_version is None:
        raise HengjianError("这个数不是由案件数据算出的，没有案件清单；请看它的依据和佐证。")
    formula = Formula(**figure.card.formula)
    data, period = data_at(scene, figure.data_version), Period.parse(figure.period)
    above, below = (
        cases_of(data, formula.cards(), cell_of(scene, formula, key, figure.unit, period), groups(scene)).top
        for key in (TOP, BOTTOM)
    )
    missing = tuple(sorted(set(below) - set(above)))
    return Behind(data, {"missing": missing, TOP: above, BOTTOM: below})


def columns_of(scene: Scene, figure: Figure) -> list[str]:
    """The items worth showing beside a case of this figure: what its formula names, after who and where."""
    assert figure.card is not None
    formula = Formula(**figure.card.formula)
    text = " ".join((formula.date, formula.among, formula.top, formula.top_of, formula.bottom_of))
    first = ["case_no", "court", "department"]
    named = [key for key in items(scene) if key in text.replace("(", " ").split() or key == formula.date]
    return [*first, *(key for key in named if key not in first)]
