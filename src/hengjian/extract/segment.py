"""Cut a clean judgment into its parts: title, parties, body, decision, signatures, appended texts.

A part is a pair of positions in the clean text. The marks are the fixed words of the official style:
a role at the start of a line, 判决如下, the signing bench, the date, 附.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengjian.extract.numbers import DATE
from hengjian.extract.reference import party_roles

Part = tuple[int, int]

_ORDER = re.compile(
    r"(?:判决|裁定|决定|判令|达成如下协议|命令|协议)如下[：、，；。]?|达成如下(?:调解)?协议[：，；。]?|如下(?:判决|裁定|决定|支付令)[：、，；]?"
)
_LATE_ORDER = re.compile(r"(?:特此通知|(?:判决|裁定|决定)(?:：|[:\n]))")
SIGNERS = (
    r"(?:(?:代理|助理|人民)?审、?判、?[员长]|(?:人民)?陪审员|执行[员长]|审判委员会委员|院长|法官助理|审判员助理"
    r"|(?:见习|实习|代理|代|助理|速录)?书、?记、?员|速录员)"
)
_SIGNATURE = re.compile(
    rf"(?:^|(?<=[\n。；）”，、A-Za-z0-9_]))(?={SIGNERS}[：、]?[^，。；\n]{{1,18}}(?:\n|$|审|代|人民|二|[12]\d|法官|书))"
)
_APPENDIX = re.compile(
    r"\n(?:附(?:件|录|表|页)?[一二1-9]?[：\n]|附(?:本案|相关|本判决|判决|有关|法律|适用|：|裁判|引用|上述|主要|注)[^\n]{0,30}"
    r"|本(?:案|判决|裁定)(?:主要|所)?(?:适用|引用|依据)的?(?:主要)?(?:法律|条文|相关)[^\n]{0,20}|相关法律(?:条文|规定|法条)[^\n]{0,12}"
    r"|《中华人民共和国|《最高人民法院)"
)
_INTRO = re.compile(r"指控|一案|提起公诉|审理|申请执行|向本院|本院(?:依据|在执行|于|受理)")
_REASON = re.compile(
    r"(?:^|(?<=[\n。；]))(?:、)?本院(?:经审[查理](?:后)?|再审|二审|审查|经复[查议])?(?:后)?认为"
)
_LAST_DATE = re.compile(rf"(?:^|(?<=[\n。])){DATE}\s*$")
_LOOK_BACK = 1500
_HEAD = 60_000


@dataclass(frozen=True, slots=True)
class Parts:
    """Where each part stands in the clean text; an absent part is empty."""

    title: Part
    parties: Part
    body: Part
    reasons: Part
    order: Part
    tail: Part
    appendix: Part


def segment(text: str) -> Parts:
    """The parts of a clean judgment, in order of appearance."""
    head_end = min(len(text), _HEAD)
    roles = party_roles()
    first = next(
        (one for one in roles.opening.finditer(text, 0, head_end) if not _is_title(text, one.start())), None
    )
    start = first.start() if first else _no_parties(text)
    order_at, order_from = _find_order(text, start)
    tail = _find_tail(text, order_from)
    appendix = _find_appendix(text, tail)
    body = _body_start(text, start, order_at)
    reasons = _find_reasons(text, body, order_at)
    return Parts(
        title=(0, start),
        parties=(start, body),
        body=(body, reasons),
        reasons=(reasons, order_from),
        order=(order_from, tail),
        tail=(tail, appendix),
        appendix=(appendix, len(text)),
    )


def _is_title(text: str, at: int) -> bool:
    """A line like 被告人某某盗窃一审刑事判决书 is the name of a file."""
    end = text.find("\n", at, at + 80)
    return end > 0 and text[at:end].endswith(("判决书", "裁定书", "调解书", "决定书", "通知书", "一案"))


def _no_parties(text: str) -> int:
    number = re.compile(r"\d{1,6}号").search(text, 0, 400)
    return number.end() if number else 0


def _find_order(text: str, start: int) -> tuple[int, int]:
    """Where the last 判决如下 begins and where what it orders begins."""
    found = None
    for found in _ORDER.finditer(text, start):  # noqa: B007 - the last one is wanted
        pass
    if found is None:
        for found in _LATE_ORDER.finditer(text, start):  # noqa: B007
            pass
    if found is None:
        return len(text), len(text)
    return found.start(), found.end()


def _find_tail(text: str, order_from: int) -> int:
    begin = order_from if order_from < len(text) else max(0, len(text) - _LOOK_BACK)
    found = _SIGNATURE.search(text, begin)
    if found:
        return found.start()
    date = _LAST_DATE.search(text, max(order_from - 60, len(text) - 80, 0))
    if date:
        return date.start()
    if order_from < len(text):
        return len(text)
    last = text.rfind("\n", 0, len(text) - 1)
    return max(last, len(text) - 40, 0)


def _find_appendix(text: str, tail: int) -> int:
    found = _APPENDIX.search(text, tail)
    return found.start() if found else len(text)


def _body_start(text: str, start: int, limit: int) -> int:
    """The line that introduces the case ends the list of parties."""
    roles = party_roles()
    position = start
    stop = min(limit, len(text), start + _HEAD)
    while position < stop:
        found = _LINE_END.search(text, position, stop)
        end = found.start() if found else stop
        line = text[position:end]
        if _introduces(line, roles.opening.match(text, position, end) is not None):
            return position
        position = end + 1
    return _story_inside(text, start, stop)


def _story_inside(text: str, start: int, stop: int) -> int:
    """Where all stands on one line: the words from the last role that lead to 一案."""
    end = text.find("一案", start, stop)
    begin = max(start, end - _STORY_REACH)
    told = None
    for told in _TELLS.finditer(text, begin, end) if end > 0 else ():  # noqa: B007 - the last one is wanted
        pass
    return told.start() if told else stop


_STORY_REACH = 160
_TELLS = re.compile(
    r"(?:原告|上诉人|申请执行人|再审申请人|申请人|异议人|公诉机关)(?!：)(?=[^，。；：\n]{2,60}?(?:与|诉|因))"
)
_LINE_END = re.compile(r"[\n。]")
_PARTY_STORY = re.compile(
    r"^[^，。]{0,60}?(?:(?<![反本])诉[被原第上再申]|与[被原第上再申一]|因与|不服|一案|纠纷|向本院|指控|以被告|以罪犯|控[诉告]|申请执行(?!人))"
)
_STORY = re.compile(
    r"指控|一案|提起公诉|向本院(?:提起|起诉|申请|提出)|(?:法院|本院)[^。]{0,12}(?:审理|受理|立案)|^本院(?:在执行|依据|依法|受理|于)|申请执行[^人]|^关于|^[^，。]{2,40}法院[^，。]{0,20}作出"
)
_BRACKET = re.compile(r"（[^（）\n]{0,60}）")
_CUSTODY = re.compile(r"^(?:因|曾因|现|于|同年|[12]\d{3}年)|被?(?:刑事拘留|逮捕|取保候审|监视居住|羁押)")


def _introduces(line: str, has_role: bool) -> bool:
    if has_role:
        return _PARTY_STORY.match(_BRACKET.sub("", line)) is not None
    found = _STORY.search(line)
    return found is not None and not (_CUSTODY.search(line) and "一案" not in line and "指控" not in line)


def _find_reasons(text: str, body: int, order_at: int) -> int:
    """The last 本院认为 before the order; quoted ones of a lower court come earlier."""
    found = None
    for found in _REASON.finditer(text, body, order_at):  # noqa: B007
        pass
    return found.start() if found else order_at
