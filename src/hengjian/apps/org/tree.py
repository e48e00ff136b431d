"""The tree of units walked in memory.

Who is above and below whom is asked on every page. The whole tree without names is one light question (some hundred
rows for a province); the recursive one costs several times as much.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from hengjian.apps.org.models import Unit


@dataclass(frozen=True)
class Tree:
    """``parents``: unit → the unit above it, None at the top."""

    parents: dict[int, int | None]

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for unit, parent in self.parents.items():
            if parent is not None:
                found[parent].append(unit)
        return found

    def above(self, unit: int) -> list[int]:
        """From the top down to ``unit`` itself.

        >>> Tree({1: None, 2: 1, 3: 2}).above(3)
        [1, 2, 3]
        """
        line: list[int] = []
        here: int | None = unit
        while here is not None and here not in line:
            line.append(here)
            here = self.parents.get(here)
        return line[::-1]

    def below(self, unit: int) -> frozenset[int]:
        """``unit`` and all beneath it.

        >>> sorted(Tree({1: None, 2: 1, 3: 2, 4: None}).below(1))
        [1, 2, 3]
        """
        found: set[int] = set()
        waiting = [unit]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting.extend(self._children.get(here, ()))
        return frozenset(found)


def standing_tree() -> Tree:
    """The tree as it stands in the database now."""
    return Tree(dict(Unit.objects.order_by().values_list("pk", "parent_id")))
