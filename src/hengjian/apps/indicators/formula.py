"""How numerator and denominator are counted over case records: data of a definition card, never code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Day
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hengjian.apps.cases.dictionary import CaseItem
from hengjian.base.errors import HengjianError, Place
from hengjian.base.messages import sentence
from hengjian.statistics.cards import Cards, faults
from hengjian.statistics.model import Card, Shape

TOP, BOTTOM = "numerator", "denominator"
_NUMBERS = ("INTEGER", "BIGINT", "DECIMAL", "DOUBLE")
_EARLIEST = Day(1, 1, 1)
Text = Annotated[str, Field(max_length=2000)]


class Formula(BaseModel):
    """Cases whose ``date`` falls into the period and that ``among`` takes in; the numerator those of them that meet
    ``top``. ``top_of`` and ``bottom_of``: add up this item instead of counting cases. ``department``: the item that
    tells whose a case is within the own court; empty: every department answers for all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: str
    department: str = ""
    among: Text = ""
    top: Text = ""
    top_of: str = ""
    bottom_of: str = ""

    def cards(self, since: Day = _EARLIEST) -> Cards:
        """Two plain cards of the statistics engine."""
        both = " AND ".join(f"({part})" for part in (self.among, self.top) if part)
        return Cards(
            (
                self._card(TOP, "分子", both, self.top_of, since),
                self._card(BOTTOM, "分母", self.among, self.bottom_of, since),
            )
        )

    def _card(self, key: str, title: str, when: str, of: str, since: Day) -> Card:
        return Card(
            key=key, title=title, shape=Shape.SUM if of else Shape.COUNT, owner="指标口径卡", since=since,
            when=when, date=self.date, of=of or None, dims=(self.department,) if self.department else (),
        )  # fmt: skip


def read_formula(data: Mapping[str, Any], items: Mapping[str, CaseItem]) -> Formula | None:
    """None where nothing is filled in; HengjianError with the first thing wrong."""
    given = {key: str(value or "").strip() for key, value in data.items()}
    if not any(given.values()):
        return None
    if not given.get("date"):
        raise HengjianError("要从案件数据计算的，请选统计日期；不计算的，计算办法都留空。")
    try:
        formula = Formula(**given)
    except ValidationError as error:
        raise HengjianError(sentence(error.errors(include_url=False)[0], Formula)) from None
    if not (formula.top or formula.top_of):
        raise HengjianError("请写分子的条件，或者选分子合计的信息项。")
    _kinds(formula, items)
    known = {key: item.label for key, item in items.items()}
    for card in formula.cards().cards:
        found = faults(card, known, Place(f"{card.title}的条件"))
        if found:
            raise HengjianError(found[0].message, where=found[0].where)
    return formula


def _kinds(formula: Formula, items: Mapping[str, CaseItem]) -> None:
    if formula.date in items and items[formula.date].type != "DATE":
        raise HengjianError(f"“{items[formula.date].label}”不是日期，请另选统计日期。")
    for key in (formula.top_of, formula.bottom_of):
        if key in items and not items[key].type.startswith(_NUMBERS):
            raise HengjianError(f"“{items[key].label}”不是数，不能合计。")


def told(formula: Formula, items: Mapping[str, CaseItem]) -> str:
    """The formula for people: items by their labels.

    >>> told(Formula(date="filed_on", top="online = '是'"), {})
    "filed_on在当期的案件；分子：online = '是'，数案件；分母：数案件。"
    """

    def words(text: str) -> str:
        return re.sub(r"[a-z_][a-z0-9_]*", lambda m: items[m[0]].label if m[0] in items else m[0], text)

    among = f"，其中只算 {words(formula.among)}" if formula.among else ""
    top = f"{words(formula.top)}，" if formula.top else ""
    above, below = (f"合计{words(of)}" if of else "数案件" for of in (formula.top_of, formula.bottom_of))
    return f"{words(formula.date)}在当期的案件{among}；分子：{top}{above}；分母：{below}。"
