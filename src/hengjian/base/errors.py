"""One root error. A message says what is wrong, where, and what to do, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a source a person can open: a file with line and column, or a row of a table.

    >>> str(Place("packs/longkou/pack.yaml", line=3))
    'packs/longkou/pack.yaml:3'
    >>> str(Place("items.csv", line=7, column="lead"))
    'items.csv:7 [lead]'
    """

    file: str
    line: int | None = None
    column: int | str | None = None

    def __str__(self) -> str:
        text = self.file if self.line is None else f"{self.file}:{self.line}"
        if self.column is None:
            return text
        return f"{text}:{self.column}" if isinstance(self.column, int) else f"{text} [{self.column}]"


class HengjianError(Exception):
    """Root of all errors a person can mend. ``article`` names the article that demands it, if one does."""

    def __init__(self, message: str, *, where: Place | None = None, article: str | None = None) -> None:
        self.message = message
        self.where = where
        self.article = article
        super().__init__(f"{where}: {message}" if where else message)


class ManyErrors(HengjianError):
    """Several errors found in one reading; loaders and linters collect before they give up."""

    def __init__(self, errors: list[HengjianError]) -> None:
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))
