"""度量: an indicator: numerator, denominator, a target that may lack a number, lead, responsible units."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from hengjian.base.periods import PeriodKind
from hengjian.policy.clauses.base import ClauseBase, ParamName, Strict, TableName


class Target(Strict):
    """``number``: a dated value; ``external``: the number is set elsewhere; ``none``: the text names none."""

    kind: Literal["number", "external", "none"]
    param: ParamName | None = None
    compare: Literal["at_least", "at_most", "equals"] = "at_least"
    source: str = ""

    @model_validator(mode="after")
    def _number_has_param(self) -> Target:
        if (self.kind == "number") != (self.param is not None):
            raise ValueError("target 的 kind 为 number 时须写 param，否则不写。")
        return self


class Measure(ClauseBase):
    """``numerator`` and ``denominator`` name figures; empty where the text gives no formula.

    ``responsible`` lists units, or ``responsible_table`` a table with columns ``indicator, unit``.
    ``small_below``: with a denominator under it no verdict is given. ``explain_top``: outside the first so
    many of the province's ranking the lead explains; ``explain_missed``: a unit under target explains.
    """

    kind: Literal["measure"]
    indicator: str
    unit: Literal["percent", "ratio", "count", "days"] = "percent"
    numerator: str = ""
    denominator: str = ""
    per: tuple[PeriodKind, ...] = (PeriodKind.MONTH,)
    target: Target
    lead: tuple[str, ...] = Field(min_length=1)
    co_lead: tuple[str, ...] = ()
    scope: str = ""
    responsible: tuple[str, ...] = ()
    responsible_table: TableName | None = None
    small_below: int | ParamName | None = None
    explain_top: int | ParamName | None = None
    explain_missed: bool = False
    policy_risk: str = ""


MODELS = (Measure,)
