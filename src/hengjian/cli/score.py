"""``hengjian score``: facts in, scores, their explanation and points of persons out."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from hengjian.base.errors import HengjianError, ManyErrors
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.cli.output import Format, FormatOption, emit
from hengjian.cli.packs import PackArgument, load
from hengjian.cli.readings import ReadingOption, parse_readings
from hengjian.policy import Pack

SCORES = ("period", "unit", "points", "disqualified", "evaluated")
EXPLAIN = ("period", "unit", "rule", "article", "version", "points", "evidence", "item", "reading", "note")
PERSONS = ("period", "unit", "person", "points")
_QUIET_SECONDS = 2.0
Table = list[dict[str, str]]


def register(app: typer.Typer) -> None:
    app.command(name="score")(score)


def score(
    pack: PackArgument,
    source: Annotated[Path, typer.Option("--input", help="文件夹：units、items、events 等 CSV。")],
    out: Annotated[Path | None, typer.Option("--out", help="结果文件夹；不写则打印得分。")] = None,
    values: Annotated[
        Path | None, typer.Option("--values", help="另一张数值表（values.csv 的格式）。")
    ] = None,
    reading: ReadingOption = None,
    period: Annotated[
        list[str] | None, typer.Option("--period", help="要写的期间，可写多次，如 2024-06、2024Q2、2024。")
    ] = None,
    zeros: Annotated[bool, typer.Option("--zeros", help="explain.csv 也写计 0 的事实及其理由。")] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """按制度给事实计分：写出 scores.csv、explain.csv，有作者分配时另写 persons.csv。"""
    chosen = load(pack).with_readings(parse_readings(reading))
    periods = _periods(period)
    tables = score_folder(chosen, source, values, periods, zeros=zeros)
    if out is None:
        emit(tables["scores"], _columns(SCORES, tables["scores"]), fmt)
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, columns in (("scores", SCORES), ("explain", EXPLAIN), ("persons", PERSONS)):
        if name in tables:
            _write(out / f"{name}.csv", tables[name], columns)
    typer.echo(f"{len(tables['scores'])} 行得分、{len(tables['explain'])} 行说明，写入 {out}。", err=True)


def score_folder(
    pack: Pack,
    folder: Path,
    values: Path | None = None,
    periods: Sequence[Period] | None = None,
    *,
    zeros: bool = False,
) -> dict[str, Table]:
    """Score every scenario of a folder; the tables ``scores``, ``explain`` and, with authors, ``persons``.

    ManyErrors names the faults of all scenarios.
    """
    from hengjian.scoring import Scorer
    from hengjian.scoring.folder import read_folder

    scenarios = read_folder(folder, values)
    tables: dict[str, Table] = {"scores": [], "explain": []}
    errors: list[HengjianError] = []
    many = any(scenario.name for scenario in scenarios)
    with Scorer() as scorer:
        for scenario in _with_progress(scenarios):
            try:
                result = scorer.score(
                    pack, scenario.data, periods or scenario.periods, values=scenario.values
                )
            except ManyErrors as error:
                errors += error.errors
                continue
            _collect(tables, scenario, result, zeros=zeros, many=many)
    if errors:
        raise ManyErrors(errors)
    return tables


def _collect(tables: dict[str, Table], scenario: Any, result: Any, *, zeros: bool, many: bool) -> None:
    tag = {"scenario": scenario.name} if many else {}
    tables["scores"] += [tag | _score_row(row) for row in result.scores]
    tables["explain"] += [tag | _explain_row(row) for row in result.rows if zeros or row.points]
    if scenario.data.authors:
        tables.setdefault("persons", []).extend(tag | _person_row(row) for row in result.persons)


def _periods(texts: list[str] | None) -> list[Period] | None:
    try:
        return [Period.parse(part) for text in texts for part in text.split(";")] if texts else None
    except HengjianError as error:
        raise typer.BadParameter(error.message, param_hint="--period") from None


def _with_progress(scenarios: Sequence[Any]) -> Iterator[Any]:
    told = time.monotonic()
    for done, scenario in enumerate(scenarios):
        if time.monotonic() - told > _QUIET_SECONDS:
            told = time.monotonic()
            typer.echo(f"已计 {done}/{len(scenarios)} 个场景……", err=True)
        yield scenario


def _score_row(row: Any) -> dict[str, str]:
    return {
        "period": row.period,
        "unit": row.unit,
        "points": plain(row.points),
        "disqualified": _flag(row.disqualified),
        "evaluated": _flag(row.evaluated),
    }


def _explain_row(row: Any) -> dict[str, str]:
    return {
        "period": row.period,
        "unit": row.unit,
        "rule": row.rule,
        "article": row.article,
        "version": row.version.isoformat() if row.version else "",
        "points": plain(row.points),
        "evidence": "|".join(row.evidence),
        "item": row.item,
        "reading": "；".join(row.readings),
        "note": row.note,
    }


def _person_row(row: Any) -> dict[str, str]:
    return {"period": row.period, "unit": row.unit, "person": row.person, "points": f"{row.points:.2f}"}


def _flag(value: bool | None) -> str:
    return "" if value is None else str(int(value))


def _columns(columns: Sequence[str], rows: Table) -> list[str]:
    return [*(["scenario"] if rows and "scenario" in rows[0] else []), *columns]


def _write(path: Path, rows: Table, columns: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _columns(columns, rows), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
