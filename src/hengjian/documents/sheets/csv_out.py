"""CSV that Excel opens correctly and cannot be made to run anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from hengjian.documents.model import Value
from hengjian.documents.text import clean

_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Value) -> str:
    """One cell: text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers.

    >>> [safe_cell(v) for v in ("=1+1", "-2", Decimal("-2.50"), None, True)]
    ["'=1+1", "'-2", '-2.50', '', '是']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = clean(value)
    live = value.startswith(_LIVE) or text.lstrip().startswith(_LIVE)
    return f"'{text}" if live else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A CSV in UTF-8 with mark (so that Excel and WPS read Chinese), lines ended by CR LF."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([safe_cell(title) for title in header])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")
