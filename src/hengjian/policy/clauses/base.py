"""What every clause has, whatever its kind, and how a field says what it refers to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """Unknown keys are errors; a loaded pack never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ClauseBase(Strict):
    """A clause cites its articles and carries two dates: in force, and known.

    ``id`` is the path inside the pack (``points/bulletin``); ``since`` is inclusive, ``until`` exclusive.
    Without dates a clause has those of its pack. ``active: false`` keeps a clause in store that only a
    reading's option switches on.
    """

    id: str = Field(pattern=r"^[a-z0-9_-]+(/[a-z0-9_-]+)*$")
    title: str
    articles: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    known_from: date | None = None
    active: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field whose text must exist elsewhere in the pack; the loader checks it.

    ``to`` is ``param`` (values.yaml), ``clause`` (an id), ``term`` (a key of ``vocabulary``),
    ``table`` (tables/<name>.csv), ``vocabulary`` (a definition) or ``when`` (a condition).
    """

    to: Literal["param", "clause", "term", "table", "vocabulary", "when"]
    vocabulary: str = ""


ParamName = Annotated[str, Ref("param")]
ClauseId = Annotated[str, Ref("clause")]
TableName = Annotated[str, Ref("table")]
VocabularyName = Annotated[str, Ref("vocabulary")]
RoleKey = Annotated[str, Ref("term", "role")]
# {field: [values]}: where the pack has a vocabulary of the field's name, the values must be its keys.
When = Annotated[dict[str, tuple[str, ...]], Ref("when")]
