"""Numbers with a unit, exact as written, and what kind of statement they are: a figure, a change, a share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hengjian.figures.units import UNITS, family_of

_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_NUMBER = re.compile(
    r"(?P<rough>大约|将近|超过|不足|至少|约|近|超|逾)?(?<![\d.,第号:/])"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<more>余|多)?\s?(?P<unit>{_UNIT}|[万亿](?P<inner>余|多)(?:件|元|人次|人|份|次))(?P<after>余|多|左右|以上|以下)?(?![年月级号])"
)
_BARE = re.compile(r"(?P<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?P<unit>%)?")
_UP, _DOWN = "上升|增长|增加|提高|上涨|升高|增幅|升幅|多", "下降|减少|降低|下滑|降幅|减幅|少"
_BASE = r"(?P<base>同比|环比|(?:较|比|与)(?:去年|上年)(?:同期)?(?:相比)?|(?:较|比)(?:上月|上季度))"
CHANGE = re.compile(
    rf"(?:{_BASE})?[,的]?(?:分别)?(?P<way>{_UP}|{_DOWN})(?:了|为|达|达到|约|近|超过|幅度为|幅度达)*$"
)
_SHARE = re.compile(r"占(?:比|[^,。;\d]{0,12})(?:的)?(?:为|达|约|近|超过)*$")


class Role(StrEnum):
    FIGURE = "figure"
    CHANGE = "change"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Number:
    """``value`` in ``unit``; ``step``: one unit of the last place written. Start and end are places in the text."""

    start: int
    end: int
    value: Decimal
    unit: str
    step: Decimal
    rough: bool = False
    role: Role = Role.FIGURE
    base: str = ""
    down: bool = False

    @property
    def amount(self) -> Decimal:
        """In the unit its family is counted in."""
        return self.value * family_of(self.unit)[1]

    @property
    def slack(self) -> Decimal:
        """How far what is meant may lie from what is written: half a place; a whole one after 约, 近, 余."""
        exact = self.step == 1 and family_of(self.unit)[1] == 1
        half = Decimal(0) if exact and not self.rough else self.step / (1 if self.rough else 2)
        return half * family_of(self.unit)[1]


def numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """Those of a stretch of plain text, in order.

    >>> [(str(n.value), n.unit, n.role.value) for n in numbers("新收1,234件,同比上升5.2%,占全部的12%,耗时3个月")]
    [('1234', '件', 'figure'), ('5.2', '%', 'change'), ('12', '%', 'share')]
    """
    for match in _NUMBER.finditer(text, start, len(text) if end is None else end):
        before = text[max(start, match.start() - 24) : match.start()]
        role, base, down = _role(before)
        yield _made(match, role=role, base=base, down=down)


def bare(cell: str, start: int) -> Number | None:
    """A table's cell that is nothing but a number, with or without a percent sign; its unit stands in the head."""
    stripped = cell.strip()
    match = _BARE.fullmatch(stripped)
    if not match:
        return None
    place = start + cell.index(stripped)
    value = Decimal(match["number"].replace(",", ""))
    return Number(place, place + len(stripped), value, match["unit"] or "", _step(value))


def _role(before: str) -> tuple[Role, str, bool]:
    clause = re.split(r"[。;!?\n]", before)[-1]
    change = CHANGE.search(clause)
    if change and not clause.endswith("不少"):
        return Role.CHANGE, change["base"] or "", bool(re.fullmatch(_DOWN, change["way"]))
    return (Role.SHARE, "", False) if _SHARE.search(clause) else (Role.FIGURE, "", False)


def _made(match: re.Match[str], *, role: Role, base: str, down: bool) -> Number:
    value = Decimal(match["number"].replace(",", ""))
    rough = bool(match["rough"] or match["more"] or match["after"] or match["inner"])
    unit = match["unit"].replace(match["inner"], "") if match["inner"] else match["unit"]
    step = _round_step(match["number"]) if rough else _step(value)
    return Number(match.start("number"), match.end("unit"), value, unit, step, rough, role, base, down)


def _step(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)


def _round_step(written: str) -> Decimal:
    """Of a number said roughly: 3200余 means less than 3300."""
    whole = written.replace(",", "")
    zeros = len(whole) - len(whole.rstrip("0")) if "." not in whole else 0
    return Decimal(10) ** zeros if zeros else _step(Decimal(whole))
