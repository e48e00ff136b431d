"""Dates: existing, on the weekday named, in order, not in the future."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from hengjian.checks.finding import Draft, Finding, finding
from hengjian.checks.params import Number
from hengjian.policy.clauses.check import DateKind, DatesCheck, Severity

_DATE = re.compile(
    r"(?<![\d.])(?:(?P<year>\d{4})(?:年|[-/.](?=\d{1,2}[-/.]\d)))?[ ]?(?P<month>\d{1,2})(?:月|(?<=\d)[-/.](?=\d))[ ]?"
    r"(?P<day>\d{1,2})(?:日|号(?!楼)|(?![\d.年月%]))"
    r"(?:[ ]?\(?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])\)?)?"
)
_MONTH = re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?!\d)")
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:时|点(?=\d|半|整|许|左右|前|后|至|到))(?:(?P<minute>\d{1,2})分)?"
)
_UNTIL = re.compile(r"\s*(?:至|到|—|--|~|～|-)\s*$")
_SHORT_END = re.compile(r"(?:至|到|—|~|～|-)(?P<day>\d{1,2})日")
_WEEKDAYS = "一二三四五六日"
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

Hit = tuple[DateKind, int, int, str]


def check(clause: DatesCheck, draft: Draft, number: Number) -> Iterator[Finding]:
    """Findings in the order of the text; a date without year is only refused when no year has it."""
    for kind, start, end, message in sorted(_hits(draft), key=lambda hit: hit[1:3]):
        severity = clause.find.get(kind, Severity.OFF)
        if severity is not Severity.OFF:
            yield finding(clause, f"dates.{kind}", severity, draft, start, end, message)


def _hits(draft: Draft) -> Iterator[Hit]:
    text = draft.plain
    seen: list[tuple[re.Match[str], date | None]] = []
    for match in _DATE.finditer(text):
        if not _is_date(match):
            continue
        day, problem = _read(match)
        seen.append((match, day))
        if problem:
            yield "impossible", *match.span(), problem
        elif day is not None:
            yield from _about(match, day, draft.today)
    yield from _backwards(text, seen)
    yield from _other_impossible(text, [match.span() for match, _ in seen])


def _is_date(match: re.Match[str]) -> bool:
    """``5.6`` and ``3-4`` are no dates; without year a date needs 月 and 日."""
    return bool(match["year"]) or (
        "月" in match.group() and match.group().count("日") + match.group().count("号") > 0
    )


def _read(match: re.Match[str]) -> tuple[date | None, str]:
    month, day = int(match["month"]), int(match["day"])
    shown = match.group().split("(")[0]
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST[month - 1]:
        return None, f"“{shown}”这一天不存在，请核对月和日。"
    if match["year"] is None:
        return None, ""
    try:
        return date(int(match["year"]), month, day), ""
    except ValueError:
        return None, f"“{shown}”这一天不存在（该年二月没有 29 日），请核对。"


def _about(match: re.Match[str], day: date, today: date | None) -> Iterator[Hit]:
    named = match["weekday"]
    if named and _WEEKDAYS.index(named.replace("天", "日")) != day.weekday():
        right = _WEEKDAYS[day.weekday()]
        message = f"{day.year}年{day.month}月{day.day}日是星期{right}，不是星期{named}，请核对。"
        yield "weekday", *match.span(), message
    if today is not None and day > today:
        yield "future", *match.span(), f"{day.year}年{day.month}月{day.day}日还没有到，请确认写的是计划。"


def _backwards(text: str, seen: list[tuple[re.Match[str], date | None]]) -> Iterator[Hit]:
    """``A 至 B`` with B before A; a missing year is taken from A."""
    for (one, first), (two, second) in pairwise(seen):
        if not _UNTIL.fullmatch(text[one.end() : two.start()]) or first is None:
            continue
        last = second or _with_year(two, first.year)
        if last is not None and last < first:
            yield "order", one.start(), two.end(), "起止日期颠倒，结束早于开始，请核对（跨年的请写明年份）。"
    for match, _ in seen:
        short = _SHORT_END.match(text, match.end())
        if short and int(short["day"]) < int(match["day"]):
            yield (
                "order",
                match.start(),
                short.end(),
                "起止日期颠倒，结束早于开始，请核对（跨月的请写明月份）。",
            )
        elif short and not 1 <= int(short["day"]) <= _LONGEST[min(int(match["month"]), 12) - 1]:
            yield "impossible", match.start(), short.end(), "结束的这一天不存在，请核对。"


def _with_year(match: re.Match[str], year: int) -> date | None:
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _other_impossible(text: str, taken: list[tuple[int, int]]) -> Iterator[Hit]:
    for match in _MONTH.finditer(text):
        inside = any(start <= match.start() < end for start, end in taken)
        if not inside and not 1 <= int(match["month"]) <= 12:
            yield "impossible", *match.span(), f"没有“{match.group()}”，请核对。"
    for match in _TIME.finditer(text):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            yield "impossible", *match.span(), f"“{match.group()}”这个时刻不存在，请核对。"
