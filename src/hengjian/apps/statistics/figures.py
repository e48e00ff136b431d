"""One function computes one figure. Who hands figures on keeps what comes out of here and asks what has changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengjian.apps.statistics.place import Place, cards_of, place_of_court, places_of
from hengjian.apps.statistics.tables import broken
from hengjian.base.errors import HengjianError
from hengjian.statistics.balance import Breach
from hengjian.statistics.changed import changed_cells
from hengjian.statistics.model import Cell
from hengjian.statistics.spans import Span
from hengjian.statistics.table import cases_of as cases_of_cell
from hengjian.statistics.table import held, values

Pairs = tuple[tuple[str, str], ...]
Dims = Mapping[str, str] | Iterable[Sequence[str]] | None


@dataclass(frozen=True, slots=True)
class Figure:
    """``court_code``: a court's code, with ``+`` the court and those below it. ``value`` None: divided by nothing."""

    value: Decimal | None
    unit: str
    card_key: str
    card_version: int
    data_version: int
    court_code: str
    period: str
    dims: Pairs = ()

    @property
    def cell(self) -> Cell:
        return Cell(self.card_key, self.court_code, self.period, self.dims)


def figure(
    card_key: str,
    court_code: str,
    period: str,
    dims: Dims = None,
    version: int | None = None,
    *,
    card_version: int | None = None,
) -> Figure:
    """At a version of the data (the latest), under the card in force on the last day of the period or the one named."""
    named = {} if card_version is None else {card_key: card_version}
    return _computed(place_of_court(court_code), [(card_key, court_code, period, dims)], version, named)[0]


def figures(wanted: Iterable[tuple[str, str, str, Dims]], version: int | None = None) -> list[Figure]:
    """Many at once (card, court, period, dims), in the order given; all of courts under one regulation."""
    listed = list(wanted)
    return _computed(place_of_court(listed[0][1]), listed, version, {}) if listed else []


def _computed(
    place: Place, wanted: Sequence[tuple[str, str, str, Dims]], version: int | None, named: Mapping[str, int]
) -> list[Figure]:
    data, cards = place.data(version), cards_of(place.installation)
    cells = []
    for key, court, period, dims in wanted:
        if court not in place.groups:
            raise HengjianError(f"没有“{court}”这个法院的案件数据，请核对法院代字。")
        cells.append(Cell(key, court, Span.parse(period).text, pairs(dims)))
    found = values(data, cards, cells, place.groups, named)
    made = []
    for cell in cells:
        card = held(cards, Span.parse(cell.span), named).card(cell.card)
        made.append(
            Figure(
                found[cell].value, card.unit, card.key, card.version, data.version, cell.court, cell.span,
                cell.dims,
            )
        )  # fmt: skip
    return made


def pairs(dims: Dims) -> Pairs:
    """However they were kept: a mapping, or pairs as JSON gives them back."""
    listed = dims.items() if isinstance(dims, Mapping) else (dims or ())
    return tuple(sorted((str(one[0]), str(one[1])) for one in listed))


def cases_of(one: Figure) -> tuple[str, ...]:
    """Keys of the cases a figure counts, above or below the line, once each."""
    place = place_of_court(one.court_code)
    named = {one.card_key: one.card_version}
    return cases_of_cell(
        place.data(one.data_version), cards_of(place.installation), one.cell, place.groups, named
    ).all


def changed(
    figures: Iterable[Figure], to_version: int | None = None
) -> list[tuple[Figure, Decimal | None, Decimal | None]]:
    """Figures that come out otherwise at ``to_version`` (the latest), each with the old and the new value."""
    lots: dict[tuple[str, int, tuple[str, int]], list[Figure]] = defaultdict(list)
    listed = list(figures)
    places = places_of(one.court_code for one in listed)
    for one in listed:
        place = places[one.court_code]
        lots[place.dataset.name, one.data_version, (one.card_key, one.card_version)].append(one)
    found = []
    for (_, version, named), lot in lots.items():
        place = places[lot[0].court_code]
        to = place.dataset.version if to_version is None else to_version
        by_cell: dict[Cell, list[Figure]] = defaultdict(list)
        for one in lot:
            by_cell[one.cell].append(one)
        data, cards = place.data(version), cards_of(place.installation)
        for change in changed_cells(data, to, cards, by_cell, place.groups, dict([named])):
            found += [(one, one.value, change.new.value) for one in by_cell[change.cell]]
    return found


def faults(figures: Iterable[Figure]) -> list[Breach]:
    """Breaches of the identities of the table in the spans and courts of these figures: none may be handed on."""
    spans: dict[tuple[str, int], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    listed = list(figures)
    places = places_of(one.court_code for one in listed)
    named = {place.dataset.name: place for place in places.values()}
    for one in listed:
        place = places[one.court_code]
        spans[place.dataset.name, one.data_version][one.period] |= set(place.groups[one.court_code])
    found = []
    for (name, version), wanted in spans.items():
        place = named[name]
        data, cards = place.data(version), cards_of(place.installation)
        told = [breach for text in wanted for breach in broken(data, cards, Span.parse(text))]
        found += [breach for breach in told if breach.court in wanted[breach.span]]
    return found
