"""Thirty rules over one file: Hengjian against peers, in one run, each in a process of its own.

    python benchmarks/casedata/run.py DIR [--only NAME,…] [--warm]

DIR is what make.py wrote. Printed: CPU seconds (user + system, start-up included), wall, peak memory, findings, and
whether they are exactly the injected ones. Peers need ``requirements/bench.txt``. ``stored`` is the daily check: the
facts that depend on one value alone stand beside their columns, as the store keeps them. ``scan`` reads the columns the
rules read and does nothing with them. ``--warm``: each tool does its work twice and the CPU seconds of the second time are
printed too, as in a worker that has been running.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
RULES = HERE / "rules.yaml"
DERIVED = (
    ("party_id", "bad_resident_id"),
    ("agent_id", "bad_resident_id"),
    ("company_code", "bad_uscc"),
    ("case_no", "bad_case_no"),
)


def conditions() -> dict[str, str]:
    import yaml

    return {rule["id"]: rule["fails_when"] for rule in yaml.safe_load(RULES.read_text("utf-8"))}


def hengjian(folder: Path, source: str = "cases.parquet") -> int:
    from hengjian.casedata.check import Options, check
    from hengjian.casedata.rules import load_rules

    refs = {name: folder / f"{name}.csv" for name in ("courts", "causes")}
    report = check(folder / source, load_rules([RULES]), folder / "out", Options(refs=refs), lambda _: None)
    return report.failed


def stored(folder: Path) -> int:
    return hengjian(folder, "stored.parquet")


def derive(folder: Path) -> int:
    """What the store does once when rows are written."""
    import pyarrow.parquet as pq

    from hengjian.casedata.kernels import KERNELS, derived_name

    file = pq.ParquetFile(folder / "cases.parquet")
    writer = None
    for number in range(file.num_row_groups):
        table = file.read_row_group(number)
        for column, name in DERIVED:
            table = table.append_column(derived_name(name, column), KERNELS[name](table[column]))
        writer = writer or pq.ParquetWriter(folder / "stored.parquet", table.schema)
        writer.write_table(table)
    if writer:
        writer.close()
    return 0


def scan(folder: Path) -> int:
    import duckdb

    con = duckdb.connect()
    file = folder / ("stored.parquet" if (folder / "stored.parquet").exists() else "cases.parquet")
    skip = {name for name, _ in DERIVED if name != "case_no"}
    rows = con.execute(f"DESCRIBE SELECT * FROM '{file}'").fetchall()
    columns = [row[0] for row in rows if row[0] not in skip]
    con.execute(f"SELECT {', '.join(f'min({name})' for name in columns)} FROM '{file}'").fetchall()
    return 0


# --- peers: the same rules as an experienced user of each tool would write them ---

CHECK_DUCK = {
    "bad_resident_id": (
        "(CASE WHEN {x} IS NOT NULL THEN NOT regexp_full_match({x}, '[1-9][0-9]{{16}}[0-9X]') "
        "OR try_strptime(substring({x}, 7, 8), '%Y%m%d') IS NULL OR substring('10X98765432', ("
        + " + ".join(f"{2 ** (17 - i) % 11} * (ascii(substring({{x}}, {i + 1}, 1)) - 48)" for i in range(17))
        + ") % 11 + 1, 1) <> right({x}, 1) END)"
    ),
    "bad_uscc": (
        "(CASE WHEN {x} IS NOT NULL THEN NOT regexp_full_match({x}, "
        "'[0-9A-HJ-NPQRTUWXY]{{2}}[0-9]{{6}}[0-9A-HJ-NPQRTUWXY]{{10}}') OR ("
        + " + ".join(
            f"{pow(3, i, 31)} * (instr('0123456789ABCDEFGHJKLMNPQRTUWXY', substring({{x}}, {i + 1}, 1)) - 1)"
            for i in range(17)
        )
        + " + instr('0123456789ABCDEFGHJKLMNPQRTUWXY', right({x}, 1)) - 1) % 31 <> 0 END)"
    ),
    "bad_case_no": (
        "(NOT regexp_full_match({x}, '（(19|20)[0-9]{{2}}）[京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵]"
        "([0-9]{{2}}){{0,2}}(民初|民终|民申|民再|刑初|刑终|行初|行终|执|执恢|执保|执异|财保|破|赔)[1-9][0-9]*号'))"
    ),
}


def by_hand(text: str) -> str:
    """A rule as SQL a careful person writes for DuckDB."""
    import re

    for name, template in CHECK_DUCK.items():
        text = re.sub(rf"{name}\((\w+)\)", lambda m, t=template: t.format(x=m[1]), text)
    text = re.sub(
        r"duplicate\((\w+)\)", r"(\1 IN (SELECT \1 FROM cases GROUP BY 1 HAVING count(*) > 1))", text
    )
    return re.sub(r"unknown\((\w+), (\w+)\.code\)", r"(\1 NOT IN (SELECT code FROM \2))", text)


def _duck(folder: Path):  # type: ignore[no-untyped-def]
    import duckdb

    con = duckdb.connect()
    con.execute(f"CREATE VIEW cases AS SELECT * FROM '{folder / 'cases.parquet'}'")
    for name in ("courts", "causes"):
        con.execute(
            f"CREATE TABLE {name} AS SELECT * FROM read_csv('{folder / f'{name}.csv'}', all_varchar = true)"
        )
    return con


def duckdb_hand(folder: Path) -> int:
    """One query with a list of the rules that fail."""
    con = _duck(folder)
    flags = ", ".join(f"CASE WHEN {by_hand(text)} THEN '{rule}' END" for rule, text in conditions().items())
    con.execute(
        f"COPY (SELECT case_id, rule_id FROM (SELECT case_id, unnest([{flags}]) AS rule_id FROM cases) "
        f"WHERE rule_id IS NOT NULL) TO '{folder / 'hand.parquet'}'"
    )
    return int(con.execute(f"SELECT count(*) FROM '{folder / 'hand.parquet'}'").fetchone()[0])


def one_query_a_rule(folder: Path) -> int:
    """As dbt tests do."""
    con = _duck(folder)
    con.execute("CREATE TABLE found (case_id VARCHAR, rule_id VARCHAR)")
    for rule, text in conditions().items():
        con.execute(f"INSERT INTO found SELECT case_id, '{rule}' FROM cases WHERE {by_hand(text)}")
    con.execute(f"COPY found TO '{folder / 'each.parquet'}'")
    return int(con.execute("SELECT count(*) FROM found").fetchone()[0])


def _polars_rules(folder: Path):  # type: ignore[no-untyped-def]
    """The rules as polars expressions; TRUE = fails."""
    import polars as pl

    c = pl.col
    weights = [2 ** (17 - i) % 11 for i in range(17)]
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    digits = {char: index for index, char in enumerate("0123456789X")}
    places = {char: index for index, char in enumerate(alphabet)}

    def resident(name: str) -> pl.Expr:
        x = c(name)
        total = sum(x.str.slice(i, 1).cast(pl.Int32, strict=False) * w for i, w in enumerate(weights))
        check = (12 - total % 11) % 11
        last = x.str.slice(17, 1).replace_strict(digits, default=99, return_dtype=pl.Int32)
        day = x.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
        return ~x.str.contains(r"^[1-9][0-9]{16}[0-9X]$") | day.is_null() | (check != last)

    def uscc(name: str) -> pl.Expr:
        x = c(name)
        value = [
            x.str.slice(i, 1).replace_strict(places, default=99, return_dtype=pl.Int32) for i in range(18)
        ]
        total = sum(value[i] * pow(3, i, 31) for i in range(17)) + value[17]
        return ~x.str.contains(r"^[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}$") | (total % 31 != 0)

    number = r"^（(19|20)[0-9]{2}）\p{Han}([0-9]{2}){0,2}(民初|民终|民申|刑初|刑终|行初|行终|执|执恢|财保|破)[1-9][0-9]*号$"
    courts = pl.read_csv(folder / "courts.csv", infer_schema=False)["code"].to_list()
    causes = pl.read_csv(folder / "causes.csv", infer_schema=False)["code"].to_list()
    return {
        "accepted-before-filed": c("accepted_on") < c("filed_on"),
        "hearing-before-served": c("hearing_on") < c("served_on"),
        "judged-before-hearing": c("judged_on") < c("hearing_on"),
        "delivered-before-closed": c("delivered_on") < c("closed_on"),
        "archived-before-delivered": c("archived_on") < c("delivered_on"),
        "entered-late": c("entered_on") > c("filed_on") + pl.duration(days=7),
        "closed-without-manner": c("closed_on").is_not_null() & c("closing_manner").is_null(),
        "open-with-manner": (c("state") == "审理中") & c("closing_manner").is_not_null(),
        "closed-without-judgment-day": c("closed_on").is_not_null() & c("judged_on").is_null(),
        "claim-not-positive": c("claim_amount") <= 0,
        "fee-missing": c("fee").is_null(),
        "no-plaintiff": c("plaintiffs") < 1,
        "no-defendant": c("defendants") < 1,
        "parties-do-not-add-up": c("parties") != c("plaintiffs") + c("defendants"),
        "panel-even": c("panel_size") % 2 == 0,
        "panel-of-one-in-ordinary": (c("procedure") == "普通程序") & (c("panel_size") < 3),
        "suspended-too-long": ~c("suspended_days").is_between(0, 3650),
        "extension-not-approved": (c("extended_days") > 0) & ~c("extension_approved"),
        "extension-of-odd-length": ~c("extended_days").is_in([0, 30, 90, 180]),
        "judge-is-clerk": c("judge") == c("clerk"),
        "born-after-filing": c("born_on") > c("filed_on"),
        "cause-missing": c("cause").is_null(),
        "bad-party-id": resident("party_id"),
        "bad-agent-id": resident("agent_id"),
        "bad-company-code": uscc("company_code"),
        "bad-case-no": ~c("case_no").str.contains(number),
        "case-no-twice": c("case_no").is_duplicated(),
        "court-unknown": ~c("court_code").is_in(courts),
        "cause-unknown": ~c("cause").is_in(causes),
        "case-no-of-other-court": ~c("case_no").str.contains(c("court_code"), literal=True),
    }


def polars(folder: Path) -> int:
    import polars as pl

    rules = _polars_rules(folder)
    frame = pl.scan_parquet(folder / "cases.parquet").select(
        "case_id", *(text.fill_null(False).alias(rule) for rule, text in rules.items())
    )
    found = frame.collect()
    parts = [found.filter(c).select("case_id", pl.lit(c).alias("rule_id")) for c in rules]
    result = pl.concat(parts)
    result.write_parquet(folder / "polars.parquet")
    return result.height


def pointblank(folder: Path) -> int:
    """pointblank counts units that fail; rows are had by one extract a step."""
    import pointblank as pb
    import polars as pl

    rules = _polars_rules(folder)
    frame = pl.read_parquet(folder / "cases.parquet")
    plan = pb.Validate(frame)
    for text in rules.values():
        plan = plan.col_vals_expr(expr=~text.fill_null(False))
    plan = plan.interrogate()
    return sum(plan.n_failed().values())


def cuallee(folder: Path) -> int:
    """cuallee counts; its checks are over columns that were computed before."""
    import polars as pl
    from cuallee import Check, CheckLevel

    rules = _polars_rules(folder)
    frame = pl.read_parquet(folder / "cases.parquet").with_columns(
        (~text.fill_null(False)).cast(pl.Int8).alias(f"ok_{n}") for n, text in enumerate(rules.values())
    )
    check = Check(CheckLevel.WARNING, "bench")
    for n in range(len(rules)):
        check.is_equal_than(f"ok_{n}", 1)
    result = check.validate(frame)
    return int(result["violations"].sum())


def dataframely(folder: Path) -> int:
    import dataframely as dy
    import polars as pl

    rules = _polars_rules(folder)
    frame = pl.read_parquet(folder / "cases.parquet")
    body = {name: dy.Any() for name in frame.columns}
    for n, text in enumerate(rules.values()):
        body[f"rule_{n}"] = dy.rule()(lambda cls, text=text: ~text.fill_null(False))
    schema = type("Cases", (dy.Schema,), body)
    _, failure = schema.filter(frame, cast=False)
    return sum(failure.counts().values())


RUNS: dict[str, Callable[[Path], int]] = {
    run.__name__: run
    for run in (
        scan,
        hengjian,
        stored,
        duckdb_hand,
        one_query_a_rule,
        polars,
        pointblank,
        cuallee,
        dataframely,
    )
}
OUTPUT = {
    "hengjian": "out/findings",
    "stored": "out/findings",
    "duckdb_hand": "hand",
    "one_query_a_rule": "each",
    "polars": "polars",
}


def child(name: str, folder: Path, *, warm: bool) -> None:
    """Prints the CPU seconds of the second time (nothing without ``warm``) and what was found."""
    found = RUNS[name](folder)
    seconds = ""
    if warm:
        before = resource.getrusage(resource.RUSAGE_SELF)
        found = RUNS[name](folder)
        after = resource.getrusage(resource.RUSAGE_SELF)
        seconds = f"{after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:.2f}"
    print(f"{seconds},{found}")


def exact(folder: Path, name: str) -> str:
    import duckdb

    if name not in OUTPUT:
        return ""
    found, truth = folder / f"{OUTPUT[name]}.parquet", folder / "truth.parquet"
    both = [f"SELECT case_id, rule_id FROM '{path}'" for path in (found, truth)]
    wrong = duckdb.sql(
        f"SELECT count(*) FROM (({both[0]} EXCEPT ALL {both[1]}) UNION ALL ({both[1]} EXCEPT ALL {both[0]}))"
    )
    return "exact" if wrong.fetchone()[0] == 0 else "differs"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default=",".join(RUNS))
    parser.add_argument("--child")
    parser.add_argument("--warm", action="store_true")
    options = parser.parse_args()
    if options.child:
        child(options.child, options.folder, warm=options.warm)
        return
    if not (options.folder / "stored.parquet").exists():
        derive(options.folder)
    writer = csv.writer(sys.stdout)
    writer.writerow(["name", "cpu", "warm_cpu", "wall", "peak_mb", "found", "exact"])
    extra = ["--warm"] if options.warm else []
    for name in options.only.split(","):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(
            ["/usr/bin/time", "-f", "%M", sys.executable, __file__, str(options.folder), "--child", name, *extra],
            capture_output=True, text=True, env=os.environ | {"PYTHONWARNINGS": "ignore"}, check=False,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        peak = done.stderr.strip().splitlines()[-1]
        if done.returncode:
            writer.writerow([name, "", "", "", "", "failed", done.stderr.strip().splitlines()[-3][:200]])
            continue
        second, found = done.stdout.strip().splitlines()[-1].split(",")
        cpus = [f"{cpu - float(second or 0):.1f}", second]
        row = [name, *cpus, f"{time.monotonic() - started:.1f}", int(peak) // 1024]
        writer.writerow([*row, found, exact(options.folder, name)])
        sys.stdout.flush()


if __name__ == "__main__":
    main()
