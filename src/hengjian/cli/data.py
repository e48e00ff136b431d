"""``hengjian data``: case data checked by rules."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from hengjian.base.errors import HengjianError, ManyErrors
from hengjian.cli.output import FINDINGS, Format, FormatOption, emit

_QUIET_SECONDS = 2.0
data_app = typer.Typer(help="案件数据：入库，按规则检查。", no_args_is_help=True)


class Engine(StrEnum):
    DUCKDB = "duckdb"
    SPARK = "spark"


def register(app: typer.Typer) -> None:
    app.add_typer(data_app, name="data")


@data_app.command(name="upload")
def upload(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="CSV、xlsx 或 Parquet 文件。")
    ],
    court: Annotated[str, typer.Option("--court", help="法院代字，如 鲁0102。")],
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="退回的行写到哪个文件（行、列、内容、原因）。")
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """把案件文件入库：列按上次的对应或列名认出；同一文件再传不产生新版本；有退回的行时退出码为 3。"""
    from hengjian.web.setup import start_django

    start_django()
    from hengjian.apps.cases.watch import upload_file

    done = upload_file(file, court)
    if done.rejects and rejects is not None:
        rejects.write_bytes(done.rejects.read_bytes())
    names = ("file", "court", "rows", "accepted", "rejected", "version", "refusal")
    emit([{name: getattr(done, name) for name in names}], names, fmt)
    if done.refusal:
        raise HengjianError(done.refusal)
    if done.rejected:
        raise typer.Exit(FINDINGS)


@data_app.command(name="check")
def check(
    source: Annotated[
        str,
        typer.Argument(metavar="INPUT", help="Parquet 或 CSV 文件、文件夹；或库里的数据集 名称、名称@版本。"),
    ],
    rules: Annotated[list[Path], typer.Option("--rules", help="规则文件或文件夹，可写多次。")],
    out: Annotated[Path, typer.Option("--out", help="结果文件夹：findings.parquet、summary.csv。")],
    ref: Annotated[
        list[str] | None, typer.Option("--ref", help="对照表 NAME=FILE（CSV 或 Parquet），可写多次。")
    ] = None,
    engine: Annotated[Engine, typer.Option("--engine", help="duckdb 在本机，spark 在集群。")] = Engine.DUCKDB,
    key: Annotated[str, typer.Option("--key", help="标识案件的列。")] = "case_id",
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="检查日期（current_date 的值），不写为今天。")
    ] = None,
    memory: Annotated[str | None, typer.Option("--memory", help="内存上限，如 2GB。")] = None,
    since: Annotated[
        int | None, typer.Option("--since", help="数据集：只检查这个版本以后改动的案件及受其影响的案件。")
    ] = None,
    store: Annotated[
        Path | None, typer.Option("--store", help="案件库的文件夹，不写为数据目录下的 store。")
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """按规则逐行检查数据，写出问题清单和汇总；有问题时退出码为 3，有规则不能用时为 1。"""
    from hengjian.casedata.check import SUMMARY, Options
    from hengjian.casedata.rules import load_rules

    options = Options(key=key, refs=_refs(ref), as_of=_day(as_of), memory=memory)
    loaded = load_rules(rules)
    report = _run(source, loaded, out, options, engine, since, store)
    emit(report.summary, SUMMARY, fmt)
    if report.refused:
        raise ManyErrors(report.refused)
    if report.failed:
        raise typer.Exit(FINDINGS)


def _run(
    source: str, loaded: Any, out: Path, options: Any, engine: Engine, since: int | None, folder: Path | None
) -> Any:
    from hengjian.casedata.check import check as run_check

    dataset = None if Path(source).exists() else _dataset(source, folder)
    if dataset is not None:
        from hengjian.casedata.store import Store
        from hengjian.casedata.stored import check_stored

        lake = Store.open(_store_folder(folder), os.environ.get("HENGJIAN_CASE_CATALOGUE", ""))
        return check_stored(lake, dataset, loaded, out, options, _teller(), since)
    if since is not None:
        raise typer.BadParameter("只能用于库里的数据集（名称或名称@版本）", param_hint="--since")
    if engine is Engine.SPARK:
        from hengjian.casedata.engine.spark import check as run_check
    return run_check(Path(source), loaded, out, options, _teller())


def _store_folder(folder: Path | None) -> Path:
    return folder or Path(os.environ.get("HENGJIAN_DATA_DIR", "var")) / "store"


def _dataset(source: str, folder: Path | None) -> Any:
    """A dataset when the store is there and the text is no path."""
    from hengjian.casedata.stored import parse_dataset

    return parse_dataset(source) if (_store_folder(folder) / "data").is_dir() else None


def _refs(given: list[str] | None) -> dict[str, Path]:
    refs = {}
    for text in given or []:
        name, sign, file = text.partition("=")
        if not sign or not name or not file:
            raise typer.BadParameter(f"应写成 名称=文件，不是“{text}”", param_hint="--ref")
        refs[name] = Path(file)
    return refs


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise typer.BadParameter("日期应写成 2024-06-30", param_hint="--as-of") from None


def _teller() -> Callable[[str], None]:
    """Say on stderr what is being done once the work takes more than two seconds."""
    started = time.monotonic()

    def say(text: str) -> None:
        if time.monotonic() - started > _QUIET_SECONDS or "按空值" in text:
            print(text, file=sys.stderr)

    return say


__all__ = ["HengjianError", "register"]
