"""度量: an indicator: numerator, denominator, a target that may lack a number, lead, responsible units."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from hengjian.base.periods import PeriodKind
from hengjian.policy.clauses.base import ClauseBase, ParamName, Strict, TableName

Explainer = Literal["lead", "responsible", "courts"]


class Target(Strict):
    """``number``: a dated value; ``external``: the number is set elsewhere; ``none``: the text names none."""

    kind: Literal["number", "external", "none"]
    param: ParamName | None = None
    compare: Literal["at_least", "more_than", "at_most", "less_than", "equals"] = "at_least"
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
    many of the province's ranking somebody explains (``explain_top_by``); ``explain_missed``: somebody explains a
    missed target (``explain_missed_by``). ``group`` joins the indicators of one application; ``lead_scope`` says for
    which part each of several leads answers; ``verified_by`` checks the figures a lead reports of itself; ``ranked``
    shows units in order (off where a later rule frowns on it); ``target_of``: whether the target of the period's
    last or first day holds.
    """

    kind: Literal["measure"]
    indicator: str
    group: str = ""
    unit: Literal["percent", "ratio", "count", "days"] = "percent"
    numerator: str = ""
    denominator: str = ""
    per: tuple[PeriodKind, ...] = (PeriodKind.MONTH,)
    target: Target
    lead: tuple[str, ...] = Field(min_length=1)
    co_lead: tuple[str, ...] = ()
    lead_scope: dict[str, str] = {}
    verified_by: str = ""
    scope: str = ""
    responsible: tuple[str, ...] = ()
    responsible_table: TableName | None = None
    small_below: int | ParamName | None = None
    explain_top: int | ParamName | None = None
    explain_top_by: tuple[Explainer, ...] = ("lead",)
    explain_missed: bool = False
    explain_missed_by: tuple[Explainer, ...] = ("responsible",)
    target_of: Literal["last_day", "first_day"] = "last_day"
    ranked: bool = False
    rank_ties: Literal["competition", "dense"] = "competition"
    policy_risk: str = ""


MODELS = (Measure,)
