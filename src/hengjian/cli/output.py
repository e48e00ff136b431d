"""One way to print rows for all commands: table, csv or json."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="输出格式：table（表格）、csv 或 json。")]

FINDINGS = 3


def emit(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], fmt: Format) -> None:
    """Print ``rows`` with ``columns`` in order to stdout."""
    if fmt is Format.JSON:
        print(
            json.dumps(
                [{c: row.get(c) for c in columns} for row in rows], ensure_ascii=False, default=str, indent=2
            )
        )
        return
    if fmt is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([["" if row.get(c) is None else row.get(c) for c in columns] for row in rows])
        return
    _emit_table(rows, columns)


def _emit_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Fold long cells on a terminal; elsewhere one line a row. Nothing is ever cut."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    cells = [
        ["" if row.get(c) is None else " ".join(str(row[c]).split("\n")) for c in columns] for row in rows
    ]
    if not console.is_terminal:
        _emit_lines([list(columns), *cells])
        return
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for line in cells:
        table.add_row(*line)
    console.print(table)


def _emit_lines(lines: Sequence[Sequence[str]]) -> None:
    from rich.cells import cell_len

    widths = [max(cell_len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = [cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)]
        print("  ".join(padded).rstrip())
