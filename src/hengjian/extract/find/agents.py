"""Those who act for a party: counsel, legal representatives, guardians, defenders."""

from __future__ import annotations

import re

from hengjian.extract.find.names import read_names
from hengjian.extract.model import Agent, Document, Found, Party
from hengjian.extract.numbers import read_int
from hengjian.extract.reference import party_roles

_COMMON = re.compile(
    r"(?:以上|上列|上述|前述|[二三四五六七八九十两0-9]{1,2}(?:名|位)?(?:原|被|上|再|申|第))[^，。\n]{0,14}?$"
)
_NUMBER = re.compile(r"[二三四五六七八九十两0-9]{1,2}")
_AFTER = re.compile(
    r"(?:（[^（）\n]{1,30}）)?(?:[暨兼及](?:附带民事)?(?:诉讼)?、?(?:委托|诉讼|法定|辩护)*(?:代理)?人)?(?:（[^（）\n]{1,30}）)?[：、]?"
)


def read_agent(
    doc: Document, mark: re.Match[str], stop: int, parties: list[Party], group: list[Party]
) -> None:
    """Add the agent at ``mark`` to the party before it, or to several when the text says so."""
    text = doc.text
    after = _AFTER.match(text, mark.end())
    names = read_names(text, after.end() if after else mark.end(), stop)
    group_name = next(name for name in ("role", "agent", "colon", "inline") if mark[name])
    role = Found(party_roles().by_word[mark[group_name]].standard, *mark.span(group_name))
    targets = _targets(text, mark.end(), parties, group)
    for name in names:
        if len(name.found.value) > 30:
            continue
        for party in targets:
            party.agents.append(Agent(role, name.found))


def _targets(text: str, at: int, parties: list[Party], group: list[Party]) -> list[Party]:
    line = text[max(0, at - 24) : at].rpartition("\n")[2].rpartition("。")[2]
    if _COMMON.search(line) or "共同" in text[at : at + 6]:
        number = _NUMBER.search(line)
        many = read_int(number[0]) if number else None
        same = [party for party in parties if group and party.role.value == group[-1].role.value]
        if many and many > len(same):  # 上述三人: whatever their roles
            return parties[-many:]
        return same[-many:] if many and many <= len(same) else same
    return group
