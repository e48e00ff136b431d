"""The parts of a pack besides its clauses, as they stand in the files (strict, frozen)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field, field_validator

from hengjian.policy.clauses.base import Strict


class PackInfo(Strict):
    """pack.yaml: what the regulation is and when it holds."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    title: str
    short_title: str = ""
    number: str = ""
    issuer: str
    since: date
    since_assumed: bool = False
    since_reason: str = ""
    until: date | None = None
    known_from: date | None = None
    supersedes: tuple[str, ...] = ()
    interpreter: str = ""
    last_checked: date | None = None
    note: str = ""


class Article(Strict):
    """articles.yaml: an article in our own words, carried out by clauses or a statement with its reason."""

    article: str
    gist: str
    clauses: tuple[str, ...] = ()
    statement: str = ""


class DatedValue(Strict):
    """A value from a day on; ``known`` is the day from which it was known; a null ends the value."""

    since: date = Field(alias="from")
    known: date | None = None
    value: Decimal | None
    article: str = ""
    document: str = ""


class Param(Strict):
    """values.yaml: a parameter with its dated values, oldest first."""

    title: str
    unit: str = ""
    article: str
    note: str = ""
    values: tuple[DatedValue, ...] = Field(min_length=1)


class Option(Strict):
    """One way to read a text: what it would change in which clause fields.

    ``yields_to``: with one of these answers to another question this one does not arise, and nothing is changed.
    """

    title: str
    set: dict[str, Any] = {}
    yields_to: dict[str, tuple[str, ...]] = {}


class Reading(Strict):
    """readings.yaml: an open question of the text with its options; the chosen one is on record."""

    id: str = Field(pattern=r"^[A-Z][A-Z0-9]*\d$")
    articles: tuple[str, ...]
    question: str
    ambiguity: str = ""
    options: dict[str, Option] = Field(min_length=1)
    default: str = "default"
    reason: str = ""
    decided_by: str = ""
    document: str = ""
    decided_on: date | None = Field(default=None, alias="date")

    @field_validator("options", mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        """``option: 标题`` is short for ``option: {title: 标题}``."""
        if not isinstance(value, dict):
            return value
        return {key: {"title": item} if isinstance(item, str) else item for key, item in value.items()}
