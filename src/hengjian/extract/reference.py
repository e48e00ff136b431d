"""The tables of facts the finders read: roles, courts, laws, causes, case types. CSV files, read once."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of ``reference/<name>.csv``."""
    text = files("hengjian.extract").joinpath(f"reference/{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@dataclass(frozen=True, slots=True)
class Role:
    """A word that opens a line of the head: a party, or somebody who acts for the party before."""

    written: str
    standard: str
    side: str  # first | second | third | agent | office


@dataclass(frozen=True, slots=True)
class PartyRoles:
    """All roles by their written form and the patterns made from them."""

    by_word: Mapping[str, Role]
    opening: re.Pattern[str]  # a party at the start of a line
    anybody: re.Pattern[str]  # a party or an agent at the start of a line, or anywhere before a colon


@cache
def party_roles() -> PartyRoles:
    """The roles of ``roles.csv``; longer words win over shorter ones."""
    table = {row["written"]: Role(row["written"], row["role"], row["side"]) for row in rows("roles")}
    words = sorted(table, key=len, reverse=True)
    parties = "|".join(re.escape(word) for word in words if table[word].side != "agent")
    agents = "|".join(re.escape(word) for word in words if table[word].side == "agent")
    everybody = "|".join(re.escape(word) for word in words)
    before = r"(?:^|(?<=[\n。；])|(?<=号)|(?<=书)|(?<=之[一二三四五六七八九]))"
    after = r"(?=[（：\u4e00-\u9fffA-Za-zＸ×*\d·“])(?!人民法院|的|之间|及其|均|在|提)"
    common = (
        r"(?:(?:以上|上列|上述|前述)[^，。：；\n]{1,16}?(?:共同)?的?|[^，。：；\n（]{2,40}?(?:的|共同的?))"
    )
    comma = r"(?<=，)(?P<inline>经营者|业主|投资人|法定代表人)(?=[：\u4e00-\u9fff])"
    inside = r"(?<=[\u4e00-\u9fff\dX*？?])"
    return PartyRoles(
        table,
        re.compile(rf"{before}(?P<role>{parties}){after}"),
        re.compile(
            rf"{before}(?:{common}(?P<agent>{agents})|(?P<role>{everybody})){after}|{inside}(?P<colon>{everybody})(?=：)|{comma}"
        ),
    )


@cache
def courts() -> frozenset[str]:
    """Names of courts, each in its full form and without the province."""
    return frozenset(row["name"] for row in rows("courts"))


@cache
def court_by_code() -> Mapping[str, str]:
    """法院代字 → name of the court, where only one court is known to use it."""
    return {row["daizi"]: row["name"] for row in rows("courts") if row["daizi"]}


@cache
def case_types() -> Mapping[str, tuple[str, str]]:
    """类型代字 → (kind, procedure), rules of 2016."""
    return {row["daizi"]: (row["kind"], row["procedure"]) for row in rows("case_types")}


@cache
def causes() -> Mapping[str, str]:
    """Cause → its kind (刑事, 民事, 行政 …)."""
    return {row["name"]: row["kind"] for row in rows("causes")}


@cache
def laws() -> Mapping[str, int]:
    """Law → its highest article, 0 where unknown."""
    return {row["name"]: int(row["articles"] or 0) for row in rows("laws")}


@cache
def law_short_names() -> Mapping[str, str]:
    """刑法 → 中华人民共和国刑法, for laws with one full name."""
    state = "中华人民共和国"
    return {name.removeprefix(state): name for name in laws() if name.startswith(state)}


@dataclass(frozen=True, slots=True)
class Variant:
    """Another way of writing the same thing, from one day to another."""

    field: str
    written: str
    standard: str
    since: str
    until: str


@cache
def variants(field: str) -> Mapping[str, tuple[Variant, ...]]:
    """Written form → standard forms of a field (``cause``, ``law``), each with the days it holds."""
    table: dict[str, list[Variant]] = {}
    for row in rows("variants"):
        if row["field"] == field:
            one = Variant(field, row["written"], row["standard"], row["since"], row["until"])
            table.setdefault(row["written"], []).append(one)
    return {written: tuple(found) for written, found in table.items()}
