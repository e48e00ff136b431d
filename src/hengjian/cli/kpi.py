"""``hengjian kpi``: figures in, verdicts and the explanations due out."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from hengjian.base.errors import HengjianError, Place
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.cli.output import Format, FormatOption, emit
from hengjian.cli.packs import PackArgument, load
from hengjian.cli.readings import ReadingOption, parse_readings
from hengjian.kpi import ExplanationDue, Report, Result, evaluate
from hengjian.kpi.folder import read_folder
from hengjian.policy import Pack, read_value_tables
from hengjian.policy.clauses.measure import Measure

RESULTS = ("indicator", "unit", "period", "value", "target", "target_from", "status", "short_by", "lead")
DUE = ("indicator", "unit", "trigger", "article")
EXPLAIN = (
    *("indicator", "unit", "period", "clause", "article", "version", "reading", "numerator", "denominator"),
    *("value", "target", "other_target", "other_from", "status", "evidence", "note"),
)
Table = list[dict[str, str]]


def register(app: typer.Typer) -> None:
    app.command(name="kpi")(kpi)


def kpi(
    pack: PackArgument,
    source: Annotated[
        Path, typer.Option("--input", help="文件夹：figures、benchmarks，可另有 targets、units。")
    ],
    period: Annotated[str, typer.Option("--period", help="期间，如 2022-08、2022-H1、2022。")],
    out: Annotated[Path | None, typer.Option("--out", help="结果文件夹；不写则打印结果。")] = None,
    values: Annotated[
        Path | None, typer.Option("--values", help="另一张数值表（values.csv 的格式）。")
    ] = None,
    reading: ReadingOption = None,
    known: Annotated[
        datetime | None, typer.Option("--known", formats=["%Y-%m-%d"], help="只用到这一天已知的标准。")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="没有报数的指标也列出。")] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """按制度判断指标：写出 results.csv、explanations_due.csv 和逐行的说明 explain.csv。"""
    chosen = _with_values(load(pack), values).with_readings(parse_readings(reading))
    try:
        asked = Period.parse(period)
    except HengjianError as error:
        raise typer.BadParameter(error.message, param_hint="--period") from None
    folder = read_folder(chosen, source)
    data = replace(folder.data, expected=_indicators(chosen)) if every else folder.data
    report = evaluate(chosen, data, asked, known.date() if known else None)
    for warning in folder.warnings:
        typer.echo(warning, err=True)
    tables = rows_of(report, folder.names, period.strip())
    if out is None:
        emit(tables["results"], RESULTS, fmt)
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, columns in (("results", RESULTS), ("explanations_due", DUE), ("explain", EXPLAIN)):
        _write(out / f"{name}.csv", tables[name], columns)
    typer.echo(f"{len(report.results)} 行结果、{len(report.due)} 件待说明，写入 {out}。", err=True)


def rows_of(report: Report, names: Mapping[str, str], period: str) -> dict[str, Table]:
    """The three tables; indicators are called as the input calls them."""
    return {
        "results": [_result_row(row, names, period) for row in report.results],
        "explanations_due": [_due_row(row, names) for row in report.due],
        "explain": [_explain_row(row, names, period) for row in report.results],
    }


def _result_row(row: Result, names: Mapping[str, str], period: str) -> dict[str, str]:
    return {
        "indicator": names.get(row.indicator, row.indicator),
        "unit": row.unit,
        "period": period,
        "value": _text(row.value),
        "target": _text(row.target),
        "target_from": _text(row.target_from),
        "status": row.status.value,
        "short_by": _text(row.short_by),
        "lead": "、".join(row.lead),
    }


def _due_row(row: ExplanationDue, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "indicator": names.get(row.indicator, row.indicator),
        "unit": row.unit,
        "trigger": row.trigger,
        "article": row.article,
    }


def _explain_row(row: Result, names: Mapping[str, str], period: str) -> dict[str, str]:
    return _result_row(row, names, period) | {
        "clause": row.clause,
        "article": "；".join(row.articles),
        "version": _text(row.target_from),
        "reading": "；".join(row.readings),
        "numerator": _text(row.numerator),
        "denominator": _text(row.denominator),
        "other_target": _text(row.other_target),
        "other_from": _text(row.other_from),
        "evidence": "|".join(row.evidence),
        "note": row.note,
    }


def _text(value: object) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)


def _indicators(pack: Pack) -> frozenset[str]:
    return frozenset(m.indicator for m in pack.clauses if isinstance(m, Measure) and m.active)


def _with_values(pack: Pack, path: Path | None) -> Pack:
    if path is None:
        return pack
    if not path.exists():
        raise HengjianError("没有这个文件，请检查 --values。", where=Place(str(path)))
    tables = read_value_tables(path)
    params = tables.get(pack.id) or tables.get("") or next(iter(tables.values()), None)
    return pack.with_values(params) if params else pack


def _write(path: Path, rows: Table, columns: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
