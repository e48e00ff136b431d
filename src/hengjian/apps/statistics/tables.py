"""Tables as pages, exports and the API show them. A version never changes, so what was counted once is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from hengjian.apps.statistics.place import BELOW, KIND
from hengjian.apps.statistics.scope import Scene
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.points import plain
from hengjian.base.times import to_local
from hengjian.statistics import balance
from hengjian.statistics.balance import Breach
from hengjian.statistics.cards import Cards
from hengjian.statistics.model import Card, Cell, Value
from hengjian.statistics.spans import Span
from hengjian.statistics.table import counted, held, table
from hengjian.statistics.tally import Data, Dims

WITHHELD = "未发布"
NOTHING = Value(Decimal(0), None, None)
UNTOLD = "这一期有数还没有发布，发布以前不提供；确有工作需要的，请发布的统计部门列入知悉名单。"


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell: what to print and what it is made of."""

    cell: Cell
    card: Card
    value: Value
    withheld: bool = False
    """Kept back until the figure it would tell of is released."""

    @property
    def text(self) -> str:
        if self.withheld:
            return WITHHELD
        if self.value.value is None:
            return "—"
        return f"{self.value.value:,}"

    @property
    def counts(self) -> str:
        """Counts come before percentages."""
        if self.value.bottom is None or not self.card.divided:
            return ""
        return f"{_thousands(self.value.top)}／{_thousands(self.value.bottom)}"

    @property
    def dims(self) -> str:
        return ",".join(f"{name}:{value}" for name, value in self.cell.dims)


def _thousands(value: Decimal) -> str:
    return f"{Decimal(plain(value)):,f}"


@dataclass(frozen=True, slots=True)
class Line:
    """A court, or one kind of its cases."""

    code: str
    name: str
    kind: str
    total: bool
    cells: tuple[Shown, ...]


def last_span(scene: Scene) -> Span:
    """The last month that is over."""
    return Span.of(Period.of(to_local(scene.actor.at).date(), PeriodKind.MONTH).previous())


def cells_of(
    data: Data,
    cards: Cards,
    keys: Sequence[str],
    spans: Sequence[Span],
    groups: Mapping[str, Sequence[str]],
    by: Dims = (),
) -> Mapping[Cell, Value]:
    courts = tuple((name, tuple(codes)) for name, codes in groups.items())
    return _kept(data, cards, tuple(keys), tuple(spans), courts, by)


@lru_cache(maxsize=64)
def _kept(
    data: Data,
    cards: Cards,
    keys: tuple[str, ...],
    spans: tuple[Span, ...],
    courts: tuple[tuple[str, tuple[str, ...]], ...],
    by: Dims,
) -> Mapping[Cell, Value]:
    return table(data, cards, keys, spans, dict(courts), by)


@lru_cache(maxsize=64)
def broken(data: Data, cards: Cards, span: Span) -> tuple[Breach, ...]:
    return tuple(balance.breaches(data, cards, [span], KIND))


def breaches_seen(scene: Scene, data: Data, span: Span) -> list[Breach]:
    """Breaches of the courts one sees; cases of no court at all only the topmost court sees."""
    own = {court.code for court in scene.courts}
    known = set(scene.place.groups)
    return [
        b
        for b in broken(data, scene.cards, span)
        if (b.court in own or (scene.whole and b.court not in known)) and not scene.hides(b.court, span)
    ]


def cards_in_use(scene: Scene, span: Span) -> list[Card]:
    """In the order of the identities, then as the files list them."""
    found = held(scene.cards, span).cards
    first = [key for b in scene.cards.balances for key in (*b.left, *b.right)]
    order = list(dict.fromkeys([*first, *(card.key for card in scene.cards.cards)]))
    return [found[key] for key in order if key in found]


def counted_in(
    scene: Scene, data: Data, case_id: str, court: str, span: Span
) -> list[tuple[Card, list[Cell]]]:
    """The figures of the span that count the case: of its court and of the courts above with those below them."""
    codes = [c for c in scene.codes if court in scene.groups[c] and not scene.hides(c, span)]
    if not codes:
        return []
    found = counted(data, scene.cards, case_id, span)
    return [
        (card, [Cell(card.key, code, span.text) for code in codes])
        for card in cards_in_use(scene, span)
        if card.key in found
    ]


def lines(scene: Scene, data: Data, span: Span, cards: Sequence[Card], by_kind: bool) -> list[Line]:
    """A row a court and, where asked, a row a kind below it."""
    by: Dims = (KIND,) if by_kind else ()
    found = cells_of(data, scene.cards, [card.key for card in cards], [span], scene.groups, by)
    kinds = sorted({value for cell in found for _, value in cell.dims})
    rows = []
    for code in scene.codes:
        hidden = scene.hides(code, span)
        for kind in [""] if hidden else ["", *kinds]:
            dims = ((KIND, kind),) if kind else ()
            cells = [Cell(card.key, code, span.text, dims) for card in cards]
            shown = tuple(
                Shown(c, card, NOTHING if hidden else found[c], hidden)
                for c, card in zip(cells, cards, strict=True)
            )
            if kind and not any(one.value.top for one in shown):
                continue
            rows.append(Line(code, scene.place.name(code), kind, code.endswith(BELOW), shown))
    return rows


def read_cell(scene: Scene, text: str, court: str, span: str, dims: str) -> Cell:
    """A cell as an address names it; HengjianError for what the actor may not see or what does not exist."""
    if court not in scene.groups:
        raise HengjianError("没有这个法院，或者您无权查看它的统计数据。")
    pairs = tuple(sorted(tuple(part.split(":", 1)) for part in dims.split(",") if ":" in part))
    card = held(scene.cards, Span.parse(span)).card(text)
    if any(name not in card.dims for name, _ in pairs):
        raise HengjianError(f"“{card.title}”不按这个维度统计。")
    if scene.hides(court, Span.parse(span)):
        raise HengjianError(UNTOLD)
    return Cell(card.key, court, Span.parse(span).text, pairs)  # type: ignore[arg-type]
