"""Many lives at once, each act in its turn: a life is a generator that yields the moment of its next act."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterable
from datetime import datetime
from itertools import count
from typing import TypeVar

from django.db import transaction

Life = Generator[datetime, None, None]
R = TypeVar("R")
Stretch = Generator[datetime, None, R]  # part of a life that hands something back
BATCH = 400  # acts a commit: a year is a dozen commits, not thousands


class Clockwork:
    def __init__(self, until: datetime) -> None:
        self.until = until
        self._order = count()
        self._due: list[tuple[datetime, int, Life]] = []

    def start(self, lives: Iterable[Life]) -> None:
        for life in lives:
            self._wait(life)

    def run(self) -> int:
        """Wake the earliest life again and again; what lies after ``until`` stays undone, as in life."""
        done = 0
        while self._due:
            with transaction.atomic():
                for _ in range(BATCH):
                    if not self._due:
                        break
                    _, _, life = heapq.heappop(self._due)
                    self._wait(life)
                    done += 1
        return done

    def _wait(self, life: Life) -> None:
        moment = next(life, None)
        if moment is not None and moment <= self.until:
            heapq.heappush(self._due, (moment, next(self._order), life))
