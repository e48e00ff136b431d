"""Case records of the invented city: the last months are counted from them, a few wrong ones corrected."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from hengjian.apps.indicators.acts.compute import compute_figures
from hengjian.apps.indicators.acts.records import load_records
from hengjian.apps.indicators.records import items
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor
from hengjian.base.periods import Period

COUNTED = ("filing_rate", "filing_timely", "payment_rate")
MONTHS = 3
WRONG = 3
HEADS = (
    "case_id",
    "case_no",
    "court",
    "department",
    "filed_on",
    "filed_online",
    "filed_in_time",
    "fee_paid_on",
    "fee_online",
)
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many cases a court filed in a month, and how many of them on line, in time, paid, paid on line."""

    filed: int
    online: int
    in_time: int
    paid: int
    paid_online: int


def rows_of(court: str, code: str, period: Period, wanted: Wanted, *, slipped: int = 0) -> Iterator[Row]:
    """``slipped``: so many cases filed on line are on record as filed at the window."""
    days = (period.end - period.first).days
    for n in range(wanted.filed):
        day = period.first + timedelta(days=n * days // max(wanted.filed, 1))
        online = n < wanted.online
        slip = wanted.online - slipped <= n < wanted.online
        timely = _said(n < wanted.in_time) if online and not slip else ""
        paid = day.isoformat() if n < wanted.paid else ""
        yield (
            f"{code}-{period}-{n + 1:04}", f"（{day.year}）{code}民初{day.month:02}{n + 1:04}号", court, "立案庭",
            day.isoformat(), _said(online and not slip), timely, paid,
            _said(n < wanted.paid_online) if paid else "",
        )  # fmt: skip


def file_of(scene: Scene, rows: list[Row]) -> bytes:
    """CSV with the labels of the items as headings."""
    known = items(scene)
    text = io.StringIO()
    csv.writer(text).writerows([[known[key].label for key in HEADS], *rows])
    return text.getvalue().encode()


def load_month(actor: Actor, scene: Scene, period: Period, courts: Mapping[str, tuple[str, Wanted]]) -> None:
    """The export of the systems, a few rows of the first court wrong; the figures out of it."""
    place, first = scene.installation, next(iter(courts))
    rows = [
        row
        for court, (code, wanted) in courts.items()
        for row in rows_of(court, code, period, wanted, slipped=WRONG if court == first else 0)
    ]
    load_records(actor, place, name=f"{period.label}立案和交费.csv", data=file_of(scene, rows))
    compute_figures(actor, place, period=period, indicators=COUNTED)


def correct_month(
    actor: Actor, scene: Scene, period: Period, courts: Mapping[str, tuple[str, Wanted]]
) -> None:
    """The wrong rows sent again; the figures counted again with the reason."""
    sent = send_anew(actor, scene, period, courts)
    reason = f"{sent} 件网上立案误录为窗口立案，核对卷宗后更正。"
    compute_figures(actor, scene.installation, period=period, indicators=COUNTED, reason=reason)


def send_anew(actor: Actor, scene: Scene, period: Period, courts: Mapping[str, tuple[str, Wanted]]) -> int:
    """The rows of the first court that went wrong, as they should be; how many."""
    court, (code, wanted) = next(iter(courts.items()))
    right = list(rows_of(court, code, period, wanted))[wanted.online - WRONG : wanted.online]
    load_records(actor, scene.installation, name=f"{period.label}立案更正.csv", data=file_of(scene, right))
    return len(right)


def _said(yes: bool) -> str:
    return "是" if yes else "否"


def recorded(months: list[Period]) -> frozenset[Period]:
    return frozenset(months[-MONTHS:])
