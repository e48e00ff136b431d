"""Run the same rules on a Spark cluster: the same text, the same findings.

Set ``spark.driver.extraJavaOptions=-XX:-DontCompileHugeMethods`` (three times faster): the JVM does not compile
methods as long as the generated one otherwise. Only this module knows pyspark, which is an extra.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from hengjian.base.errors import HengjianError, Place
from hengjian.casedata import check as local
from hengjian.casedata.compile.dialects import SPARK
from hengjian.casedata.compile.plan import Judged, Plan, Schema, resolve
from hengjian.casedata.compile.whole import findings_query
from hengjian.casedata.facts import REFERENCE, names
from hengjian.casedata.rules.load import Loaded
from hengjian.casedata.source import files_of

JAVA = "-XX:-DontCompileHugeMethods"
VIEW = "hj_data"


def session(master: str | None = None) -> Any:
    """A session on ``master`` (or the cluster of the environment); HengjianError without pyspark."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise HengjianError(
            "没有安装 pyspark，请按 requirements/spark.txt 安装后再用 --engine spark。"
        ) from None
    builder = SparkSession.builder.appName("hengjian").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.ansi.enabled", "false").config(
        "spark.sql.session.timeZone", "Asia/Shanghai"
    )
    for name in ("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions"):
        builder = builder.config(name, JAVA)
    return (builder.master(master) if master else builder).getOrCreate()


def check(path: Path, loaded: Loaded, out: Path, options: local.Options, say: local.Say) -> local.Report:
    """As :func:`hengjian.casedata.check.check`, on Spark. INPUT must be Parquet (CSV has no types)."""
    files = files_of(path)
    if files[0].read_bytes()[:4] != b"PAR1":
        raise HengjianError("Spark 只读 Parquet，请先把 CSV 转成 Parquet。", where=Place(str(path)))
    spark = session()
    frame = spark.read.parquet(*(str(file) for file in files))
    frame.createOrReplaceTempView(VIEW)
    refs = _refs(spark, options.refs)
    schema = Schema({field.name: field.dataType.simpleString() for field in frame.schema.fields}, refs)
    rules = [rule for rule in loaded.rules if rule.in_force(options.as_of)]
    judged, refused = resolve(rules, schema)
    report = run(spark, judged, schema, out, options, say)
    report.refused[:0] = [*loaded.errors, *refused]
    return report


def run(
    spark: Any, judged: list[Judged], schema: Schema, out: Path, options: local.Options, say: local.Say
) -> local.Report:
    """Judge the view ``VIEW``; rules Spark cannot analyse are refused, the others run in one query."""
    key = schema.column(options.key)
    if key is None:
        raise HengjianError(f"数据里没有键列“{options.key}”，请用 --key 写明哪一列是案件标识。")
    plan, refused = Plan(SPARK, schema, options.as_of), []
    for one in judged:
        trial = Plan(SPARK, schema, options.as_of)
        try:
            trial.add(one)
            spark.sql(findings_query(trial, VIEW, key)).schema  # noqa: B018 - analysis, no job
            plan.add(one)
        except Exception as error:
            text = error.message if isinstance(error, HengjianError) else str(error).splitlines()[0]
            refused.append(HengjianError(f"规则 {one.rule.id}：{text}", where=one.rule.place))
    say("在 Spark 上逐行检查")
    checked = int(spark.table(VIEW).count())
    found = (
        spark.sql(findings_query(plan, VIEW, key)).toArrow() if plan.rules else pa.table({"k": [], "r": []})
    )
    return _write(plan, found, checked, refused, out)


def _write(
    plan: Plan, found: pa.Table, checked: int, refused: list[HengjianError], out: Path
) -> local.Report:
    out.mkdir(parents=True, exist_ok=True)
    numbers = found.column(1).combine_chunks().cast(pa.int32())
    ids = pa.array([one.rule.id for one in plan.rules], pa.string())
    keys = found.column(0).combine_chunks()
    with local.FindingsWriter(out / "findings.parquet", keys.type) as writer:
        writer.add(keys, ids.take(numbers))
    counts = [0] * len(plan.rules)
    for number in numbers.to_pylist():
        counts[number] += 1
    report = local.Report(refused=refused, checked=checked)
    report.summary = [
        local.summary_row(one.rule, checked, failed) for one, failed in zip(plan.rules, counts, strict=True)
    ]
    local.write_summary(out / "summary.csv", report.summary)
    return report


def _refs(spark: Any, given: Mapping[str, Path]) -> dict[str, list[str]]:
    """Reference tables as views ``hj_ref_<name>``, all columns text."""
    refs = {}
    for name, file in ({table: REFERENCE / f"{table}.csv" for table in names()} | dict(given)).items():
        parquet = file.is_dir() or file.read_bytes()[:4] == b"PAR1"
        frame = spark.read.parquet(str(file)) if parquet else spark.read.csv(str(file), header=True)
        frame.createOrReplaceTempView(f"hj_ref_{name}")
        refs[name] = list(frame.columns)
    return refs
