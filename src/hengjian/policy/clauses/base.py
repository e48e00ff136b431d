"""What every clause has, whatever its kind."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Unknown keys are errors; a loaded pack never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ClauseBase(Strict):
    """A clause cites its articles and carries two dates: in force, and known.

    ``id`` is the path inside the pack (``points/bulletin``); ``since`` is inclusive, ``until`` exclusive.
    """

    id: str
    title: str
    articles: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    known_from: date | None = None
    note: str = ""
