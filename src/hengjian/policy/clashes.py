"""Answers to different questions that would change the same field of a clause: two such answers cannot both stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from hengjian.policy.model import Option, Reading
from hengjian.policy.patch import overlap


@dataclass(frozen=True, slots=True)
class Answer:
    """An option of a reading."""

    reading: str
    key: str
    option: Option

    def __str__(self) -> str:
        return f"{self.reading}={self.key}"

    def yields_to(self, other: Answer) -> bool:
        return other.key in self.option.yields_to.get(other.reading, ())


@dataclass(frozen=True, slots=True)
class Clash:
    """Two answers and the path both would change."""

    one: Answer
    other: Answer
    path: str

    @property
    def sentence(self) -> str:
        return f"理解 {self.one} 和 {self.other} 都要改“{self.path}”，不能同时采用"


def standing(readings: Mapping[str, Reading], chosen: Mapping[str, str]) -> list[Answer]:
    """The answers taken (``chosen``: reading → option, for all readings), without those that yield to another."""
    taken = [Answer(r.id, chosen[r.id], r.options[chosen[r.id]]) for r in readings.values()]
    return [a for a in taken if not any(a.yields_to(b) for b in taken)]


def clashes(answers: Iterable[Answer]) -> Iterator[Clash]:
    """Pairs that change the same field to different values. The same value twice is no clash."""
    for one, other in combinations([a for a in answers if a.option.set], 2):
        if one.reading == other.reading or one.yields_to(other) or other.yields_to(one):
            continue
        path = _shared(one.option, other.option)
        if path:
            yield Clash(one, other, path)


def possible(readings: Mapping[str, Reading]) -> list[Clash]:
    """Every clash somebody could switch on."""
    return list(clashes(Answer(r.id, key, o) for r in readings.values() for key, o in r.options.items()))


def _shared(one: Option, other: Option) -> str:
    for path, value in one.set.items():
        for rival, there in other.set.items():
            if overlap(path, rival) and not (path == rival and value == there):
                return max(path, rival, key=len)
    return ""
