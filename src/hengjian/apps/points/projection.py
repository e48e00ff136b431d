"""What an item would earn if it were adopted: shown to the editor beside the item, computed by the same engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from hengjian.apps.bulletins.models import Item
from hengjian.apps.points import feed as feeds
from hengjian.apps.points import words
from hengjian.apps.points.engine import period_kind, run
from hengjian.apps.points.feed import Feed, Row
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period
from hengjian.base.times import parse_local, to_local


@dataclass(frozen=True, slots=True)
class Projection:
    """Points if the item were adopted at this tier now, beyond what it has: in all, and by unit id."""

    tier: str
    label: str
    points: Decimal
    by_unit: tuple[tuple[int, Decimal], ...]


def projected_points(item: Item, at: datetime) -> list[Projection]:
    """One projection a tier of the pack. Each tier is a copy of the item with one more fact, scored in one run."""
    pack = pack_for(item.installation, at)
    tiers = words.terms(pack, "tier")
    own = feeds.feed_of(item.installation, pack, only=[item.pk])
    mine = feeds.item_row(
        item, list(item.partners.order_by("position", "id").values_list("unit_id", flat=True))
    )
    units = own.units
    known = {row["unit"] for row in units}
    units += tuple({"unit": u} for u in dict.fromkeys(mine["units"].split(";")) if u not in known)
    items: list[Row] = []
    events: list[Row] = []
    for n in range(len(tiers) + 1):
        key = feeds.key_of(n)
        items.append({**mine, "item": key})
        events += [{**row, "item": key, "event_id": f"{n:03}{row['event_id']}"} for row in own.events]
        if n:
            events.append(_adoption(f"{n:03}9999999999", key, tiers[n - 1][0], at))
    kind = period_kind(pack)
    periods = {str(Period.of(parse_local(row["ts"]).date(), kind)) for row in events}
    result = run(Feed(tuple(units), tuple(items), tuple(events), ()), dict.fromkeys(sorted(periods), pack))
    sums: dict[tuple[int, int], Decimal] = {}
    for line in result.rows:
        if line.item is not None and line.unit is not None:
            sums[line.item, line.unit] = sums.get((line.item, line.unit), Decimal(0)) + line.points
    return [_projection(n, key, label, sums) for n, (key, label) in enumerate(tiers, 1)]


def _projection(n: int, key: str, label: str, sums: dict[tuple[int, int], Decimal]) -> Projection:
    gained = [
        (unit, gain)
        for copy, unit in sorted(sums)
        if copy == n and (gain := sums[copy, unit] - sums.get((0, unit), Decimal(0)))
    ]
    return Projection(key, label, sum((gain for _, gain in gained), Decimal(0)), tuple(gained))


def _adoption(event: str, item: str, tier: str, at: datetime) -> Row:
    ts = to_local(at).isoformat(timespec="minutes")
    return {"event_id": event, "ts": ts, "type": "adopt", "item": item, "unit": "", "value": tier}
