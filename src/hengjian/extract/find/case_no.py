"""Case numbers, new style （2018）陕08刑终17号 and old style （2014）青刑一终字第253号."""

from __future__ import annotations

import re

from hengjian.extract.model import Document, Found
from hengjian.extract.reference import case_types

_SERIAL = r"(?P<serial>\d{1,8}(?:[-、]\d{1,8}){0,3})号(?P<part>之[一二三四五六七八九十]{1,3})?"
_BODY = r"(?P<body>[\u4e00-\u9fff][\u4e00-\u9fff0-9]{1,22}?)(?P<word>字第|字|第)?"
_YEAR = r"(?P<year>[12]\d{3}|二[〇○零][〇○零一二三四五六七八九]{2})"
NUMBER = re.compile(rf"[（〔]{_YEAR}[）〕]{_BODY}{_SERIAL}")
_DAMAGED = re.compile(rf"(?:[（〔]{_YEAR}|(?<!\d){_YEAR.replace('year', 'year2')}[）〕]?){_BODY}{_SERIAL}")
_YEARLESS = re.compile(
    r"(?:^|(?<=[\n书号]))(?P<body>[\u4e00-\u9fff]{1,6}[刑民行执赔][\u4e00-\u9fff]{1,4})字第(?P<serial>\d{1,6})号"
)
_ARABIC = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_KINDS = {"刑": "刑事", "民": "民事", "行": "行政", "赔": "赔偿", "执": "执行", "商": "民事", "知": "民事"}


def find_case_no(doc: Document) -> tuple[Found | None, list[str]]:
    """The number of the case itself, with doubts; numbers of other cases come after the parties."""
    start, end = doc.parts.title
    end = min(len(doc.text), end + 1)
    found = NUMBER.search(doc.text, start, end)
    if found:
        return _value(found, found["year"]), _doubts(doc, found, end)
    found = _DAMAGED.search(doc.text, start, end)
    if found:
        year = found["year"] or found["year2"]
        return _value(found, year), [f"case_no: 年份的括号不全，按{year}年读"]
    found = _YEARLESS.search(doc.text, start, end)
    if found:
        return Found(found[0], *found.span()), ["case_no: 案号没有年份"]
    return None, ["case_no: 首部没有印案号"]


def _value(found: re.Match[str], year: str) -> Found:
    word = found["word"] or ""
    value = f"（{year.translate(_ARABIC)}）{found['body']}{word}{found['serial']}号{found['part'] or ''}"
    return Found(value, *found.span())


def _doubts(doc: Document, first: re.Match[str], end: int) -> list[str]:
    value = _value(first, first["year"]).value
    others = {_value(one, one["year"]).value for one in NUMBER.finditer(doc.text, first.end(), end)} - {value}
    return [f"case_no: 首部印有几个案号，另有{'、'.join(sorted(others))}"] if others else []


def kind_and_procedure(case_no: str) -> tuple[str, str]:
    """(案件类型, 审判程序) by the letters of the number; empty where they say nothing.

    >>> kind_and_procedure("（2018）陕08刑终17号"), kind_and_procedure("（2014）渝高法民申字第01315号")
    (('刑事', '二审'), ('民事', '再审'))
    """
    body = case_no.partition("）")[2] or case_no
    letters = re.sub(r"字?第?[\d、-]+号.*$", "", body)
    modern = re.sub(r"^.*\d", "", letters)
    if modern in case_types():
        return case_types()[modern]
    at = max((letters.rfind(c) for c in _KINDS), default=-1)
    if at < 0:
        return "", ""
    kind, rest = _KINDS[letters[at]], letters[at + 1 :]
    if "行" in letters and kind == "赔偿":
        kind = "行政"
    return kind, _procedure(kind, rest)


def _procedure(kind: str, rest: str) -> str:
    if kind == "执行":
        return {"异": "执行异议", "复": "执行复议", "监": "执行监督"}.get(rest[:1], "执行实施")
    for letters, name in (
        ("再提", "再审"),
        ("终抗", "二审"),
        ("初", "一审"),
        ("申监", "再审"),
        ("特", "特别程序"),
    ):
        if any(c in rest for c in letters):
            return name
    return ""
