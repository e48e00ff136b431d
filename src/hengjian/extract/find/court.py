"""The court that decided: the last court named in the title, before the parties."""

from __future__ import annotations

import re

from hengjian.extract.find.case_no import NUMBER
from hengjian.extract.model import Document, Found
from hengjian.extract.reference import court_by_code

_NAME = re.compile(r"[\u4e00-\u9fff·]{2,36}?法院(?!院)")
_PROVINCES = re.compile(
    r"(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    r"|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|中华人民共和国)"
)

_LEAD = re.compile(r".*[书稿网件案号](?=.{4})")


def find_court(doc: Document) -> tuple[Found | None, list[str]]:
    """The court as the title prints it; from the 代字 of the number when the title has none."""
    start, end = doc.parts.title
    found = None
    for found in _NAME.finditer(doc.text, start, end):  # noqa: B007 - the last one is wanted
        pass
    if found:
        return _trim(found), []
    return _by_code(doc, start, end)


def _trim(found: re.Match[str]) -> Found:
    """Without words that a web page or a file name put before the name."""
    name, start = found[0], found.start()
    lead = _LEAD.match(name)
    if lead:
        name, start = name[lead.end() :], start + lead.end()
    first = _PROVINCES.search(name)
    if first and first.start() and name[first.start() - 1] not in "省市区州县盟旗国":
        name, start = name[first.start() :], start + first.start()
    return Found(name, start, found.end())


def _by_code(doc: Document, start: int, end: int) -> tuple[Found | None, list[str]]:
    number = NUMBER.search(doc.text, start, end + 1)
    code = re.match(r"[\u4e00-\u9fff]\d{2,4}|[\u4e00-\u9fff]", number["body"]) if number else None
    if number is None or code is None or code[0] not in court_by_code():
        return None, ["court: 首部没有印法院名称"]
    name, at = court_by_code()[code[0]], number.start("body")
    return Found(name, at, at + len(code[0])), [f"court: 首部没有印法院名称，按案号代字{code[0]}认定"]
