"""Checks: what a text, or a row of data, must satisfy. Percentages are whole numbers.

``find`` maps what a check looks for to its severity, so that a reading or a court can switch one thing alone.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import Field

from hengjian.base.periods import PeriodKind
from hengjian.policy.clauses.base import ClauseBase, ParamName, Strict, VocabularyName, When

Amount = int | ParamName


class Severity(StrEnum):
    """``block`` stops submission, ``warn`` must be answered, ``advice`` is a hint, ``off`` says nothing."""

    BLOCK = "block"
    WARN = "warn"
    ADVICE = "advice"
    OFF = "off"


class CountRule(StrEnum):
    """How the length of a text is counted."""

    CHARS = "chars"
    HAN = "han"
    WORDS = "words"


class CheckBase(ClauseBase):
    """What all checks say: which texts they look at and what the author should do."""

    kind: Literal["check"]
    applies_to: When = {}
    advice: str = ""


class LengthRange(Strict):
    """The length of texts that match ``when``; either end may be open. Both limits are still good."""

    when: When = {}
    title: str = ""
    at_least: Amount | None = None
    at_most: Amount | None = None
    below: Severity = Severity.ADVICE
    above: Severity = Severity.WARN


class LengthCheck(CheckBase):
    """The first range that matches the text applies; ``count`` is stated with every finding."""

    shape: Literal["length"]
    count: CountRule = CountRule.WORDS
    ranges: tuple[LengthRange, ...] = Field(min_length=1)


PersonalKind = Literal[
    "resident_id",
    "resident_id_doubtful",
    "mobile",
    "landline",
    "bank_card",
    "plate",
    "email",
    "name",
    "address",
]


class PersonalCheck(CheckBase):
    """Data about persons. ``roles`` are the words after which a name is looked for."""

    shape: Literal["personal"]
    find: dict[PersonalKind, Severity] = Field(min_length=1)
    roles: tuple[str, ...] = ()


class WordGroup(Strict):
    """Words that should not stand in a text; one inside a phrase of ``unless`` is let pass."""

    title: str
    severity: Severity
    words: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    advice: str = ""


class WordsCheck(CheckBase):
    """Word lists as data: secrecy, personnel and finance, forbidden phrases."""

    shape: Literal["words"]
    groups: dict[str, WordGroup] = Field(min_length=1)


FigureKind = Literal["total", "share", "growth", "percent"]


class FiguresCheck(CheckBase):
    """Figures that contradict each other within a sentence; a stated figure may be rounded."""

    shape: Literal["figures"]
    find: dict[FigureKind, Severity] = Field(min_length=1)


DateKind = Literal["impossible", "weekday", "order", "future"]


class DatesCheck(CheckBase):
    """Dates that do not exist, fall on another weekday, run backwards or lie in the future."""

    shape: Literal["dates"]
    find: dict[DateKind, Severity] = Field(min_length=1)


class DuplicateCheck(CheckBase):
    """Texts that repeat others: by shared runs of ``run`` characters.

    ``near``: so much of both is the same; ``contained``: so much of this one stands in another; ``split``: at least
    ``split_items`` others each share so much with it (one event in several items).
    """

    shape: Literal["duplicate"]
    run: int = Field(default=6, ge=3, le=20)
    near: int = Field(default=80, ge=1, le=100)
    contained: int = Field(default=60, ge=1, le=100)
    split: int = Field(default=30, ge=1, le=100)
    split_items: int = Field(default=2, ge=2)
    severity: Severity = Severity.WARN


class ChecklistCheck(CheckBase):
    """Questions the author answers at submission: the terms of a vocabulary."""

    shape: Literal["checklist"]
    vocabulary: VocabularyName
    required: bool = False


class PermissionCheck(CheckBase):
    """Which grades an outlet may carry: the attribute ``attr`` of the outlet's term lists them."""

    shape: Literal["permission"]
    outlets: VocabularyName
    grades: VocabularyName
    attr: str = "grades"


class DataCheck(CheckBase):
    """A predicate over the columns of a table; TRUE means the row fails, NULL that it passes."""

    shape: Literal["data"]
    fails_when: str
    severity: Literal["error", "warning"] = "error"
    owner: str = ""


class SampleCheck(CheckBase):
    """So large a part of a population is drawn at random and looked at.

    ``share`` and the band ``low`` to ``high`` are percent; ``at_least`` holds for a small population. ``stratum`` is
    a column each value of which is drawn from; the draw itself must be reproducible (``seed``: what it hangs on).
    """

    shape: Literal["sample"]
    population: str
    per: PeriodKind
    share: Decimal | ParamName
    low: Decimal | ParamName | None = None
    high: Decimal | ParamName | None = None
    at_least: Amount = 0
    rounding: Literal["up", "nearest", "down"] = "up"
    stratum: str = ""
    seed: str = ""


class ReconcileCheck(CheckBase):
    """Figures of several levels must agree both ways: the sum of each level is the cell of the one above it."""

    shape: Literal["reconcile"]
    levels: VocabularyName
    both_ways: bool = True


TextCheck = LengthCheck | PersonalCheck | WordsCheck | FiguresCheck | DatesCheck | DuplicateCheck
CheckClause = TextCheck | ChecklistCheck | PermissionCheck | DataCheck | SampleCheck | ReconcileCheck
MODELS = (
    LengthCheck,
    PersonalCheck,
    WordsCheck,
    FiguresCheck,
    DatesCheck,
    DuplicateCheck,
    ChecklistCheck,
    PermissionCheck,
    DataCheck,
    SampleCheck,
    ReconcileCheck,
)
