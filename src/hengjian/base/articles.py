"""References to articles of a regulation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengjian.base.errors import HengjianError

_REF = re.compile(
    r"(?P<article>[0-9A-Za-z一-鿿]+(?:·[0-9A-Za-z一-鿿]+)*(?:之[一二三四五六七八九十]+)?)(?:\.(?P<paragraph>\d+))?(?:\((?P<item>\d+)\))?"
)
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True, order=True)
class ArticleRef:
    """An article, optionally with paragraph (款) and item (项): ``24``, ``24.2``, ``26(3)``, ``附件``.

    A text without numbered articles is cited by its headings: ``工作要求·规范程序``.

    >>> ArticleRef.parse("24.2(3)").label
    '第二十四条第二款第三项'
    >>> str(ArticleRef.parse("24.2(3)"))
    '24.2(3)'
    >>> ArticleRef.parse("工作要求·明确任务(2)").label
    '“工作要求·明确任务”部分第二项'
    """

    article: str
    paragraph: int | None = None
    item: int | None = None

    @classmethod
    def parse(cls, text: str) -> ArticleRef:
        match = _REF.fullmatch(str(text).strip())
        if not match:
            raise HengjianError(f"“{text}”不是条款号，请写成 24、24.2 或 24.2(3) 这样的形式。")
        paragraph, item = match["paragraph"], match["item"]
        return cls(match["article"], int(paragraph) if paragraph else None, int(item) if item else None)

    @property
    def label(self) -> str:
        """How a Chinese document prints it."""
        text = (
            f"第{chinese_number(int(self.article))}条" if self.article.isdigit() else _heading(self.article)
        )
        if self.paragraph:
            text += f"第{chinese_number(self.paragraph)}款"
        return text + (f"第{chinese_number(self.item)}项" if self.item else "")

    def __str__(self) -> str:
        text = self.article + (f".{self.paragraph}" if self.paragraph else "")
        return text + (f"({self.item})" if self.item else "")


def _heading(text: str) -> str:
    """A path of headings is quoted; a plain name (附件) stands as it is."""
    return f"“{text}”部分" if "·" in text else text


def chinese_number(value: int) -> str:
    """Write 1–999 the way article numbers are printed.

    >>> [chinese_number(n) for n in (5, 10, 14, 20, 28, 105, 110)]
    ['五', '十', '十四', '二十', '二十八', '一百零五', '一百一十']
    """
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and rest and not tens:
        text += "零"
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    return text + (_DIGITS[ones] if ones else "") or "零"
