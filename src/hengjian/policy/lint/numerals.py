"""Numbers of headings as Chinese papers print them: 一、 （一） 1. (1) 1、 （1）."""

from __future__ import annotations

import re

_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)}
_HAN = r"[一二三四五六七八九十]+"
_WIDE = str.maketrans("（）．", "().")


def read_numeral(text: str) -> tuple[str, int]:
    """The style of a number, named by how that style writes one, and its value (0 where there is none).

    >>> read_numeral("（十五）"), read_numeral("(2)"), read_numeral("3."), read_numeral("二、")
    (('（一）', 15), ('（1）', 2), ('1', 3), ('一', 2))
    """
    plain = text.strip().translate(_WIDE)
    inner = plain.strip("()").rstrip(".、")
    brackets = plain.startswith("(")
    if inner.isdigit():
        return ("（1）" if brackets else "1"), int(inner)
    if re.fullmatch(_HAN, inner):
        return ("（一）" if brackets else "一"), _chinese(inner)
    return text.strip() or "空", 0


def _chinese(text: str) -> int:
    if "十" not in text:
        return _DIGITS[text[0]]
    tens, ones = text.split("十", 1)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
