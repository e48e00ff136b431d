"""What the store hands in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hengjian.base.errors import HengjianError

TYPES = ("VARCHAR", "DATE", "TIMESTAMP", "INTEGER", "BIGINT", "DECIMAL(18,2)", "DOUBLE", "BOOLEAN")


class StoreError(HengjianError):
    """The store cannot do that; says what and why."""


class StoreBusy(StoreError):
    """Another writer holds the store and did not let go in time."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and its DuckDB type, one of ``TYPES``."""

    name: str
    type: str = "VARCHAR"


@dataclass(frozen=True, slots=True)
class Version:
    """One commit that touched the table. ``at`` is the time given by the writer, naive local."""

    number: int
    at: datetime | None
    author: str
    message: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What a write did. ``version`` is None when nothing changed (the same rows again)."""

    version: int | None
    inserted: int
    updated: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Changed:
    """One row of the change feed: ``before`` is None for a new row, ``after`` for a deleted one."""

    version: int
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened between two versions, as SQL that stands after FROM on a connection of the store.

    ``after``: the changed rows as they are; ``before``: every state that was replaced.
    """

    after: str
    before: str
