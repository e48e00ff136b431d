"""Text as it may be set: no control characters; dates and numbers as official documents write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# controls, bidirectional overrides, zero-width marks, lone surrogates, byte order marks, non-characters
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_DIGITS = "〇一二三四五六七八九"


def clean(text: str) -> str:
    """Drop what cannot be printed and could reorder or break a document; line ends become ``\\n``.

    >>> clean("甲\\x00乙\\u202e丙\\r\\n丁")
    '甲乙丙\\n丁'
    """
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Clean text on one line.

    >>> one_line(" 关于\\n 通报 ")
    '关于 通报'
    """
    return " ".join(clean(text).split())


def chinese_date(day: date) -> str:
    """A date as official documents write it, Arabic figures without leading zeros.

    >>> chinese_date(date(2024, 6, 3))
    '2024年6月3日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """A counting number below a hundred in Chinese.

    >>> [chinese_number(n) for n in (1, 10, 11, 20, 35)]
    ['一', '十', '十一', '二十', '三十五']
    """
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones else "")


def display_width(text: str) -> float:
    """Width in full-width characters: Latin letters and figures count half.

    >>> display_width("第12期")
    3.0
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)
