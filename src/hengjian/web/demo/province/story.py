"""What the lives of the province share: the courts, the cases, the days on which things happen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import Model

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree
from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.access import Actor, system_actor
from hengjian.apps.org.models import Unit
from hengjian.apps.statistics.place import Place, place_of_dataset
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_instant, to_local
from hengjian.web.demo.caserows import Cases
from hengjian.web.demo.court import Court

CLOSED_MONTHS = 2
"""Full months of checks behind us."""


@dataclass
class Story:
    """``begins``: the day the province's data was taken over, the first of a month."""

    court: Court
    dataset: Dataset
    cases: Cases
    random: Random
    until: datetime
    months: list[Period] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)  # case id → row of ``cases``

    @property
    def begins(self) -> date:
        return self.months[0].first

    def day(self, days: int, hour: int, minute: int = 0) -> datetime:
        """So many days into the story, or the Monday after."""
        return at(workday(self.begins + timedelta(days=days)), hour, minute)

    def place(self) -> Place:
        return place_of_dataset(self.fresh())

    def agreed(self, login: str, at: datetime, subject: Model, opinion: str = "同意。") -> None:
        """``login`` signs the step that waits in the course of ``subject``."""
        course = running.current(subject)
        if course is None:
            raise HengjianError(f"{subject}不在审批中。")
        agree(self.actor(login, at), course, opinion=opinion)

    def actor(self, login: str, at: datetime) -> Actor:
        """``login`` without the office's prefix: ``qinglan-tongji``."""
        return self.court.actor(f"{self.court.data['login_prefix']}{login}", at)

    def system(self, at: datetime) -> Actor:
        return system_actor("每日质检", at)

    def unit(self, key: str) -> Unit:
        return self.court.units[key]

    def courts(self, *levels: str) -> Iterator[tuple[str, Unit]]:
        """Key and unit of the courts of these levels, in order."""
        for row in self.court.data["courts"]:
            if row["level"] in levels:
                yield row["key"], self.court.units[row["key"]]

    def above(self, key: str) -> str:
        """Key of the court above."""
        return next(str(row.get("parent", "")) for row in self.court.data["courts"] if row["key"] == key)

    def key_of(self, unit: Unit) -> str:
        return next(key for key, row in self.court.units.items() if row.pk == unit.pk)

    def fresh(self) -> Dataset:
        self.dataset.refresh_from_db()
        return self.dataset


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return to_instant(datetime.combine(day, time(hour, minute)))


def workday(day: date) -> date:
    """The same day, or the Monday after."""
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def months_before(now: datetime) -> list[Period]:
    """The full months of checks and the one that runs."""
    months = [Period.of(to_local(now).date(), PeriodKind.MONTH)]
    while len(months) <= CLOSED_MONTHS:
        months.insert(0, months[0].previous())
    return months
