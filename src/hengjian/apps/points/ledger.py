"""The ledger compared with the engine: what is missing is appended, what no longer holds is reversed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hengjian.apps.points.engine import Row, Scored, ShareRow
from hengjian.apps.points.models import LedgerLine, PersonShare
from hengjian.apps.regs.models import Installation

Signature = tuple[object, ...]


@dataclass(frozen=True)
class Difference:
    """What one period's ledger needs to agree with the facts."""

    period: str
    added: tuple[Row, ...] = ()
    reversed: tuple[LedgerLine, ...] = ()
    shares: tuple[ShareRow, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.reversed or self.shares)

    @property
    def net(self) -> dict[int | None, Decimal]:
        """Points by unit that posting would add; units left as they are do not appear."""
        found: dict[int | None, Decimal] = defaultdict(Decimal)
        for row in self.added:
            found[row.unit] += row.points
        for line in self.reversed:
            found[line.unit_id] -= line.points
        return {unit: points for unit, points in found.items() if points}

    def without(self, other: Difference) -> Difference:
        """What is in this difference and not in ``other``: what a change in between has brought about."""
        old_rows = Counter(map(signature_of_row, other.added))
        added = []
        for row in self.added:
            if old_rows[signature_of_row(row)]:
                old_rows[signature_of_row(row)] -= 1
            else:
                added.append(row)
        gone = {line.pk for line in other.reversed}
        was = {(s.unit, s.person, s.item): s.points for s in other.shares}
        now = {(s.unit, s.person, s.item): s.points for s in self.shares}
        changed = {
            key: now.get(key, Decimal(0)) - was.get(key, Decimal(0)) for key in now.keys() | was.keys()
        }
        shares = tuple(
            ShareRow(self.period, *key, points) for key, points in sorted(changed.items()) if points
        )
        return Difference(
            self.period, tuple(added), tuple(x for x in self.reversed if x.pk not in gone), shares
        )


def differences(installation: Installation, scored: Scored) -> dict[str, Difference]:
    """Period → difference, for periods that have one. Zero rows are explained on the page, not posted."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in scored.rows:
        if row.points:
            rows[row.period].append(row)
    lines: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in standing_lines(installation):
        lines[line.origin.key].append(line)
    shares = _share_differences(installation, scored)
    found = {}
    for period in sorted({*rows, *lines, *shares}):
        difference = compare(period, rows[period], lines[period], shares.get(period, []))
        if difference:
            found[period] = difference
    return found


def compare(
    period: str, rows: Iterable[Row], lines: Iterable[LedgerLine], shares: Iterable[ShareRow]
) -> Difference:
    """Match rows with standing lines one to one; what finds no partner is added or reversed."""
    waiting: dict[Signature, list[LedgerLine]] = defaultdict(list)
    for line in lines:
        waiting[signature_of_line(line)].append(line)
    added = []
    for row in rows:
        partners = waiting.get(signature_of_row(row))
        if partners:
            partners.pop(0)
        else:
            added.append(row)
    left = sorted((line for group in waiting.values() for line in group), key=lambda line: line.pk)
    return Difference(period, tuple(added), tuple(left), tuple(shares))


def standing_lines(installation: Installation) -> Iterable[LedgerLine]:
    """Lines that count: not reversed, and not themselves a reversal."""
    lines = LedgerLine.objects.filter(period__installation=installation, reverses=None, reversed_by=None)
    return lines.prefetch_related("origin", "period").order_by("pk")  # few periods, many lines


def signature_of_row(row: Row) -> Signature:
    return (
        row.unit, row.clause, row.rule, row.article, row.version, _chosen(row.reading),
        row.item, row.evidence, row.points.normalize(),
    )  # fmt: skip


def signature_of_line(line: LedgerLine) -> Signature:
    return (
        line.unit_id, line.clause, line.rule, line.article, line.version, _chosen(line.reading),
        line.item_id, tuple(line.evidence), line.points.normalize(),
    )  # fmt: skip


def _chosen(reading: str) -> tuple[str, ...]:
    """Readings that depart from the pack's default. Naming one more default changes no line."""
    return tuple(part for part in reading.split("、") if "=" in part)


def _share_differences(installation: Installation, scored: Scored) -> dict[str, list[ShareRow]]:
    wanted: dict[tuple[str, int, int, int], Decimal] = defaultdict(Decimal)
    for share in scored.shares:
        wanted[share.period, share.unit, share.person, share.item] += share.points
    posted = PersonShare.objects.filter(period__installation=installation)
    for period, unit, person, item, points in posted.values_list(
        "origin__key", "unit_id", "person_id", "item_id", "points"
    ):
        wanted[period, unit, person, item] -= points
    found: dict[str, list[ShareRow]] = defaultdict(list)
    for key, points in sorted(wanted.items()):
        if points:
            found[key[0]].append(ShareRow(*key, points))
    return found
