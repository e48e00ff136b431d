"""The same piece of markup many times over, escaped in one call: a call a row costs several times as much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

NOTHING = mark_safe("")


def repeated(piece: str, rows: Iterable[Sequence[object]], between: str = "") -> SafeString:
    """``piece`` (written in the source, with ``{}`` for each word) once for each row.

    >>> repeated("<li>{}</li>", [["a"], ["<b>"]])
    '<li>a</li><li>&lt;b&gt;</li>'
    """
    filled = list(rows)
    if not filled:
        return NOTHING
    return format_html(between.join([piece] * len(filled)), *chain.from_iterable(filled))
