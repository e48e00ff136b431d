"""Two texts side by side: paragraphs are matched first, then the words inside those that changed."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

_FIGURE = re.compile(r"\d[\d,.]*%?|[A-Za-z]+|\s+|[^\dA-Za-z\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """``kind``: same, ins (only in the new text), del (only in the old)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph: the old side, the new side, and both in one line of text."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    inline: tuple[Piece, ...]
    changed: bool


@cache
def _cutter() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return jieba


def tokens(text: str) -> list[str]:
    """Words; figures with their separators and per cent signs stay whole, so that 1,234 is one word.

    >>> tokens("审结1,234件")
    ['审结', '1,234', '件']
    """
    found: list[str] = []
    for part in _FIGURE.findall(text):
        found += [part] if part[0].isascii() else _cutter().lcut(part, HMM=False)
    return found


def compare(old: str, new: str) -> list[Row]:
    """Rows of paragraphs in the order of the new text; deleted ones stand where they were."""
    before, after = old.splitlines(), new.splitlines()
    rows: list[Row] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [_row((Piece("same", line),)) for line in before[i1:i2]]
        else:
            rows += _paired(before[i1:i2], after[j1:j2])
    return rows


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterable[Row]:
    """Changed paragraphs beside each other where they are alike; what is left over came or went."""
    for index in range(max(len(before), len(after))):
        old = before[index] if index < len(before) else ""
        new = after[index] if index < len(after) else ""
        yield _row(tuple(_pieces(old, new)))


def _pieces(old: str, new: str) -> Iterable[Piece]:
    a, b = tokens(old), tokens(new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(a[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("del", "".join(a[i1:i2]))
        if j2 > j1:
            yield Piece("ins", "".join(b[j1:j2]))


def _row(pieces: tuple[Piece, ...]) -> Row:
    return Row(
        old=tuple(p for p in pieces if p.kind != "ins"),
        new=tuple(p for p in pieces if p.kind != "del"),
        inline=pieces,
        changed=any(p.kind != "same" for p in pieces),
    )


def changed_characters(rows: Iterable[Row]) -> tuple[int, int]:
    """How many characters came and went."""
    pieces = [p for row in rows for p in row.inline]
    return (
        sum(len(p.text) for p in pieces if p.kind == "ins"),
        sum(len(p.text) for p in pieces if p.kind == "del"),
    )
