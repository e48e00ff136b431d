"""Facts carried as tables in ``reference/``: read once, never changed."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from types import MappingProxyType

from hengjian.base.errors import HengjianError

REFERENCE = Path(__file__).resolve().parent / "reference"
Row = MappingProxyType[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of ``reference/<name>.csv``; HengjianError when there is no such table.

    >>> [row["abbreviation"] for row in table("provinces") if row["code"] == "37"]
    ['鲁']
    """
    path = REFERENCE / f"{name}.csv"
    if not path.is_file():
        raise HengjianError(f"没有对照表“{name}”，现有的是 {'、'.join(names())}。")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(MappingProxyType(row) for row in csv.DictReader(file))


def names() -> tuple[str, ...]:
    """The names of all tables, sorted."""
    return tuple(sorted(path.stem for path in REFERENCE.glob("*.csv")))


@cache
def province_codes() -> tuple[str, ...]:
    """Two digits a resident id may begin with (GB/T 2260 and the codes for Hong Kong, Macao, Taiwan)."""
    return tuple(row["code"] for row in table("provinces"))


@cache
def court_words() -> tuple[str, ...]:
    """The words a court code begins with: province abbreviations, 兵, 军."""
    words = [row["abbreviation"] for row in table("provinces") if row["abbreviation"]]
    return (*words, "兵", "军")


@cache
def type_words() -> tuple[str, ...]:
    """类型代字 in use, the longest first."""
    words = {row["daizi"] for row in table("case_types") if row["daizi"]}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
