"""Where a name ends, and whether it is a person or an organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengjian.extract.model import Found

_ORGANISATION = re.compile(
    r"(?:公司|厂|局|中心|院|所|店|部|会|社|行|学|校|政府|队|集团|合伙|站|馆|园|厅|委|处|办|矿|场|库|户|超市|银行|分行|支行|组|村|段"
    r"|商行|企业|联盟|基金|大学|幼儿园|合作社|经营部|事务所|研究院|医院|酒店|工作室|俱乐部|酒楼|饭店|商场|大厦|广场|总社|联社|署|庭)$"
)
_OFFICE = re.compile(
    r"(?:检察院(?:第.分院|.{0,6}分院)?|人民法院|政府|[局厅署]|委员会|分局|派出所|支队|大队|监狱|海关)$"
)
_NAME_END = re.compile(
    r"[，。；：\n（]|(?:男|女)[，。]|、(?=男|女)|[?？]{2}"
    r"|(?:曾)?因(?:涉嫌|犯|本案|吸|盗|故意|寻衅|打架|酒|抢|诈)|曾用名|涉嫌|以(?:被告|罪犯)|于\d{4}年|[（]?统一社会"
)
_SHORT = re.compile(r"(?:以下|下)?(?:均?简称|称)：?[为“”\"]{0,2}(?P<short>[^“”\"）]{2,20})")
_SAID_BRACKET = re.compile(r"（[^（）]*(?:简称|下称)[^（）]*）")
_STRIP = "“”\"'、：·. "
_SELF = ("自报姓名", "自报名", "自报", "自称")
_LIST = re.compile(r"[、]|(?<=[\u4e00-\u9fff])[及和](?=[\u4e00-\u9fff]{2,4}$)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name, the short form the text gives it, and where reading stopped."""

    found: Found
    short: str
    end: int


def read_names(text: str, begin: int, stop: int) -> list[Name]:
    """The name or names printed from ``begin``: 张三 · 甲公司（以下简称甲） · 张三、李四."""
    while begin < stop and text[begin] in "：、 \n“":
        begin += 1
    end, short = _end(text, begin, stop)
    written = text[begin:end]
    names = []
    at = begin
    if short and "（" in written:
        value = _SAID_BRACKET.sub("", written)
        return [Name(Found(value, begin, end), short, end)]
    parts = _LIST.split(written) if "、" in written and not _ORGANISATION.search(written[:-1]) else [written]
    if len(parts) > 1 and any(not part or len(part) > 12 for part in parts):
        parts = [written] if not _all_named(parts) else parts
    for part in parts:
        place = text.index(part, at) if part else at
        found = _trim(part, place)
        if found:
            names.append(Name(found, short, end))
        at = place + len(part)
    return names


def _all_named(parts: list[str]) -> bool:
    return all(part and (len(part) <= 4 or _ORGANISATION.search(part)) for part in parts)


def _end(text: str, begin: int, stop: int) -> tuple[int, str]:
    """End of the name, and its short form; a bracket inside an organisation's name belongs to it."""
    position, short = begin, ""
    while True:
        found = _NAME_END.search(text, position, stop)
        if found is None:
            return stop, short
        if found[0] != "（":
            return found.start(), short
        close = text.find("）", found.start(), min(stop, found.start() + 80))
        if close < 0:
            return found.start(), short
        said = _SHORT.search(text, found.start(), close)
        short = said["short"] if said else short
        following = _NAME_END.search(text, close + 1, stop)
        rest = text[close + 1 : following.start() if following else stop]
        if rest and _ORGANISATION.search(rest) and len(rest) <= 30:
            position = close + 1
            continue
        return found.start(), short


def _trim(written: str, start: int) -> Found | None:
    end = start + len(written)
    while start < end and written[0] in _STRIP:
        written, start = written[1:], start + 1
    for word in _SELF:
        if written.startswith(word) and len(written) > len(word):
            written, start = written[len(word) :], start + len(word)
            break
    while written and written[-1] in _STRIP:
        written, end = written[:-1], end - 1
    return Found(written, start, end) if written else None


def is_organisation(name: str) -> bool:
    """True for a firm, an office, a village group …

    >>> is_organisation("清岚县人民政府"), is_organisation("王某甲")
    (True, False)
    """
    return len(name) > 3 and (_ORGANISATION.search(name) is not None or "公司" in name)


def kind_of(name: str, role: str) -> str:
    """自然人, 机关, 法人 (companies) or 组织."""
    if role.endswith("机关") or _OFFICE.search(name):
        return "机关"
    if not is_organisation(name):
        return "自然人" if len(name) <= 15 else "组织"
    return "法人" if name.endswith(("公司", "厂", "银行", "集团", "医院", "大学", "学校")) else "组织"
