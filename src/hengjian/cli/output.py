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


FormatOption = Annotated[Format, typer.Option("--format", help="How to print: table, csv or json.")]

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
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*["" if row.get(c) is None else str(row.get(c)) for c in columns])
    console = Console()
    console.print(table, soft_wrap=not console.is_terminal)
