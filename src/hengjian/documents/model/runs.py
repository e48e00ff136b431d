"""Inline text: a run is text in one style; a source becomes a note in small print."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a run differs from the text around it."""

    PLAIN = "plain"
    STRONG = "strong"  # 黑体, the emphasis of official documents
    KAI = "kai"  # 楷体, quotations and remarks
    UNDERLINE = "underline"


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style. ``source`` says where a statement or figure comes from (article, reading)."""

    text: str
    style: Style = Style.PLAIN
    source: str = ""


Text = str | tuple[Run, ...]


def runs_of(text: Text) -> tuple[Run, ...]:
    """The runs of a text; plain strings are one plain run.

    >>> runs_of("计 3 分")
    (Run(text='计 3 分', style=<Style.PLAIN: 'plain'>, source=''),)
    """
    if isinstance(text, str):
        return (Run(text),) if text else ()
    return text


def plain(text: Text) -> str:
    """The characters of a text without style.

    >>> plain((Run("计"), Run("3", Style.STRONG), Run("分")))
    '计3分'
    """
    return text if isinstance(text, str) else "".join(run.text for run in text)
