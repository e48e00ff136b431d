"""``hengjian deadlines``: run the clocks of a regulation over a table of cases."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from hengjian.base.errors import HengjianError, Place
from hengjian.cli.output import Format, FormatOption, emit
from hengjian.cli.packs import load
from hengjian.cli.readings import ReadingOption, parse_readings
from hengjian.clocks.deadlines import (
    CLASS_FIELD,
    COLUMNS,
    DETAILS,
    Case,
    Judged,
    judge,
    read_cases,
    read_time,
    rows_out,
)
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import EventDuty


def register(app: typer.Typer) -> None:
    app.command(name="deadlines")(deadlines)


def deadlines(
    pack: Annotated[str, typer.Argument(metavar="P", help="制度包的编号或文件夹。")],
    source: Annotated[Path, typer.Option("--input", help="案例表（deadlines.csv 的格式）。")],
    out: Annotated[Path | None, typer.Option("--out", help="结果表；不写则打印。")] = None,
    reading: ReadingOption = None,
    now: Annotated[
        str | None, typer.Option("--now", help="判断的时刻，如 2024-06-03T12:00；不写则空白一律算未报。")
    ] = None,
    details: Annotated[bool, typer.Option("--details", help="另附状态、条款、所用理解、说明四列。")] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """按制度的报送时限逐件计时：一行一个时限，violations 是该件违反时限的次数。"""
    loaded = load(pack).with_readings(parse_readings(reading))
    moment = _moment(now)
    judged = judge_table(loaded, source, moment)
    rows = [row for one in judged for row in rows_out(one)]
    columns = [*COLUMNS, *(DETAILS if details else ())]
    if any(row["scenario"] for row in rows):
        columns.insert(0, "scenario")
    if out is None:
        emit(rows, columns, fmt)
        return
    _write(out, rows, columns)
    total = sum(one.violations for one in judged)
    typer.echo(f"{len(judged)} 件，违反时限 {total} 次，结果写入 {out}。", err=True)


def judge_table(pack: Pack, path: Path, now: datetime | None = None) -> list[Judged]:
    """Every case of a table with its clocks; without ``now`` what is blank never came."""
    return [_judge(pack, case, now) for case in _read(pack, path)]


def _duties(pack: Pack, on: date | None = None) -> list[EventDuty]:
    """The event duties that concern the classes of the table, in force on a day (None: on any day)."""
    found = pack.clauses_of("duty", on=on)
    return [duty for duty in found if isinstance(duty, EventDuty) and CLASS_FIELD in duty.applies_to]


def _judge(pack: Pack, case: Case, now: datetime | None) -> Judged:
    def readings_used(duty: EventDuty) -> str:
        return "；".join(f"{reading.id}={pack.chosen(reading.id)}" for reading in pack.readings_of(duty))

    return judge(case, lambda day: _duties(pack, day), now=now, value_of=pack.value, reading_of=readings_used)


def _read(pack: Pack, path: Path) -> list[Case]:
    classes = [term.key for term in pack.vocabulary(CLASS_FIELD)]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            return read_cases(reader, reader.fieldnames or (), _duties(pack), classes, str(path))
    except FileNotFoundError:
        raise HengjianError("没有这个文件，请检查 --input。", where=Place(str(path))) from None
    except UnicodeDecodeError:
        raise HengjianError("文件不是 UTF-8 编码，请另存为 UTF-8 的 CSV。", where=Place(str(path))) from None


def _moment(text: str | None) -> datetime | None:
    try:
        return read_time(text or "")
    except ValueError:
        raise typer.BadParameter(f"“{text}”应写成 2024-06-03T12:00。", param_hint="--now") from None


def _write(path: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
