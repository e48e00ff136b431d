"""The scoring engine put to the facts of an installation. Nothing here is stored; the ledger is.

Each period is read as its last day demands; periods read alike are scored together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction

from hengjian.apps.bulletins.models import Fact
from hengjian.apps.points import feed as feeds
from hengjian.apps.points.feed import Feed
from hengjian.apps.points.feed import Row as FeedRow
from hengjian.apps.points.labels import told
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for, packs_on
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.points import share_by_weight
from hengjian.base.times import to_local
from hengjian.policy import Pack
from hengjian.scoring import UNALLOCATED, ExplanationRow, ScoreInput, ScoreResult, score


@dataclass(frozen=True, slots=True)
class Row:
    """One explanation row with the product's own ids; ``unit`` is None where nobody may have the points."""

    period: str
    unit: int | None
    clause: str
    rule: str
    article: str
    version: str
    reading: str
    points: Decimal
    item: int | None
    evidence: tuple[int, ...]
    code: int
    note: str
    have: Decimal | None
    need: Decimal | None


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What a person has of a unit's points for an item in a period."""

    period: str
    unit: int
    person: int
    item: int
    points: Decimal


@dataclass(frozen=True)
class Scored:
    """All rows of an installation, zero rows too; ``choices`` are the readings chosen for each period."""

    rows: tuple[Row, ...]
    shares: tuple[ShareRow, ...]
    disqualified: frozenset[tuple[str, int]]
    digest: str
    packs: dict[str, Pack]

    def of(self, period: str) -> list[Row]:
        return [row for row in self.rows if row.period == period]


def keeps_points(pack: Pack) -> bool:
    """Whether the regulation gives points at all; where it does not, a notice still counts what was done."""
    return any(c.shape == "total" for c in pack.clauses_of("points"))


def period_kind(pack: Pack) -> PeriodKind:
    """The period of account: a month or a quarter, as the pack's total says, else that of its shortest notice."""
    total = next((c for c in pack.clauses_of("points") if c.shape == "total"), None)
    if total is not None:
        return PeriodKind(total.period)
    lengths = {PeriodKind(notice.per) for notice in pack.clauses_of("notice")}
    return PeriodKind.MONTH if PeriodKind.MONTH in lengths else PeriodKind.QUARTER


def periods_of(installation: Installation, pack: Pack, at: datetime) -> list[Period]:
    """Every period of account from the first fact (or today) to today."""
    today = to_local(at).date()
    first = Fact.objects.filter(installation=installation).order_by("happened_at").first()
    start = min(to_local(first.happened_at).date() if first else today, today)
    start = max(start - timedelta(days=7), installation.in_force_from)
    kind = period_kind(pack)
    period, last = Period.of(min(start, today), kind), Period.of(today, kind)
    found = [period]
    while period != last:
        period = period.next()
        found.append(period)
    return found


def packs_of(installation: Installation, periods: Iterable[Period]) -> dict[str, Pack]:
    """Each period's pack, read as decided on its last day."""
    listed = list(periods)
    found = packs_on(installation, [period.last for period in listed])
    return {str(period): found[period.last] for period in listed}


def scored(installation: Installation, at: datetime) -> Scored:
    """Score everything up to the period of ``at``, each period under the readings decided by its last day."""
    pack = pack_for(installation, at)
    if not keeps_points(pack):
        return Scored((), (), frozenset(), "", {})
    periods = periods_of(installation, pack, at)
    packs = packs_of(installation, periods)
    key = (installation.pk, feeds.marker(installation), _readings(packs))
    if not connection.in_atomic_block:
        return _kept(_seen, key, lambda: run(feeds.feed_of(installation, pack), packs))
    result = run(feeds.feed_of(installation, pack), packs)
    transaction.on_commit(lambda: _keep(_seen, key, result))  # what is not committed yet may still vanish
    return result


def run(feed: Feed, packs: dict[str, Pack]) -> Scored:
    """Score ``feed``; ``packs`` gives each period's pack. Equal input gives the result already computed."""
    return _kept(_done, (feed.digest, _readings(packs)), lambda: _run(feed, packs))


_KEEP = 12
_done: dict[object, Scored] = {}
_seen: dict[object, Scored] = {}


def _kept(store: dict[object, Scored], key: object, make: Callable[[], Scored]) -> Scored:
    found = store.get(key)
    if found is None:
        found = make()
        _keep(store, key, found)
    return found


def _keep(store: dict[object, Scored], key: object, found: Scored) -> None:
    while len(store) >= _KEEP:
        store.pop(next(iter(store)), None)
    store[key] = found


def forget() -> None:
    """Drop everything kept between scorings (to measure, and for tests)."""
    _done.clear()
    _seen.clear()


def _readings(packs: dict[str, Pack]) -> tuple[object, ...]:
    return tuple((name, p.digest, tuple(sorted(p.choices.items()))) for name, p in packs.items())


def _run(feed: Feed, packs: dict[str, Pack]) -> Scored:
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    rolls = {name: roll_on(feed, Period.parse(name).last) for name in packs}
    for name, pack in packs.items():
        groups[pack.digest, tuple(sorted(pack.choices.items())), rolls[name]].append(name)
    rows: list[Row] = []
    shares: list[ShareRow] = []
    flagged: set[tuple[str, int]] = set()
    events = {event["event_id"]: event for event in feed.events}
    for names in groups.values():
        pack, wanted = packs[names[0]], set(names)
        result = _score(pack, feed, names, rolls[names[0]])
        mine = [_row(pack, row, events) for row in result.rows if row.period in wanted]
        rows += mine
        shares += shares_of(pack, mine, feed)
        flagged |= {(s.period, _pk(s.unit)) for s in result.scores if s.disqualified}
    rows.sort(key=lambda r: (r.period, r.unit or 0, r.clause, r.item or 0, r.evidence))
    return Scored(tuple(rows), tuple(shares), frozenset(flagged), feed.digest, packs)


Roll = tuple[tuple[tuple[str, str], ...], ...]


def roll_on(feed: Feed, day: date) -> Roll:
    """The list of units as it stood on ``day``: for each the membership that held, else its nearest one."""
    chosen: dict[str, FeedRow] = {}
    for row in feed.units:
        there = chosen.get(row["unit"])
        if (
            there is None
            or _holds(row, day)
            or (not _holds(there, day) and row["listed_from"] <= day.isoformat())
        ):
            chosen[row["unit"]] = row
    return tuple(tuple(row.items()) for row in chosen.values())


def _holds(row: FeedRow, day: date) -> bool:
    text = day.isoformat()
    return row["listed_from"] <= text and (not row["listed_to"] or text <= row["listed_to"])


def _score(pack: Pack, feed: Feed, names: Iterable[str], roll: Roll | None = None) -> ScoreResult:
    units = feed.units if roll is None else tuple(dict(row) for row in roll)
    data = ScoreInput(units, feed.items, feed.events, feed.authors)
    wanted = [Period.parse(name) for name in names]
    years = sorted({Period.of(period.first, PeriodKind.YEAR) for period in wanted})
    return score(pack, data, [*wanted, *years])


def shared_clauses(pack: Pack) -> set[str]:
    """Clauses whose points are divided among authors; all others stay with the department."""
    return {pack.full_id(c) for s in pack.clauses_of("points") if s.shape == "share" for c in s.of}


def shares_of(pack: Pack, rows: Iterable[Row], feed: Feed) -> list[ShareRow]:
    """Divide the points of each item in each department among its authors (the pack's ``share`` clauses)."""
    shared = shared_clauses(pack)
    authors: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for row in feed.authors:
        authors[int(row["item"]), int(row["unit"])].append((int(row["person"]), int(row["weight"])))
    pots: dict[tuple[str, int, int], Decimal] = defaultdict(Decimal)
    for line in rows:
        if line.clause in shared and line.unit is not None and line.item is not None:
            pots[line.period, line.unit, line.item] += line.points
    found = []
    for (period, unit, item), whole in sorted(pots.items()):
        people = authors.get((item, unit))
        if not people or not whole:
            continue
        parts = share_by_weight(whole, [weight for _, weight in people])
        found += [
            ShareRow(period, unit, p, item, part) for (p, _), part in zip(people, parts, strict=True) if part
        ]
    return found


def _row(pack: Pack, row: ExplanationRow, events: Mapping[str, FeedRow]) -> Row:
    return Row(
        period=row.period,
        unit=None if row.unit in (UNALLOCATED, "") else _pk(row.unit),
        clause=pack.full_id(row.clause.removeprefix(f"{pack.id}/")),
        rule=row.rule,
        article=row.article,
        version=row.version.isoformat() if row.version else "",
        reading="、".join(_named(pack, tag) for tag in row.readings),
        points=row.points,
        item=_pk(row.item) if row.item else None,
        evidence=tuple(dict.fromkeys(_pk(e) for e in row.evidence if e)),
        code=row.code,
        note=row.note.replace(row.rival, told(pack, events[row.rival])) if row.rival else row.note,
        have=row.have,
        need=row.need,
    )


def _named(pack: Pack, tag: str) -> str:
    """``R12=first_only`` where the office has decided otherwise; ``R12`` where the pack's own answer stands."""
    key, _, option = tag.partition("=")
    return key if option == pack.readings[key].default else tag


def _pk(text: str) -> int:
    """The key of a row; a submission is told once for each box it reached (``0000000012.1``)."""
    return int(text.partition(".")[0])
