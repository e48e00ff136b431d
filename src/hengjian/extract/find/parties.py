"""The parties of the head with birth, number, address, and those who act for them."""

from __future__ import annotations

import re
from itertools import pairwise

from hengjian.extract.find.agents import read_agent
from hengjian.extract.find.names import kind_of, read_names
from hengjian.extract.model import Document, Found, Party
from hengjian.extract.numbers import DATE, read_date
from hengjian.extract.reference import party_roles

_AFTER_ROLE = re.compile(
    r"(?:[暨兼及](?:原审)?(?:刑事)?(?:附带民事诉讼)?(?:原告人?|被告人?|上诉人|被上诉人|被害人|法定代理人))?"
    r"(?:（(?P<former>[^（）\n]{1,40})）)?[：、]?"
)
_BORN = re.compile(rf"(?:(?<=[，。：\n])|生于|出生于|出生日期)?：?{DATE}(?=出?生|[，。）；]|汉|于|$)")
_BEFORE_BIRTH = re.compile(
    r"(?:[男女]性?[，。]|族[，。]|生于|出生于|出生日期：?|人[，。]|）[，。]|\*[，。]|[\dX][，。]|[号码][，。])$"
)
_ID = re.compile(
    r"(?:身份证号码?|公民身份证?号码|身份号码|身份证|统一社会信用代码|组织机构代码证?|社会信用代码)(?:号码?)?[为：，]?"
    r"(?P<value>[0-9A-Za-z*×xXＸ＊-]{6,24})"
)
_INTRO = re.compile(
    r"(?P<role>再审申请人|被?上诉人|被申请人|申请执行人|被执行人|(?<!反诉)原告(?!人)|(?<!反诉)被告(?!人))"
    r"(?P<name>[^，。；、：（）\n诉与因不]{2,30}?)(?=诉|与|因|不服|[，。（]|申请执行)"
)
_ADDRESS = re.compile(
    r"(?:^|[，。；、\n（])(?:现|家|捕前|暂)?(?P<word>住所地址?|住所|住址|居住地|经常居住地|住|营业地|经营场所|注册地|地址"
    r"|户籍(?:[^，。：；\n省市县区州]{0,5}?地址?)?)(?:为|在|位于|于|：|地：)?(?P<value>[^，。；\n（）]{2,60})"
)


def find_parties(doc: Document) -> tuple[list[Party], list[str]]:
    """Everybody of the head in order, and doubts about them."""
    start, end = doc.parts.parties
    roles = party_roles()
    marks = list(roles.anybody.finditer(doc.text, start, end))
    parties: list[Party] = []
    group: list[Party] = []
    doubts: list[str] = []
    seen: set[tuple[str, str]] = set()  # a later line of the head may speak of a party already read
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else end
        role = roles.by_word[mark["role"] or mark["agent"] or mark["colon"] or mark["inline"]]
        if role.side == "agent":
            read_agent(doc, mark, stop, parties, group)
            continue
        found = _read_party(doc, mark, stop, role.standard)
        fresh = [one for one in found if (one.role.value, one.name.value) not in seen]
        if fresh:
            group = fresh
            parties += fresh
            seen.update((one.role.value, one.name.value) for one in fresh)
    _same_address(parties)
    doubts += _from_intro(doc, parties)
    if not parties:
        doubts.append("parties: 首部没有读到当事人")
    return parties, doubts


def _from_intro(doc: Document, parties: list[Party]) -> list[str]:
    """A role that the introduction names and the head lacks: its party, with a doubt."""
    begin, end = doc.parts.body
    close = doc.text.find("一案", begin, min(end, begin + 400))
    doubts: list[str] = []
    names, roles = {one.name.value for one in parties}, {one.role.value for one in parties}
    for found in _INTRO.finditer(doc.text, begin, close) if close > 0 else ():
        role, name = party_roles().by_word[found["role"]].standard, found["name"]
        if role in roles or name in names or any(name == one.short for one in parties):
            continue
        names.add(name)
        place = Found(name, *found.span("name"))
        parties.append(Party(Found(role, *found.span("role")), place, kind_of(name, role)))
        doubts.append(f"parties: 首部没有{role}{name}，按案件由来补")
    return doubts


def _same_address(parties: list[Party]) -> None:
    """住址同上 means that of the party before."""
    for before, party in pairwise(parties):
        if party.address and party.address.value.startswith("同上"):
            value = before.address.value if before.address else None
            party.address = Found(value, party.address.start, party.address.end) if value else None


def _read_party(doc: Document, mark: re.Match[str], stop: int, standard: str) -> list[Party]:
    text = doc.text
    after = _AFTER_ROLE.match(text, mark.end())
    begin = after.end() if after else mark.end()
    names = read_names(text, begin, stop)
    former = (after and after["former"]) or ""
    role = Found(standard, *mark.span("role" if mark["role"] else "colon"))
    found = [
        Party(role, name.found, kind_of(name.found.value, standard), former, name.short) for name in names
    ]
    if len(found) == 1:
        _details(doc, found[0], names[0].end, stop)
    return found


def _details(doc: Document, party: Party, begin: int, stop: int) -> None:
    text = doc.text
    number = _ID.search(text, begin, stop)
    if number:
        party.id_no = Found(number["value"].upper(), *number.span("value"))
    if party.kind == "自然人":
        party.born_on = _birth(text, begin, min(stop, begin + 160))
    party.address = _address(text, begin - 1, stop)


def _birth(text: str, begin: int, stop: int) -> Found | None:
    for found in _BORN.finditer(text, begin, stop):
        at = found.start("year")
        said = text.startswith(("出生", "生"), found.end()) or _BEFORE_BIRTH.search(
            text, max(begin - 1, at - 6), at
        )
        day = read_date(found) if said else None
        if day:
            return Found(day.date.isoformat(), at, found.end())
    return None


def _address(text: str, begin: int, stop: int) -> Found | None:
    """The place where the party lives; the registered one only when no other is printed."""
    second = None
    for found in _ADDRESS.finditer(text, max(begin, 0), stop):
        place = Found(found["value"], *found.span("value"))
        if not found["word"].startswith("户籍"):
            return place
        second = second or place
    return second
