"""The Longkou rules of the benchmark as a plain Python loop: dictionaries, one pass in order of time."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

BULLETIN = {"problem": Decimal(5), "major": Decimal(3), "dynamic": Decimal(2), "experience": Decimal(2)}
PUBLICATION = {"city": Decimal(1), "province": Decimal(3), "central": Decimal(5)}
INSTRUCTION = {
    "central": Decimal(15),
    "province": Decimal(10),
    "prefecture": Decimal(5),
    "county": Decimal(2),
}
UNTRUE = {"inaccurate": Decimal(5), "false": Decimal(10)}
ONE, TWO, NOTHING = Decimal(1), Decimal(2), Decimal(0)
Row = tuple[Any, ...]


def rows_of(path: Path, *columns: str) -> Any:
    for batch in pq.ParquetFile(path).iter_batches(columns=list(columns)):
        yield from zip(*(batch.column(name).to_pylist() for name in columns), strict=True)


def run(folder: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    items = {
        row[0]: row[1:] for row in rows_of(folder / "items.parquet", "item", "kind", "class", "lead", "units")
    }
    names = ("event", "ts", "type", "item", "actor", "value", "system", "n", "sent_up")
    events = sorted(rows_of(folder / "events.parquet", *names), key=lambda e: (e[1], e[0]))
    rows: list[Row] = []
    printed: dict[str, str] = {}
    joint: dict[str, str] = {}
    tiers: set[tuple[str, str]] = set()
    best: dict[tuple[str, str], Decimal] = {}
    heaviest: dict[tuple[str, str], Decimal] = {}
    sent: dict[tuple[str, str], tuple[Any, str]] = {}
    for event, ts, kind, item, actor, value, system, n, sent_up in events:
        month = f"{ts:%Y-%m}"
        item_kind, item_class, lead, units = items[item]
        if kind == "submit":
            if item_kind == "info":
                sent.setdefault((actor, item), (ts, event))
        elif kind == "adopt":
            if value == "bulletin" and lead is not None:
                first = printed.setdefault(item, event)
                points = BULLETIN[item_class] if first == event else NOTHING
                rows.append((month, lead, "bulletin." + item_class, "24", points, event, item, None, None))
            if len(units) > 1:
                first = joint.setdefault(item, event)
                points, rule = (
                    (ONE if first == event else NOTHING),
                    "coop.nolead" if lead is None else "coop.other",
                )
                rows += [(month, u, rule, "24", points, event, item, None, None) for u in units if u != lead]
            if value in PUBLICATION:
                points = NOTHING if (item, value) in tiers else PUBLICATION[value]
                tiers.add((item, value))
                rows.append(
                    (month, lead or "(unallocated)", "pub." + value, "24", points, event, item, None, None)
                )
        elif kind == "instruct":
            before, worth = best.get((item, system), NOTHING), INSTRUCTION[value]
            points = max(NOTHING, worth - before)
            best[item, system] = max(before, worth)
            rows.append(
                (month, lead or "(unallocated)", "ins." + value, "25", points, event, item, before, None)
            )
        elif kind == "late":
            rows.append((month, actor, "ded.late", "26", -TWO * n, event, item, None, None))
        elif kind == "error" and sent_up == "1":
            rows.append((month, actor, "ded.error_minor", "26", -ONE * n, event, item, None, None))
        elif kind in UNTRUE:
            before, worth = heaviest.get((item, actor), NOTHING), UNTRUE[kind]
            rows.append(
                (month, actor, "ded." + kind, "26", -max(NOTHING, worth - before), event, item, before, None)
            )
            heaviest[item, actor] = max(before, worth)
    _bases(folder, sent, rows)
    _write(out, rows)


def _bases(folder: Path, sent: dict[tuple[str, str], tuple[Any, str]], rows: list[Row]) -> None:
    weeks: dict[tuple[str, date], tuple[Any, str]] = {}
    for (actor, _), (ts, event) in sent.items():
        thursday = ts.date() + timedelta(days=3 - ts.weekday())
        weeks[actor, thursday] = min(weeks.get((actor, thursday), (ts, event)), (ts, event))
    covered: dict[tuple[str, str], list[tuple[Any, str]]] = defaultdict(list)
    for (actor, thursday), first in weeks.items():
        covered[actor, f"{thursday:%Y-%m}"].append(first)
    due = defaultdict(int)
    for day in (date(2024, 1, 1) + timedelta(days=n) for n in range(366)):
        due[f"{day:%Y-%m}"] += day.weekday() == 3
    for (unit,) in rows_of(folder / "units.parquet", "unit"):
        for month, need in due.items():
            found = sorted(covered.get((unit, month), ()))
            points = TWO if len(found) >= need else NOTHING
            evidence = "|".join(event for _, event in found)
            rows.append((month, unit, "base_points", "23", points, evidence, "", len(found), need))


def _write(out: Path, rows: list[Row]) -> None:
    totals: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for month, unit, _, _, points, *_ in rows:
        if unit != "(unallocated)":
            totals[month, unit] += points
            totals["2024", unit] += points
    with (out / "explain.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    with (out / "scores.csv").open("w", newline="") as file:
        csv.writer(file).writerows((*key, points) for key, points in totals.items())
