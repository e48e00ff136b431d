"""The same piece of markup many times over, escaped in one call: a call a row costs several times as much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import chain

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

NOTHING = mark_safe("")
SUB = '<span class="sub">{}</span>'
"""A second line in a cell."""


class Word(str):
    """A word of a page, escaped as Django does it, without its look for texts that are translated late."""

    __slots__ = ()

    def __html__(self) -> str:
        return escape(self)


class _Escaped(str):
    """A word that has been escaped together with its neighbours."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


MARK = "\0"


def _words(values: Iterable[object]) -> list[object]:
    """``word`` for many: all plain texts are escaped in one call, parted by a character no page may hold."""
    found = [str(value) if type(value) is int else value for value in values]
    plain = [value for value in found if type(value) is str]
    escaped = escape(MARK.join(plain)).split(MARK)
    if len(escaped) != len(plain):
        return [word(value) for value in found]
    turn = map(_Escaped, escaped)
    return [next(turn) if type(value) is str else value for value in found]


def word(value: object) -> object:
    """Plain text and numbers as words; whatever knows its own markup stays what it is."""
    return Word(value) if type(value) is str or type(value) is int else value


def put(piece: str, *words: object) -> SafeString:
    """``format_html`` for texts: ``piece`` is written in the source, with ``{}`` for each word.

    >>> put("<b>{}</b>{}", "<甲>", put("<i>{}</i>", 1))
    '<b>&lt;甲&gt;</b><i>1</i>'
    """
    return format_html(piece, *map(word, words))


def put_if(piece: str, text: object) -> SafeString:
    """``piece`` with ``text`` in it; nothing where there is no text."""
    return put(piece, text) if text else NOTHING


def repeated(piece: str, rows: Iterable[Sequence[object]], between: str = "") -> SafeString:
    """``piece`` (written in the source, with ``{}`` for each word) once for each row.

    >>> repeated("<li>{}</li>", [["a"], ["<b>"]])
    '<li>a</li><li>&lt;b&gt;</li>'
    """
    filled = list(rows)
    if not filled:
        return NOTHING
    return format_html(between.join([piece] * len(filled)), *_words(chain.from_iterable(filled)))
