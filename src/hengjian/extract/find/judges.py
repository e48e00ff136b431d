"""The bench, the clerk and the day of decision, from the signatures at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from hengjian.extract.model import Document, Found
from hengjian.extract.numbers import DATE, read_date
from hengjian.extract.segment import SIGNERS

_SIGNER = re.compile(rf"(?P<role>{SIGNERS})[：、\n]?")
_DATE = re.compile(DATE)
_STOP = re.compile(
    rf"[\n，。；：（〔、/_\d]|[A-Za-z]{{2}}|{SIGNERS}|[12二][\d〇○零ＯOoО0?？一二三四五六七八九]{{3}}年|附|本案|本判决|本裁定|相关法律|《"
)
_CLERKS = ("书记员", "速录员")
_TITLES = frozenset({"法官助理", "审判员助理"})


@dataclass(slots=True)
class Signatures:
    """Who signed, in order, and when."""

    judges: list[tuple[Found, Found]] = field(default_factory=list)
    clerk: Found | None = None
    decided: Found | None = None
    doubts: list[str] = field(default_factory=list)


def find_signatures(doc: Document) -> Signatures:
    """Read the tail once from its start to its end."""
    start, end = doc.parts.tail
    signed = Signatures()
    position = start
    while found := _SIGNER.search(doc.text, position, end):
        stop = _STOP.search(doc.text, found.end(), end)
        name_end = stop.start() if stop else end
        position = max(name_end, found.end())
        name = doc.text[found.end() : name_end].strip(" ·-")
        if not name or name_end - found.end() > 24:
            continue
        _sign(signed, found, Found(name, found.end(), found.end() + len(name)))
    _date(doc, signed)
    _doubts(signed)
    return signed


def _sign(signed: Signatures, found: re.Match[str], name: Found) -> None:
    role = found["role"].replace("、", "")
    if role.endswith(_CLERKS):
        signed.clerk = signed.clerk or name
    elif role not in _TITLES and not signed.clerk:
        signed.judges.append((Found(role, *found.span("role")), name))


def _date(doc: Document, signed: Signatures) -> None:
    """The first full date of the tail; without one the last date before it."""
    start, end = doc.parts.tail
    for found in _DATE.finditer(doc.text, start, end):
        day = read_date(found)
        if day:
            signed.decided = Found(day.date.isoformat(), *found.span())
            if day.lost:
                signed.doubts.append("decided_on: 落款日期有字缺损，按“〇”读")
            return
        signed.doubts.append(f"decided_on: 落款日期“{found[0]}”不存在")
        return
    signed.doubts.append("decided_on: 尾部没有日期")


def _doubts(signed: Signatures) -> None:
    if not signed.judges:
        signed.doubts.append("judges: 尾部没有审判人员署名")
    if signed.clerk is None:
        signed.doubts.append("clerk: 尾部没有书记员署名")


def check_year(decided: str, case_no: str) -> str | None:
    """A doubt when the decision is dated before the year of its own number, or long after it."""
    year = re.match(r"（(\d{4})）", case_no)
    if not year:
        return None
    gap = date.fromisoformat(decided).year - int(year[1])
    if gap < 0 or gap > 12:
        return f"decided_on: 落款日期与案号年份{year[1]}相差{abs(gap)}年"
    return None
