"""Make facts for the scoring benchmark: ``python make.py EVENTS DIR``. The same numbers give the same files."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

# Events of a hundred items: one report each, and of the rest so many per cent.
SHARES = {
    ("adopt", "bulletin"): 45,
    ("adopt", "city"): 10,
    ("adopt", "province"): 5,
    ("adopt", "central"): 2,
    ("instruct", "county"): 4,
    ("instruct", "province"): 3,
    ("late", ""): 3,
    ("error", "minor"): 2,
    ("inaccurate", ""): 0.6,
    ("false", ""): 0.4,
}


def make(events: int, folder: Path) -> None:
    """Write units, items and events as Parquet; 105,000 departments at ten million events."""
    folder.mkdir(parents=True, exist_ok=True)
    items = int(events / (1 + sum(SHARES.values()) / 100))
    units = max(40, events * 105_000 // 10_000_000)
    con = duckdb.connect()
    con.execute("SET preserve_insertion_order = true")
    con.execute(
        f"""CREATE TABLE units AS SELECT '单位' || lpad(n::VARCHAR, 6, '0') AS unit, NULL::VARCHAR AS category,
        NULL::DATE AS listed_from, NULL::DATE AS listed_to, n AS pos FROM range({units}) t(n)"""
    )
    con.execute(
        f"""CREATE TABLE items AS
        SELECT 'i' || lpad(n::VARCHAR, 8, '0') AS item, CASE WHEN n % 17 = 0 THEN 'briefing' ELSE 'info' END AS kind,
            ['problem', 'major', 'dynamic', 'experience'][1 + (hash(n, 1) % 4)::INT] AS class, '0' AS routine,
            CASE WHEN joint THEN '1' ELSE '0' END AS joint,
            CASE WHEN n % 20 = 0 THEN NULL ELSE units[1] END AS lead, units
        FROM (SELECT n, n % 10 = 0 AS joint, list_distinct(list_transform(
                CASE WHEN n % 10 = 0 THEN [0, 1, 2][1:2 + (n % 3 > 0)::INT] ELSE [0] END,
                x -> '单位' || lpad(((hash(n, 2) + x) % {units})::VARCHAR, 6, '0'))) AS units FROM range({items}) t(n))"""
    )
    reports = f"""SELECT n AS item_no, 'submit' AS type, '' AS value, 0 AS kind,
        (hash(n, 3) % 525600)::BIGINT AS minute FROM range({items}) t(n)"""
    others = [
        f"""SELECT n, '{kind}', '{value}', {number}, (hash(n, 3) % 525600)::BIGINT + (hash(n, {number}) % 90000)::BIGINT
        FROM range({items}) t(n) WHERE hash(n, 1000 + {number}) % 1000 < {share * 10:g}"""
        for number, ((kind, value), share) in enumerate(SHARES.items(), 10)
    ]
    con.execute(
        f"""CREATE TABLE events AS
        SELECT 'e' || lpad(row_number() OVER ()::VARCHAR, 8, '0') AS event, ts, type, item, actor, value, system,
            NULL::VARCHAR AS channel, CASE WHEN type = 'error' THEN '1' END AS sent_up, 1::INTEGER AS n,
            NULL::VARCHAR AS note
        FROM (SELECT TIMESTAMP '2024-01-01' + to_minutes(least(minute, 527039)) AS ts, type,
                'i' || lpad(item_no::VARCHAR, 8, '0') AS item,
                CASE WHEN type IN ('adopt', 'instruct') THEN NULL
                     ELSE '单位' || lpad((hash(item_no, 2) % {units})::VARCHAR, 6, '0') END AS actor,
                nullif(value, '') AS value, CASE WHEN type = 'instruct' THEN 'party' END AS system
              FROM ({" UNION ALL ".join([reports, *others])}) ORDER BY minute, item_no, kind)"""
    )
    for name in ("units", "items", "events"):
        con.execute(f"COPY {name} TO '{folder / name}.parquet' (FORMAT parquet)")
    counts = con.execute("SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM items)").fetchone()
    print(f"{counts[0]} events, {counts[1]} items, {units} units in {folder}", file=sys.stderr)


if __name__ == "__main__":
    make(int(sys.argv[1].replace("_", "")), Path(sys.argv[2]))
