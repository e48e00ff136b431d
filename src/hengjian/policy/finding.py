"""findings.yaml: what a regulation's own text gets wrong, stated by people or computed from the pack's tables."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from hengjian.policy.clauses.base import ClauseId, Strict, TableName, VocabularyName


class Total(Strict):
    """A printed total: ``declared`` against the rows of ``table``, counted, or summed over column ``sum``."""

    table: TableName
    declared: int
    sum: str = ""
    where: dict[str, tuple[str, ...]] = {}


class Ranges(Strict):
    """Ranges over one scale, each in a clause: no hole and no overlap between ``low`` and ``high`` expected."""

    clauses: tuple[ClauseId, ...] = Field(min_length=2)
    low: str
    high: str


class Unscored(Strict):
    """Every term of ``vocabulary`` should be named by a points clause."""

    vocabulary: VocabularyName


class Unique(Strict):
    """No two rows of ``table`` may agree in ``columns`` (a unit in two classes)."""

    table: TableName
    columns: Annotated[tuple[str, ...], Field(min_length=1)]
    where: dict[str, tuple[str, ...]] = {}


class Serials(Strict):
    """Column ``column`` of ``table`` should count 1, 2, 3 … without a hole or a blank."""

    table: TableName
    column: str
    where: dict[str, tuple[str, ...]] = {}


class Lengths(Strict):
    """The ranges of one length check: no hole and no overlap expected between ``at_least`` and ``at_most``."""

    clause: ClauseId


class Numbering(Strict):
    """Headings as printed: within one ``parent`` the ``number`` counts on, in one style, and not alone."""

    table: TableName
    parent: str
    number: str


class Blank(Strict):
    """Column ``column`` of ``table`` is filled in every row (an owner, a class); ``of`` names the row."""

    table: TableName
    column: str
    of: str
    where: dict[str, tuple[str, ...]] = {}


class Below(Strict):
    """No row of ``table`` asks less in ``column`` than quota ``duty`` asks in a year; ``of`` names the row."""

    table: TableName
    column: str
    of: str
    duty: ClauseId


class Uneven(Strict):
    """Units of one family stand together: where one of a family is listed ``by`` something, all are.

    ``families`` is a vocabulary whose terms have the family in attribute ``attr`` and may contain others (``parent``).
    """

    table: TableName
    by: str
    of: str
    families: VocabularyName
    attr: str


class Check(Strict):
    """Exactly one computation."""

    total: Total | None = None
    ranges: Ranges | None = None
    unscored: Unscored | None = None
    unique: Unique | None = None
    serials: Serials | None = None
    lengths: Lengths | None = None
    numbering: Numbering | None = None
    blank: Blank | None = None
    below: Below | None = None
    uneven: Uneven | None = None

    @model_validator(mode="after")
    def _one(self) -> Check:
        if sum(getattr(self, name) is not None for name in type(self).model_fields) != 1:
            raise ValueError(f"check 里须写且只写一项：{'、'.join(type(self).model_fields)}。")
        return self


class Finding(Strict):
    """``message`` says what is wrong and what the office may do; with ``check`` it is reported only when found."""

    code: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    articles: tuple[str, ...]
    message: str
    ambiguity: str = ""
    check: Check | None = None
