"""计分: what a fact earns or costs, counted how often, to whom, and how the sum is made.

The set of shapes is closed. Every field is a closed choice or plain data, so that a reading of the text is a
patch over fields and the engine needs to know no article, no parameter and no reading by name.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from hengjian.policy.clauses.base import ClauseBase, ClauseId, ParamName, Ref, Strict

EventField = Literal["type", "value", "system", "channel", "sent_up"]
ItemField = Literal["kind", "class", "routine", "joint"]
AnyField = Literal["type", "value", "system", "channel", "sent_up", "kind", "class", "routine", "joint"]
KeyField = Literal["item", "unit", "value", "type", "system", "publication", "event"]
Moment = Literal["event", "origin"]
Recipient = Literal["lead", "others", "all_without_lead", "named", "partners"]
WithoutLead = Literal["nobody", "unallocated", "to_each", "split_equally"]
PeriodName = Literal["month", "quarter", "half", "year"]


def _listed(value: object) -> object:
    """One mapping is short for a list of one alternative."""
    return (value,) if isinstance(value, dict) else value


Match = Annotated[dict[AnyField, tuple[str, ...]], Ref("when")]
# A fact matches when it agrees with all fields of one of the alternatives.
Alternatives = Annotated[tuple[Match, ...], BeforeValidator(_listed)]


class Weight(Strict):
    """A multiplier looked up by a field of the item; a value that is not listed counts once."""

    by: ItemField
    params: dict[str, ParamName]


class PointsBase(ClauseBase):
    kind: Literal["points"]


class Priced(PointsBase):
    """A clause with a price: one parameter, or a table of parameters looked up ``by`` a field."""

    param: ParamName | None = None
    by: AnyField | None = None
    params: dict[str, ParamName] = {}

    @model_validator(mode="after")
    def _one_price(self) -> Priced:
        if (self.param is None) == (self.by is None) or bool(self.by) != bool(self.params):
            raise ValueError("价格请写 param（一个参数），或者写 by 与 params（按字段查表），二者取一。")
        return self


class PerFact(Priced):
    """Points that follow facts.

    ``to`` names who receives; ``without_lead`` what happens to points of the lead when there is none.
    ``falls_on`` and ``price_at`` say whether the period and the price are those of the fact or of its origin,
    the first fact of the same item matching ``origin``. ``requires`` names facts the item must have.
    """

    when: Alternatives = Field(min_length=1)
    requires: Alternatives = ()
    origin: Alternatives = ()
    falls_on: Moment = "event"
    price_at: Moment = "event"
    factor: Weight | None = None
    times: Literal["one", "n"] = "one"
    to: Recipient
    without_lead: WithoutLead = "unallocated"

    @model_validator(mode="after")
    def _origin_is_known(self) -> PerFact:
        needed = "origin" in (self.falls_on, self.price_at) or self.factor is not None
        if needed and not self.origin:
            raise ValueError("falls_on、price_at 取 origin 或写了 factor 时，必须写明 origin（最初的事实）。")
        return self


class PointsPer(PerFact):
    """Each fact scores, ``n`` times if it says how often."""

    shape: Literal["points_per"]


class Table(PerFact):
    """Each fact scores what the table gives for the value of one field."""

    shape: Literal["table"]


class OncePer(PerFact):
    """The first fact of each ``key`` scores; later ones are shown with zero."""

    shape: Literal["once_per"]
    key: tuple[KeyField, ...] = Field(min_length=1)


class HighestOf(PerFact):
    """Of the facts of one ``key`` the highest counts.

    ``carry``: a later higher fact gives the difference (``increment``); every period counts its own highest
    (``per_period``); the first fact alone counts (``first_only``).
    """

    shape: Literal["highest_of"]
    key: tuple[KeyField, ...] = Field(min_length=1)
    carry: Literal["increment", "per_period", "first_only"] = "increment"


class HeaviestOf(PerFact):
    """As ``highest_of``, for deductions: the heaviest counts."""

    shape: Literal["heaviest_of"]
    key: tuple[KeyField, ...] = Field(min_length=1)
    carry: Literal["increment", "per_period", "first_only"] = "increment"


class Quota(Strict):
    """How much is due in a period: a parameter looked up by a field of the unit."""

    by: Literal["category"]
    params: dict[str, ParamName]


class QuotaBase(PointsBase):
    """Points for reaching a quota in a period.

    ``measure``: every week has its items (``weeks_covered``), as many items as weeks (``as_many_as_weeks``) –
    a week belongs to the period of its Thursday –, or a weighted count against ``quota`` (``count``).
    An item counts once for a unit, at its first matching fact; ``barred_by`` names facts that strike it out.
    """

    shape: Literal["quota_base"]
    when: Alternatives = Field(min_length=1)
    barred_by: Alternatives = ()
    to: Literal["lead", "named", "partners"]
    period: PeriodName
    measure: Literal["weeks_covered", "as_many_as_weeks", "count"]
    per_week: int = Field(default=1, ge=1)
    quota: Quota | None = None
    weights: Weight | None = None
    param: ParamName
    price_at: Literal["last_day", "first_day"] = "last_day"
    below: Literal["nothing", "proportional"] = "nothing"

    @model_validator(mode="after")
    def _quota_is_known(self) -> QuotaBase:
        if (self.measure == "count") != (self.quota is not None):
            raise ValueError("measure 取 count 时必须写 quota（按单位类别的定额），否则不能写。")
        return self


class Exclude(PointsBase):
    """Facts that take back the points an item got from other clauses, in the period of the fact."""

    shape: Literal["exclude"]
    when: Alternatives = Field(min_length=1)
    of: tuple[ClauseId, ...] = Field(min_length=1)


class Flag(PointsBase):
    """A state of a unit for the ``period`` in which a fact falls; points stay as they are."""

    shape: Literal["flag"]
    when: Alternatives = Field(min_length=1)
    flag: Literal["disqualified"]
    period: PeriodName


class Share(PointsBase):
    """Points of an item from clauses ``of`` are divided among its authors by weight, in cents."""

    shape: Literal["share"]
    of: tuple[ClauseId, ...] = Field(min_length=1)
    by: Literal["weight"] = "weight"
    rounding: Literal["largest_remainder"] = "largest_remainder"


class Total(PointsBase):
    """How a period's score is made: the ``period`` of account, a floor, who is appraised at all."""

    shape: Literal["total"]
    period: PeriodName
    floor: Literal["none", "zero"] = "none"
    appraised: Literal["always", "listed_on_last_day"] = "always"


class Rank(PointsBase):
    """The order of units by score: equal scores share a place and leave a gap (1224) or not (1223)."""

    shape: Literal["rank"]
    ties: Literal["1224", "1223"] = "1224"
    disqualified: Literal["ranked", "left_out"] = "left_out"


MODELS = (PointsPer, Table, OncePer, HighestOf, HeaviestOf, QuotaBase, Exclude, Flag, Share, Total, Rank)
PointsClause = (
    PointsPer | Table | OncePer | HighestOf | HeaviestOf | QuotaBase | Exclude | Flag | Share | Total | Rank
)
