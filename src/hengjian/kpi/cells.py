"""Cells people wrote: numbers, counts, and figures that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from hengjian.base.errors import HengjianError, Place
from hengjian.base.points import plain
from hengjian.kpi.figures import Figure
from hengjian.policy import Pack
from hengjian.policy.clauses.measure import Measure

_LOOKS = str.maketrans("０１２３４５６７８９．－％，", "0123456789.-%,")


def number(text: str) -> Decimal | None:
    """A number as people write it; blank is None. HengjianError for anything else, negative or not finite.

    >>> number("９９.２％"), number("1,250"), number(" ")
    (Decimal('99.2'), Decimal('1250'), None)
    """
    plain_text = text.strip().translate(_LOOKS).removesuffix("%").replace(",", "").strip()
    if not plain_text:
        return None
    try:
        value = Decimal(plain_text)
    except InvalidOperation:
        raise HengjianError(f"“{text.strip()}”不是数，请改正，没有的请留空。") from None
    if not value.is_finite():
        raise HengjianError(f"“{text.strip()}”不是数，请改正，没有的请留空。")
    if value < 0:
        raise HengjianError(f"“{text.strip()}”小于零，请核对。")
    return value


def count(text: str) -> int | None:
    """A whole number; blank is None."""
    value = number(text)
    if value is not None and value != int(value):
        raise HengjianError(f"“{text.strip()}”不是整数，请核对。")
    return None if value is None else int(value)


def check_figure(measure: Measure, figure: Figure) -> Figure:
    """The figure, without a doubled value; HengjianError with the column when it contradicts itself.

    A value beside numerator and denominator must be what they give, as a percentage or as a fraction of one, rounded
    or cut to the digits written.
    """
    top, bottom, value = figure.numerator, figure.denominator, figure.value
    if (top is None) != (bottom is None):
        column = "numerator" if top is None else "denominator"
        raise _at(column, f"只写了{'分母' if top is None else '分子'}，请补上另一个，或者都留空。")
    if top is None or bottom is None:
        if measure.unit == "percent" and value is not None and value > 100:
            raise _at("value", f"百分数 {plain(value)} 大于 100，请核对。")
        return figure
    if bottom == 0 and top > 0:
        raise _at("denominator", f"分母是 0，分子却是 {plain(top)}，请核对。")
    if measure.unit == "percent" and top > bottom:
        raise _at("numerator", f"分子 {plain(top)} 大于分母 {plain(bottom)}，请核对。")
    if value is not None and bottom and not _agree(measure, top / bottom, value):
        scaled = top / bottom * (100 if measure.unit == "percent" else 1)
        told = plain(scaled.quantize(Decimal("0.0001")))
        raise _at("value", f"写的是 {plain(value)}，按分子、分母却是 {told}，请核对。")
    return replace(figure, value=None)


def _agree(measure: Measure, exact: Decimal, value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    wanted = [exact * 100, exact] if measure.unit == "percent" else [exact]
    return any(abs(each - value) < step for each in wanted)


def written_as_fraction(pack: Pack, figures: Iterable[Figure]) -> Iterator[str]:
    """A warning where all percentages of an indicator look like fractions of one (0.975 for 97.5%)."""
    percents = {m.indicator for m in pack.clauses if isinstance(m, Measure) and m.unit == "percent"}
    bare = [f.value for f in figures if f.indicator in percents and f.value is not None]
    if len(bare) > 1 and 0 < max(bare) <= 1:
        yield "figures.csv 的百分数都不大于 1，像是写成了小数；请按百分数填写，如 97.5。"


def _at(column: str, message: str) -> HengjianError:
    return HengjianError(message, where=Place("", None, column))
