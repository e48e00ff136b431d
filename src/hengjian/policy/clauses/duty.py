"""Duties: who must do what by when. Four shapes: a clock after an event, a quota, a periodic issue, a register.

Stages are a mapping (not a list), so that a reading can patch ``duties/x.stages.detail.start``.
Numbers may be written directly or as the name of a parameter of ``values.yaml``.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from hengjian.base.periods import PeriodKind
from hengjian.policy.clauses.base import ClauseBase, ClauseId, ParamName, Strict, TableName, When

Amount = int | ParamName
"""A whole number, or the name of a dated parameter."""


class LengthUnit(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    SAME_DAY = "same_day"
    NONE = "none"


RUNNING = (LengthUnit.MINUTE, LengthUnit.HOUR)


class Length(Strict):
    """How long a clock runs. ``minute`` and ``hour`` run from the moment; the others count days or longer.

    ``same_day`` ends at 24:00 of the day of the start; ``none`` ends at the start itself (a date set elsewhere).
    ``tolerance_days`` is the band of an "about": the limit that counts is the end of the band.
    """

    unit: LengthUnit
    value: Amount = 0
    tolerance_days: int = Field(default=0, ge=0)


def _start(value: object) -> object:
    return {"of": [value]} if isinstance(value, str) else value


class StartRule(Strict):
    """What starts a clock: a fact, or one of several (``first`` given, ``latest``, ``earliest``)."""

    of: tuple[str, ...] = Field(min_length=1)
    take: Literal["first", "latest", "earliest"] = "first"


Start = Annotated[StartRule, BeforeValidator(_start)]


class Excuse(Strict):
    """When ``until`` came at least ``at_least`` after ``since``, the limit could not be met.

    ``waive``: a violation is then not charged; ``note``: it is charged, and the result says so.
    """

    since: str
    until: str
    at_least: Length
    effect: Literal["waive", "note"] = "waive"


class Arithmetic(Strict):
    """How days are counted (Civil Code 201–203 by analogy; a switch because the regulations are silent)."""

    exclude_first_day: bool = True
    last_day_off: Literal["stays", "next_workday"] = "stays"
    day_ends: str = Field(default="24:00", pattern=r"^([01]\d|2[0-4]):[0-5]\d$")
    calendar: Literal["natural", "court_recess"] = "natural"


class Stage(Strict):
    """One report due under a clock. No ``within`` means: owed, but the text names no limit.

    ``before`` turns the clock round (due so long before the start: a planned event). ``needs`` names facts without
    which the stage does not arise; ``unless`` facts whose presence makes it fall away.
    """

    title: str
    start: Start
    stops: tuple[str, ...] = Field(min_length=1)
    within: Length | None = None
    before: bool = False
    inclusive: bool = True
    chargeable: bool = True
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    excuse: Excuse | None = None
    article: str | None = None
    note: str = ""


class Remind(Strict):
    """When to remind, relative to the limit; ``emergency`` ignores quiet hours and the digest."""

    before: tuple[Length, ...] = ()
    after: tuple[Length, ...] = ()
    emergency: bool = False


class DutyBase(ClauseBase):
    """What all duties say: who owes, how strictly, to whom it applies, what proves it."""

    kind: Literal["duty"]
    owner: str
    strict: bool = True
    applies_to: When = {}
    evidence: tuple[str, ...] = ()
    remind: Remind = Remind()
    arithmetic: Arithmetic = Arithmetic()


class EventDuty(DutyBase):
    """Stages with clocks started by an event (a happening, a document, an assignment, a plan).

    ``repeat`` asks for the last stage again and again while the matter lasts.
    """

    shape: Literal["event"]
    stages: dict[str, Stage] = Field(min_length=1)
    charge_per: Literal["stage", "event"] = "stage"
    repeat: Length | None = None


class QuotaDuty(DutyBase):
    """At least so many in each period, by each owner.

    ``minimum_table``: the number stands in column ``minimum_column`` of the row whose ``key_column`` is the owner's
    class or name; an empty cell means that the text asks nothing of it. ``unlisted``: the number of an owner the table
    has no row for; without it nothing is asked of it either. ``counted_by``: the points clause whose weighted count
    (boxes, exclusions, items that count twice) is the count of this duty too.
    """

    shape: Literal["quota"]
    per: PeriodKind
    counts: str
    minimum: Amount | None = None
    minimum_by: dict[str, Amount | None] = {}
    minimum_table: TableName | None = None
    key_column: str = "unit"
    minimum_column: str = "minimum"
    unlisted: Amount | None = None
    counted_by: ClauseId | None = None
    measure: str = "篇"

    @model_validator(mode="after")
    def _one_source(self) -> QuotaDuty:
        sources = [self.minimum is not None, bool(self.minimum_by), self.minimum_table is not None]
        if sum(sources) != 1:
            raise ValueError("写明 minimum、minimum_by、minimum_table 三者之一。")
        return self


class IssueDuty(DutyBase):
    """A periodic document or meeting: one for each period, due in the period or some time after its end.

    ``every`` joins that many periods (a meeting every two weeks: ``per: week, every: 2``, counted from ``anchor``).
    ``unit_classes``: which classes of units it tells about, where not about all that are appraised.
    """

    shape: Literal["issue"]
    per: PeriodKind
    every: int = Field(default=1, ge=1)
    anchor: date | None = None
    due: Literal["in_period", "after_period"] = "in_period"
    within: Length | None = None
    series: str = ""
    produces: str = ""
    unit_classes: list[str] = []
    numbered: bool = False

    @model_validator(mode="after")
    def _length_fits(self) -> IssueDuty:
        if (self.due == "after_period") != (self.within is not None):
            raise ValueError("due 为 after_period 时须写 within，为 in_period 时不写。")
        if self.every > 1 and self.anchor is None:
            raise ValueError("every 大于 1 时须写 anchor（从哪一天起算）。")
        return self


class RegisterDuty(DutyBase):
    """A register that must have holders: at least ``minimum`` for each ``each``, from ``by`` on."""

    shape: Literal["register"]
    register_name: str = Field(alias="register")
    each: str = "court"
    minimum: Amount = 1
    substitutes: bool = False
    by: date | None = None


DutyClause = EventDuty | QuotaDuty | IssueDuty | RegisterDuty
MODELS = (EventDuty, QuotaDuty, IssueDuty, RegisterDuty)
