"""The items of an order (一、… 二、…), without what stands in brackets."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

_ITEM = re.compile(
    r"(?:^|(?<=[\n。；：）]))(?:[一二三四五六七八九十]{1,3}[、.，：]|（[一二三四五六七八九十]{1,3}）|\d{1,2}[、.](?!\d)|第[一二三四五六七八九十]{1,3}项?[、，：])"
)
_FINAL = (
    r"如不服|不服本|本判决为|本裁定为|本裁定(?:一经|自|送达|立即)|本判决一经|本案(?:案件)?(?:受理|诉讼|[一二]审|的?诉讼)|案件(?:受理|诉讼|申请)"
    r"|诉讼费|受理费|(?:一审|二审|原审|本诉|反诉|再审)(?:案件)?(?:受理|诉讼|费)|审判[长员]|被执行人负有|申请执行人(?:发现|享有|可)"
)
_CLOSED = "。；：）”\n"
_CHINESE = re.compile(r"(?:第|（)?[一二三四五六七八九十]")
_END = re.compile(
    rf"(?:^|(?<=[\n。；）]))(?:(?P<final>{_FINAL})|如果未按|如未按|如果|如被告|如逾期|若未按|上述|义务人|逾期|双方|当事人|负有)"
)
_PRONOUNCED = re.compile(r"缓刑[一二三四五六七八九十两\d]")  # （缓刑一年） belongs to the punishment
_OPEN = re.compile(r"[（）\n]")
_AFTER_BREAK = re.compile(r"[一二三四五六七八九十]{1,3}、|(?:原审)?被告人|上诉人|如不服|本判决|二、|责令")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its place, and its words with brackets blanked out (positions stay true)."""

    start: int
    end: int
    text: str


def without_brackets(text: str, start: int, end: int, names: Collection[str] = ()) -> str:
    """``text[start:end]`` with bracketed words as spaces; an unclosed bracket ends with its line or item.

    A bracket inside one of ``names`` stands: 青禾（江岚）科技有限公司.
    """
    part = text[start:end]
    if "（" not in part:
        return part
    inside = [(name, at) for name in names for at, sign in enumerate(name) if sign == "（"]
    out: list[str] = []
    at = depth = 0
    opened = 0
    for found in _OPEN.finditer(part):
        here = found.start()
        if found[0] == "（":
            if depth == 0 and (_PRONOUNCED.match(part, here + 1) or _in_name(part, here, inside)):
                continue
            if depth == 0:
                out.append(part[at:here])
                opened = here
            depth += 1
        elif depth == 0:
            continue
        elif found[0] == "）":
            depth -= 1
            if depth == 0:
                out.append(" " * (here + 1 - opened))
                at = here + 1
        elif _AFTER_BREAK.match(part, here + 1):
            out.append(" " * (here - opened))
            at, depth = here, 0
    out.append(part[at:] if depth == 0 else " " * (len(part) - opened))
    return "".join(out)


def _in_name(part: str, here: int, inside: list[tuple[str, int]]) -> bool:
    return any(here >= at and part.startswith(name, here - at) for name, at in inside)


def find_items(text: str, start: int, end: int, names: Collection[str] = ()) -> list[Item]:
    """The items between ``start`` and ``end``; lines count as items where nothing is numbered."""
    marks = [found.start() for found in _ITEM.finditer(text, start, end)]
    chapters = [mark for mark in marks if _CHINESE.match(text, mark)]
    marks = chapters or marks  # under 一、 and 二、 the 1、 and 2、 are parts of one item
    if not marks:
        marks = _lines(text, start, end)
    if marks and marks[0] > start and text[start : marks[0]].strip("\n "):
        marks.insert(0, start)
    bounds = [*marks, end] if marks else [start, end]
    items = []
    for at, stop in pairwise(bounds):
        closing = _END.search(text, at, stop)
        stop = closing.start() if closing else stop
        if stop > at:
            items.append(Item(at, stop, without_brackets(text, at, stop, names)))
        if closing and closing["final"]:
            break
    return items


def _lines(text: str, start: int, end: int) -> list[int]:
    """Starts of the lines that say something new: after ；or 。and not in the middle of a bracket."""
    marks = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip() and (at == start or text[at - 2] in _CLOSED):
            marks.append(at)
        at = stop + 1
    return marks
