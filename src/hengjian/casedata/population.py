"""The cases a sample is drawn from: those of a period, by what happened to them in it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from hengjian.casedata.csvtypes import quoted
from hengjian.casedata.store import Store

_WITHIN = "({0} >= $first AND {0} < $end)"
KINDS: dict[str, tuple[str, ...]] = {
    "touched": ("filed_on", "accepted_on", "closed_on", "updated_on"),
    "filed": ("accepted_on",),
    "closed": ("closed_on",),
}
"""Kind → days of which one must lie in the period. ``pending``: not closed, whatever the period."""


def population(
    store: Store, table: str, version: int, kind: str, first: date, end: date, *, key: str
) -> dict[str, dict[str, str]]:
    """Court code → case → number of the cases of ``kind`` from ``first`` to before ``end``."""
    if kind == "pending":
        where, given = "closed_on IS NULL", {}
    else:
        where = " OR ".join(_WITHIN.format(quoted(day)) for day in KINDS[kind])
        given = {"first": first, "end": end}
    with store.connection() as con:
        rows = con.execute(
            f"SELECT court, {quoted(key)}, case_no FROM {store.source(table, version)} WHERE {where}", given
        ).fetchall()
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for court, case, number in rows:
        found[court or ""][case] = number or ""
    return found
