"""Periods named in running text: 2025年上半年, 1-6月, 三季度, 去年同期, and what is too vague to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from hengjian.base.periods import Period, PeriodKind
from hengjian.figures.spans import Span

_ORDER = {word: n for n, words in enumerate(("一1", "二2", "三3", "四4"), 1) for word in words}
_JOIN = r"\s*(?:-{1,2}|~|至|到)\s*"
_PART = (
    rf"(?P<half>上|下)半年|前(?P<first>[一二三123])个?季度|第?(?P<quarter>[一二三四1-4])季度"
    rf"|(?P<from>\d{{1,2}})月?(?:份)?{_JOIN}(?P<to>\d{{1,2}})月(?:份)?(?!\d|日)"
    rf"|前(?P<months>\d{{1,2}})个月|(?P<month>\d{{1,2}})月(?:份)?(?P<cut>底|末)?(?!\d{{1,2}}日|底|末)|全年"
)
_PERIOD = re.compile(
    rf"(?P<until>截至|截止|截止到|截至到)?(?P<year>(?<!\d)(?:19|20)\d{{2}}年度?|今年|本年度?|去年|上年|前年)"
    rf"(?P<same>同期)?(?:以来)?\s?(?:{_PART})?(?P<day>\d{{1,2}}月\d{{1,2}}日)?"
    rf"|(?P<until2>截至|截止|截止到|截至到)?(?:{_PART.replace('?P<', '?P<x')})"
    rf"|(?P<alone>同期)"
)
_VAGUE = re.compile(
    r"本月|当月|上月|本季度?|当季|上季度|本期|当期|近年来|近[一二三四五两\d]+年|[一二三四五\d]+年来|当年|历年"
)


@dataclass(frozen=True, slots=True)
class When:
    """A period in the text. Without a span it is too vague, ``why`` says so. ``loose``: read in a way one may doubt."""

    start: int
    end: int
    span: Span | None
    why: str = ""
    loose: bool = False
    same: bool = False  # 同期: the year before what was meant so far


def periods(text: str, year: int | None) -> list[When]:
    """In order of the text; ``year`` is what 今年 means and what a period without a year belongs to (the latest
    year named in the text goes before).

    >>> [w.span.label for w in periods("2025年上半年,去年同期,1-8月,三季度", 2025) if w.span]
    ['2025年上半年', '2025年1—8月', '2025年第三季度']
    """
    found: list[When] = []
    for match in _PERIOD.finditer(text):
        if match["alone"]:
            found.append(When(*match.span(), None, same=True))
            continue
        when, named = _read(match, year)
        if named is not None:
            year = named
        if when is not None:
            found.append(when)
    taken = [(w.start, w.end) for w in found]
    for match in _VAGUE.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            found.append(When(*match.span(), None, f"“{match.group()}”没有说是哪一期"))
    return sorted(found, key=lambda w: w.start)


def _read(match: re.Match[str], year: int | None) -> tuple[When | None, int | None]:
    """The period and, when a year was written out, that year."""
    part = {name: match[name] or match[f"x{name}"] for name in _NAMES}
    until = match["until"] or match["until2"]
    said = match["year"]
    named: int | None = None
    meant = year
    if said and said[:1].isdigit():
        named = meant = int(said[:4])
    elif said and year is not None:
        meant = year - {"去": 1, "上": 1, "前": 2}.get(said[0], 0)
    if match["same"]:
        return When(*match.span(), None, same=True), None
    if match["day"]:
        return None, named  # a day, not a period
    if meant is None:
        return When(*match.span(), None, f"“{match.group().strip(',')}”没有写年份"), None
    try:
        span, loose = _span(meant, part, whole=bool(said))
    except ValueError:
        return None, named
    if span is None:
        return None, named
    return When(match.start(), match.end(), span, loose=loose or bool(until)), named


_NAMES = ("half", "first", "quarter", "from", "to", "months", "month", "cut")


def _span(year: int, part: dict[str, str | None], *, whole: bool) -> tuple[Span | None, bool]:
    if part["half"]:
        return Span.parse(f"{year}H{1 if part['half'] == '上' else 2}"), False
    if part["first"]:
        return _months(year, 1, _ORDER[part["first"]] * 3), False
    if part["quarter"]:
        return Span.parse(f"{year}Q{_ORDER[part['quarter']]}"), False
    if part["from"] and part["to"]:
        return _months(year, int(part["from"]), int(part["to"])), False
    if part["months"]:
        return _months(year, 1, int(part["months"])), False
    if part["month"]:
        month = int(part["month"])
        if part["cut"]:  # 6月底: what had come together by then
            return _months(year, 1, month), True
        return Span.of(Period.of(date(year, month, 1), PeriodKind.MONTH)), False
    return (Span.parse(str(year)), False) if whole or part["half"] is None else (None, False)


def _months(year: int, first: int, last: int) -> Span:
    if not 1 <= first <= last <= 12:
        raise ValueError("no such months")
    return Span.parse(f"{year}-{first:02}~{year}-{last:02}")
