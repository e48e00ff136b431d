"""Figures that contradict each other inside one sentence: totals, shares, growth, percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from hengjian.checks.finding import Draft, Finding, finding
from hengjian.checks.params import Number
from hengjian.checks.quantities import Quantity, agrees, quantities, ratio_agrees
from hengjian.policy.clauses.check import FigureKind, FiguresCheck, Severity

_SENTENCE = re.compile(r"[^。；;！？\n]+")
_TOTAL_AFTER = re.compile(r"[,，、](?:合计|共计|总计|共|一共|总共)[^,，、\d]{0,6}$")
_PARTS = re.compile(r"其中|包括|分别为|分别是|分为")
_BREAKS = re.compile(r"[\d()]|其中|包括|分别|分为|合计|共计|总计")
_WHOLE = re.compile(r"包括|分别为|分别是|分为")
_SHARE = re.compile(
    r"占(?:比|总数的?|全部的?|全院的?|[^,，、。\d%]{0,10}的?)?(?:约|近|超)?(?P<percent>\d+(?:\.\d+)?)%"
)
_BASE = re.compile(
    r"(?:去年|上年|前年|上季度|上月|同期)[^,，、。\d]{0,8}$|[(]?(?:从|由)(?:[^,，、。\d]{0,12})$"
)
_RISEN = re.compile(r"(?:增|升|提高|上涨|降|减|下滑)[^,，、。\d]{0,3}$")
_GROWTH = re.compile(
    r"(?P<up>增长|上升|增加|提高|上涨|增幅|升幅)(?:了|达|为|约)?(?P<p1>\d+(?:\.\d+)?)%"
    r"|(?P<down>下降|减少|降低|下滑|降幅|减幅)(?:了|达|为|约)?(?P<p2>\d+(?:\.\d+)?)%"
)
_CONTEXT = 14

Hit = tuple[FigureKind, int, int, str]


def check(clause: FiguresCheck, draft: Draft, number: Number) -> Iterator[Finding]:
    """Findings in the order of the text. Only figures of one unit in one sentence are compared."""
    for sentence in _SENTENCE.finditer(draft.plain):
        text, offset = sentence.group(), sentence.start()
        found = [*_totals(text), *_shares(text), *_growth(text), *_percents(text)]
        for kind, start, end, message in sorted(found, key=lambda hit: hit[1:3]):
            severity = clause.find.get(kind, Severity.OFF)
            if severity is not Severity.OFF:
                yield finding(
                    clause, f"figures.{kind}", severity, draft, offset + start, offset + end, message
                )


def _totals(text: str) -> Iterator[Hit]:
    found = quantities(text)
    for index, total in enumerate(found):
        before = text[: total.start]
        if _TOTAL_AFTER.search(before) and not total.rough:
            yield from _sum_before(text, found[:index], total)
        parts = _PARTS.search(text, total.end)
        if parts and not any(total.end <= q.start < parts.start() for q in found if q.unit == total.unit):
            yield from _sum_after(text, found[index + 1 :], total, parts)


def _sum_before(text: str, earlier: list[Quantity], total: Quantity) -> Iterator[Hit]:
    parts = _listed(text, [q for q in earlier if q.unit == total.unit])
    if len(parts) >= 2 and not any(q.rough for q in parts):
        whole = sum((q.value for q in parts), Decimal())
        if not agrees(whole, total, parts):
            yield "total", parts[0].start, total.end, _sum_message(parts, whole, total)


def _listed(text: str, found: list[Quantity]) -> list[Quantity]:
    """The last run of quantities that a list joins: nothing between them but 、, ， and a few words."""
    run: list[Quantity] = []
    for quantity in reversed(found):
        between = text[quantity.end : run[-1].start] if run else "、"
        if not re.match(r"[,，、和及]", between) or len(between) > _CONTEXT or _BREAKS.search(between):
            break
        run.append(quantity)
    return run[::-1]


def _sum_after(text: str, later: list[Quantity], total: Quantity, word: re.Match[str]) -> Iterator[Hit]:
    parts = [q for q in later if q.unit == total.unit and q.start >= word.end()]
    if len(parts) < 2 or total.rough or any(q.rough for q in parts):
        return
    for left, right in pairwise(parts):
        between = text[left.end : right.start]
        if not re.match(r"[,，、和及]", between) or _BREAKS.search(between):
            return
    whole = sum((q.value for q in parts), Decimal())
    too_much = whole > total.value and not agrees(whole, total, parts)
    if too_much or (_WHOLE.match(word.group()) and not agrees(whole, total, parts)):
        yield "total", total.start, parts[-1].end, _sum_message(parts, whole, total)


def _sum_message(parts: list[Quantity], whole: Decimal, total: Quantity) -> str:
    shown = " + ".join(f"{q.value}" for q in parts)
    return f"分项与合计不符：{shown} = {whole}，文中写 {total.value} {total.unit}，请核对。"


def _shares(text: str) -> Iterator[Hit]:
    found = quantities(text)
    for match in _SHARE.finditer(text):
        earlier = [q for q in found if q.end <= match.start()]
        if not earlier or match.start() - earlier[-1].end > 3:
            continue
        part = earlier[-1]
        whole = _whole_of(text, earlier[:-1], part)
        if whole is None or part.rough or whole.rough or not whole.value:
            continue
        if not ratio_agrees(part.value / whole.value, match["percent"]):
            right = _percent(part.value / whole.value, match["percent"])
            message = (
                f"占比不符：{part.value} ÷ {whole.value} = {right}%，文中写 {match['percent']}%，请核对。"
            )
            yield "share", whole.start, match.end(), message


def _whole_of(text: str, earlier: list[Quantity], part: Quantity) -> Quantity | None:
    """The quantity of the same unit before the last 其中; without 其中 nothing is compared."""
    at = text.rfind("其中", 0, part.start)
    same = [q for q in earlier if q.unit == part.unit and q.end <= at]
    return same[-1] if same else None


def _growth(text: str) -> Iterator[Hit]:
    for match in _GROWTH.finditer(text):
        pair = _compared(text, match.start())
        if pair is None:
            continue
        base, now = pair
        if not base.value or base.rough or now.rough:
            continue
        stated = match["p1"] or match["p2"]
        change = (now.value - base.value) / base.value
        rises = match["up"] is not None
        if ((change > 0) == rises or not change) and ratio_agrees(abs(change), stated):
            continue
        word = "上升" if change > 0 else "下降"
        right = _percent(abs(change), stated)
        message = f"增减幅度不符：由 {base.value} 到 {now.value}{base.unit}是{word} {right}%，文中写“{match.group()}”，请核对。"
        yield "growth", min(base.start, now.start), match.end(), message


def _compared(text: str, until: int) -> tuple[Quantity, Quantity] | None:
    """The two quantities a growth rate speaks of: the base is named (去年同期, 由…) or the two are 由…至…."""
    near = [q for q in quantities(text) if q.end <= until]
    if len(near) < 2 or near[-1].unit != near[-2].unit or until - near[-1].end > _CONTEXT:
        return None
    one, two = near[-2], near[-1]
    if _BASE.search(text[: two.start][-_CONTEXT:]):
        return two, one
    if _BASE.search(text[: one.start][-_CONTEXT:]) and _leads_on(text[one.end : two.start]):
        return one, two
    return None


def _leads_on(between: str) -> bool:
    return bool(re.search(r"至|到|为", between)) or bool(_RISEN.search(between)) or "今年" in between


def _percents(text: str) -> Iterator[Hit]:
    for match in _SHARE.finditer(text):
        if Decimal(match["percent"]) > 100:
            yield "percent", *match.span(), f"占比 {match['percent']}% 超过 100%，请核对。"
    for match in _GROWTH.finditer(text):
        if match["p2"] and Decimal(match["p2"]) > 100:
            yield "percent", *match.span(), f"下降幅度 {match['p2']}% 超过 100%，请核对。"


def _percent(ratio: Decimal, like: str) -> Decimal:
    places = len(like.partition(".")[2])
    return (ratio * 100).quantize(Decimal(1).scaleb(-max(places, 1)))
