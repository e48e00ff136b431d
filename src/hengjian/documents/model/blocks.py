"""The blocks a document's body is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hengjian.documents.model.runs import Text
from hengjian.documents.model.table import Table


class Role(StrEnum):
    """What a paragraph is, which decides how it is set."""

    BODY = "body"  # 正文：仿宋，首行空二字
    REMARK = "remark"  # 按语：楷体
    BYLINE = "byline"  # 供稿、署名：楷体，居右
    CENTER = "center"  # 居中，不缩进
    FLUSH = "flush"  # 顶格，不缩进


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4 (一、 （一） 1. （1）), numbered by the writers unless ``numbered`` is off.

    ``body`` is text that runs on in the same paragraph, as is usual from the second level on.
    """

    level: int
    text: str
    body: Text = ""
    numbered: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError("a heading has level 1 to 4")


@dataclass(frozen=True, slots=True)
class ArticleTitle:
    """The title of one article in an edition; the contents list is made of these."""

    text: str
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class ListBlock:
    """Items one below the other; ordered items are marked 1. 2. 3., others with ·"""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or picture: ``svg`` or ``png``. ``alt`` says in words what it shows. Width in millimetres."""

    svg: str = ""
    png: bytes = b""
    caption: str = ""
    alt: str = ""
    width: float = 140.0

    def __post_init__(self) -> None:
        if not self.svg and not self.png:
            raise ValueError("a figure needs svg or png")


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = Heading | ArticleTitle | Paragraph | ListBlock | Table | Figure | PageBreak
