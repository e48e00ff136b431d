"""The sentence that explains a verdict: figures used, target with its day, what is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from hengjian.base.points import plain
from hengjian.kpi.result import Result, Status
from hengjian.kpi.verdict import WORDS
from hengjian.policy.clauses.measure import Measure

UNITS = {"percent": "%", "ratio": "", "count": "件", "days": "天"}


def amount(measure: Measure, value: Decimal) -> str:
    """A value with the sign of its unit: ``97.5%``."""
    return f"{plain(value)}{UNITS[measure.unit]}"


def note_of(result: Result, measure: Measure, *, in_force: bool, small: Decimal | None, extra: str) -> Result:
    """The result with its note."""
    parts = [_figure(result, measure), extra, _verdict(result, measure, in_force=in_force, small=small)]
    if result.status in (Status.MET, Status.MISSED) and result.other_target is not None:
        since = result.other_from.isoformat() if result.other_from else ""
        parts.append(f"期间内标准有变动，另一端是 {amount(measure, result.other_target)}（{since}起）。")
    return replace(result, note="".join(part for part in parts if part))


def _figure(result: Result, measure: Measure) -> str:
    if result.denominator is None:
        return "" if result.value is None else f"报来 {brief(measure, result.value, result.target)}。"
    counts = f"分子 {plain(result.numerator or Decimal(0))}、分母 {plain(result.denominator)}"
    return (
        f"{counts}。"
        if result.value is None
        else f"{counts}，得 {brief(measure, result.value, result.target)}。"
    )


def _verdict(result: Result, measure: Measure, *, in_force: bool, small: Decimal | None) -> str:
    if result.status is Status.NO_DATA:
        return "没有报来数字。"
    if not in_force:
        return "这项指标在期末不施行，只列数字。"
    if not result.answers:
        return "不在这项指标的责任部门之列，只列数字。"
    match result.status:
        case Status.NO_TARGET:
            return "没有标准，只列数字。"
        case Status.EXTERNAL_TARGET:
            return f"标准由{measure.target.source or '别处'}确定，还没有取得，只列数字。"
        case Status.TOO_FEW:
            return (
                f"分母不足 {plain(small)} 件，不判。" if small and result.denominator else "分母为零，不判。"
            )
        case _:
            return _judged(result, measure)


def _judged(result: Result, measure: Measure) -> str:
    since = f"（{result.target_from.isoformat()}起）" if result.target_from else ""
    bar = WORDS[measure.target.compare].format(amount(measure, result.target or Decimal(0)))
    if result.status is Status.MET:
        return f"应{bar}{since}，达标。"
    return f"应{bar}{since}，未达标，{_gap(result, measure)}。"


def _gap(result: Result, measure: Measure) -> str:
    over = measure.target.compare in ("at_most", "less_than")
    if result.short_by is not None:
        return f"{'超出' if over else '还差'} {result.short_by} 件"
    gap = abs((result.value or Decimal(0)) - (result.target or Decimal(0)))
    unit = " 个百分点" if measure.unit == "percent" else UNITS[measure.unit]
    return f"{'超出' if over else '还差'} {plain(gap)}{unit}"


def brief(measure: Measure, value: Decimal | None, target: Decimal | None = None) -> str:
    """A value as people read it: two places for a percentage, four for a ratio, never rounded up to its target.

    One function for pages, notices, exports and the API, so that a figure reads the same everywhere.
    """
    if value is None:
        return ""
    places = Decimal("0.01") if measure.unit == "percent" else Decimal("0.0001")
    rounded = value.quantize(places, ROUND_HALF_UP)
    if target is not None and value < target <= rounded:
        rounded = value.quantize(places, ROUND_FLOOR)
    return amount(measure, rounded)


def band(measure: Measure, value: Decimal | None, width: int = 5) -> str:
    """The interval a percentage lies in, where exact figures invite a ranking; other units as they are.

    >>> from hengjian.policy import load_pack
    >>> band(load_pack("jiaozuo").clause("measures/filing-rate"), Decimal("97.5"))
    '95%至100%'
    """
    if value is None or measure.unit != "percent":
        return brief(measure, value)
    low = min(int(value // width) * width, 100 - width)
    return f"{low}%至{low + width}%"
