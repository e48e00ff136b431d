"""Many documents: one JSON object a line in, one line of facts out, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hengjian.base.errors import HengjianError, Place
from hengjian.extract.resolve import extract


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input file, with its number for messages."""

    file: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The facts as one line of JSON, or what is wrong with the line of input."""

    facts: str
    error: str = ""


def answer(line: Line) -> Answer:
    """Facts of one line; a line that cannot be read never stops the others.

    >>> answer(Line("in.jsonl", 3, "{")).error
    'in.jsonl:3: 这一行不是 JSON，请每行写一个 {"id": …, "text": …}。'
    """
    where = Place(line.file, line.number)
    try:
        row = json.loads(line.text)
    except ValueError:
        return Answer(
            "", str(HengjianError('这一行不是 JSON，请每行写一个 {"id": …, "text": …}。', where=where))
        )
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
        return Answer("", str(HengjianError("这一行缺少 id 或 text，请补上。", where=where)))
    facts = extract(row["text"], row["id"])
    return Answer(json.dumps(facts, ensure_ascii=False))


def lines_of(file: str, text: Iterable[str]) -> Iterator[Line]:
    """The lines that hold something."""
    for number, line in enumerate(text, 1):
        if line.strip():
            yield Line(file, number, line)
