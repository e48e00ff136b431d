"""What has been corrected since the last notice, and the list of before and after in a restated one."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from hengjian.apps.points import words
from hengjian.apps.points.models import LedgerLine, Notice, Posting
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.base.times import to_local
from hengjian.policy import Pack

Json = dict[str, Any]
MARKED = (Posting.Cause.RESTATEMENT, Posting.Cause.APPEAL, Posting.Cause.CARRIED)


def corrections_since(
    installation: Installation, clause: Any, period: Period, at: datetime, pack: Pack
) -> list[Json]:
    """Restatements, carried lines and decisions on appeals after the last notice of this kind, up to ``at``."""
    last = (
        Notice.objects.filter(
            period__installation=installation,
            clause=pack.full_id(clause),
            state__in=(Notice.State.PUBLISHED, Notice.State.SUPERSEDED),
            published_at__lte=at,
        )
        .exclude(period__key=str(period))
        .order_by("-published_at")
        .first()
    )
    postings = Posting.objects.filter(period__installation=installation, cause__in=MARKED, posted_at__lte=at)
    if last is not None:
        postings = postings.filter(posted_at__gt=last.published_at)
    # a restated notice shows its own restatement as before and after
    postings = postings.exclude(period__key=str(period), cause=Posting.Cause.RESTATEMENT)
    return [_correction(posting, pack) for posting in postings.select_related("period").order_by("pk")]


def _correction(posting: Posting, pack: Pack) -> Json:
    net: dict[str, Decimal] = defaultdict(Decimal)
    origins = set()
    for line in LedgerLine.objects.filter(posting=posting).select_related("unit", "origin"):
        net[line.unit.name if line.unit else "（无人可得）"] += line.points
        origins.add(line.origin.key)
    return {
        "posting": posting.pk,
        "on": to_local(posting.posted_at).date().isoformat(),
        "cause": posting.get_cause_display(),
        "reason": posting.reason,
        "period": "、".join(Period.parse(key).label for key in sorted(origins)) or str(posting.period),
        "into": Period.parse(posting.period.key).label,
        "changes": [{"name": name, "points": words.signed(p)} for name, p in net.items() if p],
    }


def changes_between(before: Json, after: Json) -> list[Json]:
    """Who has other figures in the new edition: unit, persons and items, with both values and both places."""
    found: list[Json] = []
    for section in after["sections"]:
        if not section.get("compared", section["ranked"]):
            continue
        was: list[Json] = next((s["rows"] for s in before["sections"] if s["key"] == section["key"]), [])
        found += _section_changes(section, _by_id(was), _by_id(section["rows"]))
    return found


def _by_id(rows: list[Json]) -> dict[Any, Json]:
    return {(row["id"], row.get("unit_id")): row for row in rows}


def _section_changes(section: Json, old: dict[Any, Json], new: dict[Any, Json]) -> list[Json]:
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        shown = now or was
        if shown is None or _figures(was) == _figures(now):
            continue
        found.append(
            {
                "section": section["title"],
                "of": section["of"],
                "name": shown["name"],
                "before": _figures(was)[0],
                "after": _figures(now)[0],
                "place_before": _figures(was)[1] if section["ranked"] else None,
                "place_after": _figures(now)[1] if section["ranked"] else None,
            }
        )
    return found


def _figures(row: Json | None) -> tuple[str, int | None]:
    return (plain(Decimal(row["points"])), row["place"]) if row else ("0", None)
