"""Facts that come as typed columns: taken as they are when nothing about them is in doubt, else left to ``clean``.

``clean`` reads rows of text and names every fault; here whole columns are looked at as sets, a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from hengjian.base.times import SHANGHAI
from hengjian.scoring.rules import Rules
from hengjian.scoring.words import words_of

_TEXT, _INT, _TIME = pa.string(), pa.int64(), pa.timestamp("us")
FACTS = {"id": _INT, "moment": _TIME, "type": _TEXT, "item": _INT, "actor": _INT, "value": _TEXT, "system": _TEXT,
         "n": pa.int32(), "sent_up": pa.int8(), "note": _TEXT}  # fmt: skip
ARRIVALS = {"fact": _INT, "id": _INT, "channel": _TEXT, "moment": _TIME}
_STEADY = datetime(1992, 1, 1)  # since then local time is eight hours ahead all year round
_EVENTS = """CREATE OR REPLACE TABLE events AS
WITH reached AS (SELECT *, row_number() OVER (PARTITION BY fact ORDER BY moment, id) AS no FROM incoming_arrivals)
SELECT printf($1, f.id) || coalesce('.' || r.no, '') AS event,
    date_trunc('minute', coalesce(r.moment, f.moment) + INTERVAL 8 HOUR)::TIMESTAMP AS ts, f.type AS type,
    printf($1, f.item) AS item, printf($1, f.actor) AS actor, nullif(f.value, '') AS value,
    nullif(f.system, '') AS system, nullif(r.channel, '') AS channel, f.sent_up::VARCHAR AS sent_up, f.n AS n,
    nullif(f.note, '') AS note
FROM incoming_facts f LEFT JOIN reached r ON r.fact = f.id"""

Table = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class TypedFacts:
    """Columns in the order of ``FACTS`` and ``ARRIVALS``: numbers for ids, instants in UTC, blanks None or empty.

    ``key`` writes a number as the id of the other tables. A fact that arrived in boxes counts once for each.
    """

    facts: Table
    arrivals: Table
    key: str

    def column(self, name: str) -> Sequence[Any]:
        return self.facts[list(FACTS).index(name)]


def load_events(
    con: duckdb.DuckDBPyConnection,
    rules: Rules,
    given: TypedFacts,
    units: Collection[str],
    items: Collection[str],
) -> bool:
    """Make the table ``events``; False, and nothing made, where some row might be refused."""
    if not given.facts or not _sound(rules, given, set(units), set(items)):
        return False
    try:
        tables = {"facts": _table(FACTS, given.facts), "arrivals": _table(ARRIVALS, given.arrivals)}
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return False
    for name, table in tables.items():
        con.register(f"incoming_{name}", table)
    con.execute(_EVENTS, [given.key])
    for name in tables:
        con.unregister(f"incoming_{name}")
    return True


def _table(types: dict[str, pa.DataType], columns: Table) -> pa.Table:
    filled = columns or [()] * len(types)
    return pa.table(
        {name: _array(column, kind) for (name, kind), column in zip(types.items(), filled, strict=True)}
    )


def _array(column: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if kind is _TIME:
        return pa.array(column, pa.timestamp("us", "UTC")).cast(_TIME)
    if kind == pa.int8():
        return pa.array([None if value is None else int(value) for value in column], kind)
    return pa.array(column, kind)


def _sound(rules: Rules, given: TypedFacts, units: set[str], items: set[str]) -> bool:
    words, kinds = words_of(rules), given.column("type")
    texts = {name: set(given.column(name)) for name in ("type", "value", "system", "note")}
    texts["channel"] = set(given.arrivals[2]) if given.arrivals else set()
    for name, found in texts.items():
        allowed = words.allowed.get(name)
        if any(text and text != text.strip() for text in found):
            return False
        if allowed and not found - {None, ""} <= set(allowed):
            return False
    if texts["type"] & {None, ""} or not 1 <= min(given.column("n")) <= max(given.column("n")) <= 9_999:
        return False
    for name, listed, need in (("item", items, words.need_item), ("actor", units, words.need_unit)):
        column = given.column(name)
        if not {given.key % number for number in set(column) - {None}} <= listed:
            return False
        if None in column and need & {k for k, value in zip(kinds, column, strict=True) if value is None}:
            return False
    moments = (*given.column("moment"), *(given.arrivals[3] if given.arrivals else ()))
    return bool(min(moments) >= (_STEADY.replace(tzinfo=SHANGHAI) if moments[0].tzinfo else _STEADY))
