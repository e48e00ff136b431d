"""The words a text is read with: concepts, courts, dimensions, and the fillers that change nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    CONCEPT = "concept"
    COURT = "court"
    DIM = "dim"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of the text that means something. ``key``: the concept's, the court's (with ``+``: and those below)."""

    start: int
    end: int
    kind: Kind
    key: str
    text: str


@dataclass(frozen=True)
class Concept:
    """``names``: the title first, then aliases. ``measure``: the unit it is counted in."""

    key: str
    names: tuple[str, ...]
    measure: str

    @property
    def spoken(self) -> set[str]:
        """Names and their cores: 新收案件数 is also said 新收."""
        return {name for n in self.names for name in (n, core(n)) if len(name) >= 2}


@dataclass(frozen=True)
class Court:
    """``whole_names`` speak of the court with all courts below it."""

    code: str
    names: tuple[str, ...]
    whole_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    concepts: tuple[Concept, ...]
    courts: tuple[Court, ...]
    dims: dict[str, str] = field(default_factory=dict)  # value as said → name of the dimension
    own: str = ""  # the court 本院 means

    @cached_property
    def concept(self) -> dict[str, Concept]:
        return {c.key: c for c in self.concepts}

    @cached_property
    def _meanings(self) -> dict[str, set[tuple[Kind, str]]]:
        found: dict[str, set[tuple[Kind, str]]] = {}
        for concept in self.concepts:
            for name in concept.spoken:
                found.setdefault(name, set()).add((Kind.CONCEPT, concept.key))
        for court in self.courts:
            for name in court.names:
                found.setdefault(name, set()).add((Kind.COURT, court.code))
            for name in court.whole_names:
                found.setdefault(name, set()).add((Kind.COURT, court.code + "+"))
        for value in self.dims:
            found.setdefault(value, set()).add((Kind.DIM, value))
        for name in ("本院", "我院") if self.own else ():
            found.setdefault(name, set()).add((Kind.COURT, self.own))
        return {name: meanings for name, meanings in found.items() if name}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        names = sorted(self._meanings, key=lambda n: (-len(n), n))
        return re.compile("|".join(map(re.escape, names))) if names else None

    def words(self, text: str) -> list[Word]:
        """Longest first, none over another. A name of two concepts is kept with both keys, parted by |."""
        if self._pattern is None:
            return []
        found = []
        for match in self._pattern.finditer(text):
            meanings = self._meanings[match.group()]
            kinds = {kind for kind, _ in meanings}
            kind = Kind.COURT if Kind.COURT in kinds else next(iter(sorted(kinds)))
            keys = "|".join(sorted(key for k, key in meanings if k is kind))
            found.append(Word(*match.span(), kind, keys, match.group()))
        return found


_TAIL = re.compile(r"(?:案件)?(?:数量|件数|总数|总量|数|量)?$")


def core(name: str) -> str:
    """What is left when 案件 and 数 are not said.

    >>> core("新收案件数"), core("结案率"), core("未结案件")
    ('新收', '结案率', '未结')
    """
    return _TAIL.sub("", name)


FILLERS = (
    "今年以来|各类案件|各级法院|两级法院|人民法院|案件数量|案件|法院|各类|各级|两级|数量|总数|总量|件数|数额|金额|总额"
    "|共计|合计|累计|总计|一共|共|其中|分别|为止|为|达到|达|是|有|有所|约|近|了|已|的|和|及|与|则|在|于|即|全部|整个|仅"
    "|发出|提出|数值|数据|项目|指标|单位|上升到|上升至|下降到|下降至|提高到|提高至|降至|升至|增至|减至|同期|全年|期间|情况|方面|上|中有|数|量|元|万|件|个|个月"
)
_FILL = re.compile(rf"(?:{FILLERS}|[\s,、:;()\"“”《》\[\]<>*#|/.·-]|\d+[.、]|[一二三四五六七八九十]+、)+")


def leftover(text: str, words: Iterable[Word], start: int, end: int) -> str:
    """What between two places is neither a known word nor a filler: it may narrow the meaning, so it is named."""
    at, rest = start, []
    for word in sorted(words, key=lambda w: w.start):
        if word.end <= start or word.start >= end:
            continue
        rest.append(text[at : max(word.start, at)])
        at = max(at, word.end)
    rest.append(text[at:end])
    return "".join(_FILL.sub("", piece) for piece in rest)


def distinct(words: Iterable[Word]) -> list[Word]:
    return list(dict.fromkeys(words))
