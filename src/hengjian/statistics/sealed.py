"""What must not be counted for somebody because it would give away a figure that is kept back until its time.

Parts and wholes give a figure away: the kinds of cases add up to it, the months to the half-year, the courts to the
province, and of the four numbers of an identity three give the fourth. So a seal does not cover one cell but the place:
every figure counted from cases of these courts in a span that meets the sealed one. A stock is the number of one moment,
which flows up to it or from it on give away too; so spans that touch that moment are covered as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day

from hengjian.statistics.cards import Cards
from hengjian.statistics.model import At, Shape
from hengjian.statistics.spans import Span
from hengjian.statistics.table import held


@dataclass(frozen=True, slots=True)
class Seal:
    """``courts``: codes whose cases the figure counts; ``moments``: days of the stocks it rests on."""

    courts: frozenset[str]
    first: Day
    end: Day
    moments: tuple[Day, ...] = ()

    def covers(self, courts: Iterable[str], span: Span) -> bool:
        """Whether a figure of these courts and this span would tell of the sealed one.

        >>> seal = Seal(frozenset({"a"}), Day(2026, 1, 1), Day(2026, 2, 1))
        >>> [seal.covers(["a", "b"], Span.parse(text)) for text in ("2025-12", "2026-01", "2026Q1", "2026-02")]
        [False, True, True, False]
        """
        return not self.courts.isdisjoint(courts) and self._meets(span)

    def _meets(self, span: Span) -> bool:
        if span.first < self.end and self.first < span.end:
            return True
        return any(span.first <= moment <= span.end for moment in self.moments)


def seal_of(cards: Cards, key: str, span: Span, courts: Iterable[str]) -> Seal | None:
    """None for a concept that is not counted from cases in this span."""
    hold = held(cards, span)
    if key not in hold.cards:
        return None
    stocks = [card for card in hold.plain([key]) if card.shape is Shape.STOCK]
    moments = {span.first if card.at is At.FIRST else span.end for card in stocks}
    return Seal(frozenset(courts), span.first, span.end, tuple(sorted(moments)))


def telling(seals: Iterable[Seal], courts: Iterable[str]) -> tuple[Seal, ...]:
    """Those that somebody could get round who sees figures of these courts and of no others: a total of many courts
    cannot be added up from a few of them.

    >>> both = Seal(frozenset({"a", "b"}), Day(2026, 1, 1), Day(2026, 2, 1))
    >>> telling([both], ["a"]), telling([both], ["a", "b", "c"]) == (both,)
    ((), True)
    """
    seen = frozenset(courts)
    return tuple(seal for seal in seals if seal.courts <= seen)
