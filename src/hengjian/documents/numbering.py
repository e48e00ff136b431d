"""Heading numbers of official documents: 一、 （一） 1. （1）."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hengjian.documents.model import ArticleTitle, Block, Heading
from hengjian.documents.text import chinese_number


def mark(level: int, number: int) -> str:
    """The mark of the ``number``-th heading of a level.

    >>> [mark(level, 2) for level in (1, 2, 3, 4)]
    ['二、', '（二）', '2.', '（2）']
    """
    match level:
        case 1:
            return f"{chinese_number(number)}、"
        case 2:
            return f"（{chinese_number(number)}）"
        case 3:
            return f"{number}."
        case _:
            return f"（{number}）"


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Pair every block with its mark ("" where it has none). A new article starts again at one.

    >>> [m for _, m in numbered((Heading(1, "甲"), Heading(2, "乙"), Heading(1, "丙"), Heading(2, "丁")))]
    ['一、', '（一）', '二、', '（一）']
    """
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, ArticleTitle):
            counts = [0, 0, 0, 0]
        if not isinstance(block, Heading) or not block.numbered:
            yield block, ""
            continue
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (4 - block.level)
        yield block, mark(block.level, counts[block.level - 1])
