"""The SQL files of the shapes, and how words of a pack are bound to them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import duckdb


@cache
def template(name: str) -> str:
    return (files("hengjian.scoring") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def fill(name: str, **fragments: str) -> str:
    """A template with its ``{{names}}`` replaced, fragments first so that they may hold names too."""
    text = template(name)
    for key, value in fragments.items():
        text = text.replace("{{" + key + "}}", value)
    return text


class Texts:
    """Words of a pack that SQL compares with. They are bound once as one value; SQL sees places in a list."""

    _SEPARATOR = "\x1f"

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, word: str) -> str:
        """The SQL expression that stands for a word."""
        if self._SEPARATOR in word:
            raise ValueError(word)
        return f"getvariable('texts')[{self._places.setdefault(word, len(self._places) + 1)}]"

    def bind(self, con: duckdb.DuckDBPyConnection) -> None:
        joined = self._SEPARATOR.join(self._places)
        con.execute("SET VARIABLE texts = string_split($1, chr(31))", [joined])
