"""Counting the length of a text by a named rule."""

from __future__ import annotations

import re

from hengjian.policy.clauses.check import CountRule

_HAN = r"[㐀-䶿一-鿿豈-﫿〇\U00020000-\U0003ffff]"
_WIDE = r"[　-〿㐀-䶿一-鿿豈-﫿︐-︟︰-﹏！-｠￠-￦‘’“”…—·\U00020000-\U0003ffff]"
_PATTERNS = {
    CountRule.CHARS: re.compile(r"\S"),
    CountRule.HAN: re.compile(_HAN),
    CountRule.WORDS: re.compile(rf"(?!\s){_WIDE}|(?:(?!{_WIDE})\S)+"),
}

STATED = {
    CountRule.CHARS: "按字符计：汉字、标点、数字、字母各计 1，空白不计",
    CountRule.HAN: "按汉字计：只计汉字",
    CountRule.WORDS: "按字数计：汉字、中文标点各计 1，连续的数字或字母计 1，与文字处理软件的“字数”一致",
}
"""Each rule in the words shown beside a count."""


def count_text(text: str, rule: CountRule = CountRule.WORDS) -> int:
    """The length of ``text`` by ``rule``.

    >>> text = "2024年，审结 1,234 件（GB 9704）。"
    >>> [count_text(text, rule) for rule in (CountRule.CHARS, CountRule.HAN, CountRule.WORDS)]
    [23, 4, 12]
    """
    return sum(1 for _ in _PATTERNS[rule].finditer(text))
