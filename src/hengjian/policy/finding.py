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


class Serials(Strict):
    """Column ``column`` of ``table`` should count 1, 2, 3 … without a hole or a blank."""

    table: TableName
    column: str


class Check(Strict):
    """Exactly one computation."""

    total: Total | None = None
    ranges: Ranges | None = None
    unscored: Unscored | None = None
    unique: Unique | None = None
    serials: Serials | None = None

    @model_validator(mode="after")
    def _one(self) -> Check:
        if sum(getattr(self, name) is not None for name in type(self).model_fields) != 1:
            raise ValueError("check 里须写且只写一项：total、ranges、unscored、unique 或 serials。")
        return self


class Finding(Strict):
    """``message`` says what is wrong and what the office may do; with ``check`` it is reported only when found."""

    code: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    articles: tuple[str, ...]
    message: str
    ambiguity: str = ""
    check: Check | None = None
