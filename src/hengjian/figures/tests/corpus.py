"""An invented province and its register; in ``corpus.txt`` texts about it. Each number is marked with what must be said
of it: ``[[12034件|authorised]]``.

Marks: authorised, differs, never, embargoed, unclear. Numbers without a mark must not be taken for figures at all.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hengjian.figures.names import own_names, whole_names
from hengjian.figures.reading import Reader
from hengjian.figures.register import Entry, Place, Register
from hengjian.figures.spans import Span
from hengjian.figures.words import Concept, Court, Lexicon

NAMES = {
    "high": "江岚省高级人民法院", "lan": "澜州市中级人民法院", "liu": "柳川市中级人民法院",
    "qing": "清岚县人民法院", "wang": "望溪县人民法院", "yun": "云泽县人民法院",
}  # fmt: skip
CONCEPTS = (
    Concept("filed", ("新收案件数", "收案", "新收", "立案"), "件"),
    Concept("closed", ("已结案件数", "审结", "结案", "办结"), "件"),
    Concept("pending", ("未结案件数", "存案"), "件"),
    Concept("rate", ("结案率",), "%"),
    Concept("appeal", ("上诉率",), "%"),
    Concept("amount", ("涉案标的额", "标的额"), "亿元"),
    Concept("days", ("平均审理天数",), "天"),
    Concept("letters", ("司法建议",), "份"),
)
DIMS = {
    "民事": "案件类型",
    "刑事": "案件类型",
    "行政": "案件类型",
    "执行": "案件类型",
    "一审": "审级",
    "二审": "审级",
}

# concept, court, period, dims, written, unit
FIGURES: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("filed", "high+", "2025H1", "", "12034", "件"), ("filed", "high+", "2024H1", "", "11440", "件"),
    ("closed", "high+", "2025H1", "", "11000", "件"), ("closed", "high+", "2024H1", "", "10520", "件"),
    ("pending", "high+", "2025H1", "", "3210", "件"), ("rate", "high+", "2025H1", "", "91.36", "%"),
    ("rate", "high+", "2024H1", "", "90.12", "%"), ("amount", "high+", "2025H1", "", "35.72", "亿元"),
    ("days", "high+", "2025H1", "", "45.3", "天"), ("filed", "high+", "2025H1", "民事", "9000", "件"),
    ("filed", "high+", "2025H1", "刑事", "1200", "件"), ("filed", "high+", "2025H1", "行政", "534", "件"),
    ("filed", "high+", "2025Q1", "", "5800", "件"), ("filed", "high+", "2025Q2", "", "6234", "件"),
    ("filed", "high+", "2025-01~2025-08", "", "16500", "件"), ("filed", "high+", "2024", "", "23561", "件"),
    ("filed", "high", "2025H1", "", "612", "件"), ("closed", "high", "2025H1", "", "580", "件"),
    ("filed", "qing", "2025H1", "", "321", "件"), ("closed", "qing", "2025H1", "", "300", "件"),
    ("rate", "qing", "2025H1", "", "93.46", "%"), ("filed", "qing", "2024H1", "", "300", "件"),
    ("filed", "wang", "2025H1", "", "280", "件"), ("filed", "yun", "2025H1", "", "199", "件"),
    ("closed", "wang", "2025H1", "", "261", "件"), ("filed", "lan+", "2025H1", "", "1402", "件"),
    ("filed", "lan", "2025H1", "", "401", "件"), ("filed", "qing", "2025H1", "民事", "250", "件"),
    ("filed", "qing", "2025-06", "", "55", "件"), ("filed", "qing", "2025-05", "", "50", "件"),
    ("letters", "high+", "2025H1", "", "86", "份"),
)  # fmt: skip
SECRET = (("filed", "high+", "2025Q3", "", "6200", "件"), ("closed", "high+", "2025Q3", "", "5900", "件"))


def lexicon() -> Lexicon:
    courts = [
        Court(code, own_names(name), whole_names(name, top=code == "high")) for code, name in NAMES.items()
    ]
    return Lexicon(CONCEPTS, tuple(courts), DIMS, own="qing")


def place(row: tuple[str, str, str, str, str, str]) -> Place:
    dims = tuple((DIMS[word], word) for word in row[3].split())
    return Place(row[0], row[1], Span.parse(row[2]), dims)


def register(*, inside: bool = False) -> Register:
    """``inside``: as somebody sees it who may know what is embargoed."""
    rows = [(row, False) for row in FIGURES] + [(row, True) for row in SECRET if inside]
    return Register.of(
        Entry(
            n, place(row), Decimal(row[4]), row[5], row[4], "2025年上半年司法统计公报", secret=secret,
            older=(("279", Decimal(279)),) if row[:3] == ("filed", "wang", "2025H1") else (),
        )
        for n, (row, secret) in enumerate(rows)
    )  # fmt: skip


def reader(court: str = "", year: int | None = 2025) -> Reader:
    return Reader(lexicon(), court, year)


def texts() -> dict[str, str]:
    """Those of corpus.txt, by the name on the line that begins with ==."""
    parts = (Path(__file__).parent / "corpus.txt").read_text(encoding="utf-8").split("== ")[1:]
    return {name: text.rstrip("\n") for name, _, text in (part.partition("\n") for part in parts)}


TEXTS = texts()
