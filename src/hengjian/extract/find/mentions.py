"""Where a text speaks of the parties: by name, by short name, or by role alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.extract.model import Party

_ROLE_WORDS = (
    "原告",
    "被告",
    "上诉人",
    "被上诉人",
    "第三人",
    "申请人",
    "被申请人",
    "反诉原告",
    "反诉被告",
    "原审原告",
    "原审被告",
)
_JOIN = re.compile(
    r"^[、和与及， ]{0,2}(?:反诉)?(?:(?:原审)?(?:附带民事诉讼)?(?:原告人?|被告人?|上诉人|被上诉人|第三人|被申请人|申请人))?[ ]*$"
)
_MANY = 40
_GUARDIAN = re.compile(r"的(?:法定代理人|监护人|父亲?|母亲?)[ ]*$|^之?法定代理人[ ]*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """One party, or several joined by 、; ``names`` are the full names."""

    names: tuple[str, ...]
    start: int
    end: int

    @property
    def joined(self) -> str:
        return "、".join(self.names)


class Mentions:
    """Finds the parties of one case in pieces of its text."""

    def __init__(self, parties: Sequence[Party]) -> None:
        self._names: dict[str, tuple[str, ...]] = {}
        self._roles: dict[str, list[str]] = {}
        for party in parties:
            self._add_party(party)
        for role, names in self._roles.items():
            self._names.setdefault(role, tuple(dict.fromkeys(names)))
        self._ordered = sorted((name for name in self._names if len(name) > 1), key=len, reverse=True)
        self._by_start: dict[str, list[str]] = {}
        for name in self._ordered:
            self._by_start.setdefault(name[:2], []).append(name)
        self.sides = _sides(parties)
        self.bracketed = [name for name in self._ordered if "（" in name]

    def _add_party(self, party: Party) -> None:
        full = party.name.value
        self._names[full] = (full,)
        if party.short:
            self._names.setdefault(party.short, (full,))
        for agent in party.agents:
            if agent.role.value.endswith(("法定代理人", "监护人", "经营者")):
                self._names.setdefault(agent.name.value, (agent.name.value,))
        for word in _ROLE_WORDS:
            if (
                party.role.value == word
                or word in _split_roles(party.former)
                or (party.role.value == "上诉人" and word == "上诉人")
            ):
                self._roles.setdefault(word, []).append(full)

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Mention]:
        """Mentions in order, longest name first, neighbours joined by 、 or 和 made one."""
        stop = len(text) if end is None else end
        found = (
            self._search(text, start, stop) if len(self._ordered) > _MANY else self._each(text, start, stop)
        )
        found.sort(key=lambda one: one.start)
        return _join(text, _without_titles(text, found))

    def _each(self, text: str, start: int, stop: int) -> list[Mention]:
        """One search a name: quick for few names."""
        found: list[Mention] = []
        taken: list[tuple[int, int]] = []
        for name in self._ordered:
            at = text.find(name, start, stop)
            while at >= 0:
                over = at + len(name)
                if all(over <= a or at >= b for a, b in taken):
                    taken.append((at, over))
                    found.append(Mention(self._names[name], at, over))
                at = text.find(name, over, stop)
        return found

    def _search(self, text: str, start: int, stop: int) -> list[Mention]:
        """One walk over the text for hundreds of names, looked up by their first two characters."""
        found: list[Mention] = []
        at = start
        while at < stop - 1:
            for name in self._by_start.get(text[at : at + 2], ()):
                if text.startswith(name, at, stop):
                    found.append(Mention(self._names[name], at, at + len(name)))
                    at += len(name) - 1
                    break
            at += 1
        return found


def _sides(parties: Sequence[Party]) -> dict[str, str]:
    sides: dict[str, str] = {}
    for party in parties:
        words = party.former or party.role.value
        first = "原告" in words or (
            "原告" not in words and "被" not in words and party.role.value in ("上诉人", "申请人")
        )
        sides[party.name.value] = "first" if first else "second"
    return sides


def _split_roles(former: str) -> set[str]:
    words = {word.strip() for word in re.split(r"[、，及]", former)}
    return words | {re.sub(r"^(?:原审|一审)", "", word) for word in words}


def _without_titles(text: str, found: list[Mention]) -> list[Mention]:
    """A role word right before a name is the title of that name, no mention of its own."""
    kept = []
    for index, one in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        is_role = text[one.start : one.end] in _ROLE_WORDS
        if is_role and following and text[one.end : following.start].strip(" 人") == "":
            continue
        kept.append(one)
    return kept


def _join(text: str, found: list[Mention]) -> list[Mention]:
    joined: list[Mention] = []
    for one in found:
        if joined:
            between = text[joined[-1].end : one.start]
            if _GUARDIAN.search(between):
                joined[-1] = Mention(one.names, joined[-1].start, one.end)
                continue
            if between and _JOIN.match(between) and "，" not in between:
                names = tuple(dict.fromkeys((*joined[-1].names, *one.names)))
                joined[-1] = Mention(names, joined[-1].start, one.end)
                continue
        joined.append(one)
    return joined
