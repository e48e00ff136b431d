"""Is a figure believable beside those before it? Doubts are asked, never refused; the limits are our own, not a rule's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengjian.base.points import plain
from hengjian.kpi.figures import Figure

JUMP = Decimal(20)
"""Percentage points between one period and the next that are worth a question."""
TIMES = 3
"""So many times more or fewer cases than usual are worth a question."""


def doubts(figure: Figure, before: Sequence[Figure], *, percent: bool) -> Iterator[str]:
    """Questions about ``figure`` beside the unit's figures of the periods before, oldest first.

    >>> from hengjian.base.periods import Period
    >>> month = Period.parse("2022-08")
    >>> old = Figure("x", "甲", month.previous(), Decimal(90), Decimal(100))
    >>> list(doubts(Figure("x", "甲", month, Decimal(9), Decimal(100)), [old], percent=True))
    ['比上一期（90%）变动 81 个百分点，请核对。']
    """
    last = before[-1] if before else None
    if last is None:
        return
    now, then = _rate(figure, percent), _rate(last, percent)
    if percent and now is not None and then is not None and abs(now - then) > JUMP:
        gap, old = _short(abs(now - then)), _short(then)
        yield f"比上一期（{old}%）变动 {gap} 个百分点，请核对。"
    counts = [f.denominator for f in before if f.denominator]
    if figure.denominator is not None and counts:
        usual = sorted(counts)[len(counts) // 2]
        if usual >= 10 and not usual / TIMES <= figure.denominator <= usual * TIMES:
            yield f"分母 {plain(figure.denominator)} 与往期（通常 {plain(usual)}）相差三倍以上，请核对。"
    same = (figure.numerator, figure.denominator) == (last.numerator, last.denominator)
    if same and figure.denominator is not None and figure.denominator >= 10:
        yield "分子、分母与上一期完全相同，请核对是不是填成了上一期的数。"


def _rate(figure: Figure, percent: bool) -> Decimal | None:
    if figure.numerator is not None and figure.denominator:
        return figure.numerator * (100 if percent else 1) / figure.denominator
    return figure.value


def _short(value: Decimal) -> str:
    return plain(value.quantize(Decimal("0.01")))
