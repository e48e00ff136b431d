"""What is known of a matter, and what its clocks say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Facts:
    """``fields`` decide which duties apply (``{"class": "dynamic"}``); ``times`` are what happened when.

    Times are naive local; an absent name or None means: has not happened.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, datetime | None] = field(default_factory=dict)

    def at(self, name: str) -> datetime | None:
        return self.times.get(name)

    def earliest(self, names: tuple[str, ...]) -> datetime | None:
        return min((t for n in names if (t := self.at(n)) is not None), default=None)


class State(StrEnum):
    PENDING = "pending"
    MET = "met"
    LATE = "late"
    MISSED = "missed"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    State.PENDING: "计时中",
    State.MET: "按时",
    State.LATE: "迟报",
    State.MISSED: "未报",
    State.OPEN: "应办，条文未定期限",
    State.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True, slots=True)
class ClockResult:
    """One clock of one matter.

    ``due_at`` at midnight with ``inclusive`` false means "until 24:00 of the day before". ``violated`` says the limit
    was missed; ``chargeable`` whether it may cost points (an excused or advisory stage may not).
    """

    clause: str
    stage: str
    title: str
    article: str
    start: datetime | None
    due_at: datetime | None
    inclusive: bool
    happened_at: datetime | None
    late_by: timedelta | None
    violated: bool
    chargeable: bool
    state: State
    emergency: bool = False
    note: str = ""
    reading: str = ""
