"""One rule as written, and the same with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from hengjian.base.errors import Place


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Owner(StrEnum):
    """The department that corrects: 立案, 审判, 执行."""

    FILING = "filing"
    TRIAL = "trial"
    EXECUTION = "execution"


def _text(value: object) -> object:
    """An id of digits only is read from YAML as a number; it is meant as text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_text)]


class WrittenRule(BaseModel):
    """The door: unknown keys and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Annotated[Text, Field(min_length=1, max_length=120, pattern=r"^[^\s,;\"]+$")]
    title: Annotated[str, Field(min_length=1)]
    fails_when: Annotated[str, Field(min_length=1)]
    basis: Text = ""
    message: str = ""
    family: str = ""
    severity: Annotated[Severity, Field(strict=False)] = Severity.ERROR
    owner: Annotated[Owner, Field(strict=False)] = Owner.FILING
    since: date | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to be compiled; ``place`` is where its predicate stands."""

    id: str
    title: str
    fails_when: str
    severity: Severity
    owner: Owner
    place: Place
    basis: str = ""
    message: str = ""
    family: str = ""
    since: date | None = None
    until: date | None = None

    def in_force(self, on: date | None) -> bool:
        """Whether the rule runs on ``on``; without a day it does. ``until`` is the last day."""
        if on is None:
            return True
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)
