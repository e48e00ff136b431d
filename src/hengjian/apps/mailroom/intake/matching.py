"""Which department a subject means. Only an exact name decides; likeness is a suggestion to a person."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from datetime import date

from rapidfuzz import fuzz, process

from hengjian.apps.org.models import Unit, UnitAlias
from hengjian.apps.org.queries import standing

LIKE, SHOWN = 55, 3
_NOISE = re.compile(r"[\s()（）\[\]【】［］〔〕「」『』〖〗《》<>＜＞·.,，。、:：;；+＋_—-]+")


def plain(text: str) -> str:
    """Without width, case, brackets, blanks and signs.

    >>> plain(" （综合 科）")
    '综合科'
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


class Matcher:
    """The departments below ``house`` that exist on ``day``, by all their names."""

    def __init__(self, house: Unit, day: date) -> None:
        below = house.descendants(include_self=False)
        self.units = {unit.pk: unit for unit in standing(below, day)}
        self._names: dict[str, set[int]] = defaultdict(set)
        prefixes = [plain(name) for name in (house.name, house.short_name) if name]
        aliases = UnitAlias.objects.filter(unit__in=self.units).values_list("unit_id", "text")
        for unit in self.units.values():
            for name in (unit.name, unit.short_name):
                self._add(plain(name), unit.pk, prefixes)
        for pk, text in aliases:
            self._add(plain(text), pk, prefixes)

    def _add(self, name: str, pk: int, prefixes: list[str]) -> None:
        if not name:
            return
        self._names[name].add(pk)
        for prefix in prefixes:
            if name.startswith(prefix) and name != prefix:
                self._names[name[len(prefix) :]].add(pk)
            else:
                self._names[prefix + name].add(pk)

    def find(self, text: str) -> Unit | None:
        """The one department of that name; None when there is none or more than one."""
        found = self._names.get(plain(text), set())
        return self.units[next(iter(found))] if len(found) == 1 else None

    def suggest(self, text: str) -> list[Unit]:
        """A few that come near, best first."""
        wanted = plain(text)
        if not wanted:
            return []
        if exact := self._names.get(wanted):
            return [self.units[pk] for pk in sorted(exact)][:SHOWN]
        near = process.extract(wanted, list(self._names), scorer=fuzz.WRatio, limit=30, score_cutoff=LIKE)
        found: dict[int, Unit] = {}
        for name, _, _ in near:
            for pk in sorted(self._names[name]):
                found.setdefault(pk, self.units[pk])
        return list(found.values())[:SHOWN]
