"""One rule text, the same findings on every engine, row by row."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot

sys.path.insert(0, str(Path(__file__).parent))
from corpus import AS_OF, COURTS, EXPECTED, table

from hengjian.casedata.check import Options, check
from hengjian.casedata.compile.dialects import DIALECTS
from hengjian.casedata.compile.plan import Plan, Schema, resolve
from hengjian.casedata.compile.whole import findings_query
from hengjian.casedata.rules.load import Loaded, read_rules

RULES = "\n".join(f"- {{id: R{n}, title: t, fails_when: {text!r}}}" for n, text in enumerate(EXPECTED))
WANTED = {(key, f"R{n}") for n, keys in enumerate(EXPECTED.values()) for key in keys}


def _rules() -> Loaded:
    rows = [{"id": f"R{n}", "title": "t", "fails_when": text} for n, text in enumerate(EXPECTED)]
    import yaml

    loaded = read_rules(yaml.safe_dump(rows, allow_unicode=True), "corpus.yaml")
    assert not loaded.errors
    return loaded


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Options]:
    pq.write_table(table(), tmp_path / "rows.parquet")
    pq.write_table(pa.table({"code": pa.array(COURTS)}), tmp_path / "courts.parquet")
    return tmp_path / "rows.parquet", Options(refs={"courts": tmp_path / "courts.parquet"}, as_of=AS_OF)


def _plan(dialect: str, types: dict[str, str]) -> Plan:
    judged, errors = resolve(_rules().rules, Schema(types, {"courts": ["code"]}))
    assert not errors
    plan = Plan(DIALECTS[dialect], Schema(types, {"courts": ["code"]}), AS_OF)
    for one in judged:
        plan.add(one)
    return plan


def _told(pairs: set[tuple[str, str]]) -> dict[str, str]:
    """Differences by rule text, so that a failure says what the engine does otherwise."""
    texts = list(EXPECTED)
    wrong = {rule: sorted(key for key, r in pairs ^ WANTED if r == rule) for _, rule in pairs ^ WANTED}
    return {texts[int(rule[1:])]: str(keys) for rule, keys in wrong.items()}


def _read(out: Path) -> set[tuple[str, str]]:
    found = pq.read_table(out / "findings.parquet").to_pydict()
    return set(zip(found["case_id"], found["rule_id"], strict=True))


def test_duckdb_finds_the_corpus(files: tuple[Path, Options], tmp_path: Path) -> None:
    source, options = files
    report = check(source, _rules(), tmp_path / "out", options, lambda _: None)
    assert [str(error) for error in report.refused] == []
    assert _told(_read(tmp_path / "out")) == {}


def test_the_one_select_finds_the_corpus_in_duckdb_too(files: tuple[Path, Options]) -> None:
    import duckdb

    source, _ = files
    con = duckdb.connect()
    types = {row[0]: row[1] for row in con.execute(f"DESCRIBE SELECT * FROM '{source}'").fetchall()}
    con.execute(f"CREATE VIEW hj_ref_courts AS SELECT * FROM '{source.with_name('courts.parquet')}'")
    rows = con.execute(findings_query(_plan("duckdb", types), f"'{source}'", "case_id")).fetchall()
    assert _told({(key, f"R{number}") for key, number in rows}) == {}


def test_clickhouse_finds_the_corpus(files: tuple[Path, Options], tmp_path: Path) -> None:
    session = pytest.importorskip("chdb.session").Session(str(tmp_path / "chdb"))
    source, _ = files
    types = {field.name: f"Nullable({field.type})" for field in table().schema}
    types |= dict.fromkeys(("case_id", "t", "no", "rid", "code"), "Nullable(String)")
    session.query("CREATE DATABASE d ENGINE = Memory")
    for name, file in (("rows", source), ("hj_ref_courts", source.with_name("courts.parquet"))):
        session.query(f"CREATE VIEW d.{name} AS SELECT * FROM file('{file}', Parquet)")
    session.query("USE d")
    text = findings_query(_plan("clickhouse", types), "rows", "case_id")
    answer = str(session.query(text + " SETTINGS transform_null_in = 0", "TabSeparated")).strip()
    session.close()
    pairs = [line.split("\t") for line in answer.splitlines()]
    assert _told({(key, f"R{number}") for key, number in pairs}) == {}


@pytest.mark.parametrize("dialect", ["spark", "postgres", "clickhouse"])
def test_the_text_for_other_engines_is_sql_of_theirs(dialect: str) -> None:
    types = {
        field.name: "VARCHAR" if field.type == pa.string() else str(field.type) for field in table().schema
    }
    text = findings_query(_plan(dialect, types), "rows", "case_id")
    assert sqlglot.parse_one(text, read=DIALECTS[dialect].sqlglot)
    assert text.count("FROM rows") == 1


@pytest.mark.spark
@pytest.mark.slow
def test_spark_finds_the_corpus(files: tuple[Path, Options], tmp_path: Path, monkeypatch: Any) -> None:
    pytest.importorskip("pyspark")
    from hengjian.casedata.engine import spark

    source, options = files
    session = spark.session("local[2]")
    monkeypatch.setattr(spark, "session", lambda: session)
    try:
        report = spark.check(source, _rules(), tmp_path / "out", options, lambda _: None)
    finally:
        session.stop()
    assert [str(error) for error in report.refused] == []
    assert _told(_read(tmp_path / "out")) == {}
