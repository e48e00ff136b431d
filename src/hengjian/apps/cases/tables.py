"""Rows out of an uploaded file: CSV (UTF-8, GBK), xlsx or Parquet, by its content; bounds against hostile files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hengjian.base.errors import HengjianError
from hengjian.documents.intake import read_csv, read_xlsx

MOST_BYTES = 200 * 1024 * 1024
MOST_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class TableRead:
    """``rows`` hold cells in the order of ``headers``."""

    headers: list[str]
    rows: list[list[Any]]
    encoding: str

    def dicts(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.headers, row, strict=False)) for row in self.rows)


def read_table(data: bytes, name: str) -> TableRead:
    """HengjianError for anything that is no table or too large."""
    if not data:
        raise HengjianError(f"“{name}”是空文件，请重新导出。")
    if len(data) > MOST_BYTES:
        raise HengjianError(f"“{name}”超过 {MOST_BYTES // 1024 // 1024} MB，请分成几个文件上传。")
    if data[:4] == b"PAR1":
        return _parquet(data, name)
    if data[:2] == b"PK":
        sheets = read_xlsx(data, max_rows=200_000, seconds=60)
        return _with_headers([list(row) for row in sheets[0].rows] if sheets else [], "xlsx", name)
    found = read_csv(data, max_bytes=MOST_BYTES, max_rows=MOST_ROWS)
    return _with_headers([list(row) for row in found.rows], found.encoding, name)


def _with_headers(rows: list[list[Any]], encoding: str, name: str) -> TableRead:
    if not rows:
        raise HengjianError(f"“{name}”里没有内容，请检查后重新上传。")
    headers = [str(cell or "").strip() for cell in rows[0]]
    named = [header for header in headers if header]
    doubled = next((header for header in named if named.count(header) > 1), None)
    if doubled:
        raise HengjianError(f"“{name}”有两列都叫“{doubled}”，请改名后重新上传。")
    if not named:
        raise HengjianError(f"“{name}”第一行不是列名，请在第一行写列名。")
    return TableRead(headers, rows[1:], encoding)


def _parquet(data: bytes, name: str) -> TableRead:
    try:
        table = pq.read_table(io.BytesIO(data))
    except (pa.ArrowInvalid, OSError) as error:
        raise HengjianError(f"“{name}”不是完整的 Parquet 文件，请重新导出。") from error
    if table.num_rows > MOST_ROWS:
        raise HengjianError(f"“{name}”超过 {MOST_ROWS} 行，请分成几个文件上传。")
    columns = [column.to_pylist() for column in table.columns]
    return TableRead(list(table.column_names), [list(row) for row in zip(*columns, strict=True)], "parquet")
