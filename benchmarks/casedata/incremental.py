"""A daily run over the store after one per cent of the rows changed, beside a full run over the same version.

    python benchmarks/casedata/incremental.py DIR [--share 0.01] [--times 9]

DIR is what make.py wrote; the store is built in DIR/store the first time. Printed, as CPU seconds inside a process that
has warmed up (as the worker is): the full run over stored facts, the bare key join (keys of the changed rows, and for
every value that must be unique the rows that share one), the incremental run, and what the incremental run costs beyond
the join as a share of the full run. The findings of the cases judged are compared with those of the full run.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hengjian.casedata.check import Options
from hengjian.casedata.rules import load_rules
from hengjian.casedata.store import Column, Store
from hengjian.casedata.store.derived import facts_of
from hengjian.casedata.stored import Dataset, check_stored

HERE = Path(__file__).resolve().parent
RULES = load_rules([HERE / "rules.yaml"])
AT = datetime(2026, 1, 1)
KINDS = {"int64": "BIGINT", "date32[day]": "DATE", "double": "DOUBLE", "bool": "BOOLEAN"}


def build(folder: Path, share: float) -> tuple[Store, int, int]:
    """The store with everything as one version and the changes as the next; both numbers."""
    store = Store.open(folder / "store")
    if "cases" not in store.tables():
        schema = pq.read_schema(folder / "cases.parquet")
        store.create("cases", [Column(f.name, KINDS.get(str(f.type), "VARCHAR")) for f in schema])
        store.keep_facts("cases", facts_of(RULES.rules), at=AT, author="bench")
        store.merge("cases", folder / "cases.parquet", key="case_id", at=AT, author="bench", message="all")
        store.merge("cases", changed(store, share), key="case_id", at=AT, author="bench", message="changes")
    last = [version.number for version in store.versions("cases")]
    return store, last[-2], last[-1]


def changed(store: Store, share: float) -> pa.Table:
    """Some rows, anywhere: a third with the number of another case, a third with a wrong day, a third with a fee."""
    with store.connection() as con:
        con.execute("SELECT setseed(0.5)")
        return con.execute(
            "SELECT case_id, CASE n % 3 WHEN 0 THEN coalesce(lag(case_no, 7) OVER (ORDER BY n), case_no) ELSE case_no"
            " END AS case_no, CASE n % 3 WHEN 1 THEN filed_on - 1 ELSE accepted_on END AS accepted_on,"
            " CASE n % 3 WHEN 2 THEN coalesce(fee, 0) + 1 ELSE fee END AS fee"
            " FROM (SELECT *, row_number() OVER () AS n FROM"
            f" (SELECT case_id, case_no, filed_on, accepted_on, fee FROM cases WHERE random() < {share}))"
        ).to_arrow_table()


def cpu(work: Callable[[], object]) -> float:
    """Seconds of this process and of the system for it."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def join(store: Store, since: int, version: int) -> None:
    """The least any incremental run has to do: which rows share the value that must be unique with a touched one."""
    with store.connection() as con:
        rows, changes = store.source("cases", version), store.changes_of("cases", since, version)
        con.execute(
            f"CREATE TEMP TABLE t AS SELECT case_id, case_no FROM {changes.after}"
            f" UNION ALL SELECT case_id, case_no FROM {changes.before}"
        )
        con.execute(
            f"SELECT case_id, case_no FROM {rows} WHERE case_no IN (SELECT case_no FROM t)"
        ).to_arrow_table()


def same(full: Path, part: Path) -> bool:
    """Whether every answer of the incremental run is that of the full one."""
    judged = set(pq.read_table(part / "judged.parquet")["case_id"].to_pylist())
    pairs = {(p["case_id"], p["rule_id"]) for p in pq.read_table(part / "partners.parquet").to_pylist()}
    found = [
        {(f["case_id"], f["rule_id"]) for f in pq.read_table(folder / "findings.parquet").to_pylist()}
        for folder in (full, part)
    ]
    return found[1] == {one for one in found[0] if one[0] in judged or one in pairs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--share", type=float, default=0.01)
    parser.add_argument("--times", type=int, default=9)
    options = parser.parse_args()
    store, since, version = build(options.folder, options.share)
    refs = {name: options.folder / f"{name}.csv" for name in ("courts", "causes")}
    outs = options.folder / "full", options.folder / "part"

    def run(out: Path, after: int | None) -> object:
        there = Dataset("cases", version)
        return check_stored(store, there, RULES, out, Options(refs=refs), lambda _: None, after)

    run(outs[1], since)  # warm
    full = part = least = float("inf")
    for _ in range(options.times):  # in turns: what else the machine does falls on all three
        part = min(part, cpu(lambda: run(outs[1], since)))
        least = min(least, cpu(lambda: join(store, since, version)))
        full = min(full, cpu(lambda: run(outs[0], None)))
    print("rows,full_cpu,join_cpu,incremental_cpu,beyond_join_share,same")
    beyond = (part - least) / full
    print(f"{store.count('cases')},{full:.3f},{least:.3f},{part:.3f},{beyond:.3f},{same(outs[0], outs[1])}")


if __name__ == "__main__":
    main()
