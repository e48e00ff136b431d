"""``hengjian extract``: facts from judgments, and ``extract compare``: differences from a record."""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from hengjian.base.errors import HengjianError, Place
from hengjian.cli.judgments import read_lines
from hengjian.cli.output import FINDINGS
from hengjian.extract.batch import Answer, Line, answer
from hengjian.extract.compare import COLUMNS, compare, unknown_columns

QUIET_SECONDS = 2.0
_CHUNK = 16


class DefaultGroup(TyperGroup):
    """``extract INPUT`` means ``extract run INPUT``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        cls=DefaultGroup,
        no_args_is_help=True,
        help="读裁判文书：抽取带出处的事实（run 可省略），与记录比对。",
    )
    group.command(name="run")(run)
    group.command(name="compare")(compare_records)
    app.add_typer(group, name="extract")


def run(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="INPUT.jsonl", help="每行一个 {id, text}；也可以是一份 .txt、.docx、.pdf 或一个文件夹。"
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FACTS.jsonl", help="每行一份事实。")],
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="同时用几个进程。")] = 1,
) -> None:
    """抽取裁判文书中的事实，每项都指出在原文的位置。"""
    errors = []
    count = 0
    began = told = time.monotonic()
    part = out.with_name(f"{out.name}.part")
    with part.open("w", encoding="utf-8") as file:
        for one in _answers(read_lines(source), jobs):
            count += 1
            if one.error:
                errors.append(one.error)
            else:
                file.write(one.facts + "\n")
            if time.monotonic() - told > QUIET_SECONDS:
                told = time.monotonic()
                print(f"已读 {count} 份，每秒 {count / (told - began):.0f} 份……", file=sys.stderr)
    part.replace(out)
    if errors:
        raise HengjianError("\n".join(errors))


def _answers(lines: Iterator[Line], jobs: int) -> Iterator[Answer]:
    if jobs == 1:
        yield from map(answer, lines)
        return
    with get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(answer, lines, chunksize=_CHUNK)


def compare_records(
    facts: Annotated[Path, typer.Argument(metavar="FACTS.jsonl", help="extract 写出的事实。")],
    records: Annotated[Path, typer.Argument(metavar="RECORDS.csv", help="案件记录，须有 id 列。")],
    out: Annotated[Path, typer.Option("--out", metavar="MISMATCHES.csv", help="与文书不符之处。")],
) -> None:
    """把记录与文书中的事实比对；有不符时退出码为 3。"""
    known = _facts(facts)
    with _table(records) as rows:
        long = "field" in (rows.fieldnames or ())
        unknown = [] if long else unknown_columns(rows.fieldnames or ())
        if unknown:
            print(f"没有比对的列：{'、'.join(unknown)}。", file=sys.stderr)
        found = [
            one for row in rows if row.get("id") in known for one in compare(known[row["id"]], _wide(row))
        ]
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(astuple(one) for one in found)
    if found:
        raise typer.Exit(FINDINGS)


def _wide(row: dict[str, str]) -> dict[str, str]:
    """A row ``id, field, recorded`` says one cell of a record."""
    value = row.get("recorded", row.get("value"))
    return {"id": row["id"], row["field"]: value} if row.get("field") and value is not None else row


def _facts(path: Path) -> dict[str, dict[str, Any]]:
    try:
        rows = [json.loads(line.text) for line in read_lines(path)]
        return {str(row["id"]): row for row in rows}
    except (ValueError, KeyError, TypeError):
        raise HengjianError("这不是 hengjian extract 写出的事实文件。", where=Place(str(path))) from None


@contextmanager
def _table(path: Path) -> Iterator[csv.DictReader[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if "id" not in (rows.fieldnames or ()):
                raise HengjianError("没有 id 列，请补上。", where=Place(str(path), 1))
            yield rows
    except FileNotFoundError:
        raise HengjianError("没有这个文件，请检查路径。", where=Place(str(path))) from None
    except UnicodeDecodeError:
        raise HengjianError("文件不是 UTF-8 编码，请另存为 UTF-8。", where=Place(str(path))) from None
