"""The text as it is searched: full-width figures and signs made narrow, one character for one, so that places stay."""

from __future__ import annotations

_WIDE = "０１２３４５６７８９％．，～－–—﹣（）：；　"
_NARROW = "0123456789%.,~----():; "
_TABLE = str.maketrans(_WIDE, _NARROW)


def plain(text: str) -> str:
    """Same length, so that a place in one is a place in the other.

    >>> plain("１，２３４件（９８．５％）")
    '1,234件(98.5%)'
    """
    return text.translate(_TABLE)
