"""Rows out of an uploaded file: CSV (UTF-8, GBK), xlsx or Parquet, by its content; read in a stream, within bounds."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hengjian.base.errors import HengjianError
from hengjian.casedata.encoding import encoding_of
from hengjian.documents.intake import in_child, read_xlsx

MEGABYTE = 1024 * 1024
MOST_BYTES = 500 * MEGABYTE
MOST_ROWS = 2_000_000
MOST_COLUMNS = 300
MOST_XLSX_ROWS = 200_000
LONGEST_LINE = MEGABYTE
ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class TableRead:
    """``lines`` begins anew at every call; cells stand in the order of ``headers``."""

    headers: list[str]
    encoding: str
    lines: Callable[[], Iterator[Sequence[Any]]]

    def dicts(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.headers, line, strict=False)) for line in self.lines())

    def head(self, most: int) -> list[Sequence[Any]]:
        return list(islice(self.lines(), most))

    def count(self) -> int:
        """Rows that are not empty; reads the file to its end."""
        return sum(1 for line in self.lines() if not empty(line))


def empty(line: Sequence[Any]) -> bool:
    return not any(cell is not None and str(cell).strip() for cell in line)


def open_table(path: Path, name: str) -> TableRead:
    """HengjianError for anything that is no table or too large. CSV and Parquet are not held in memory."""
    size = path.stat().st_size
    if not size:
        raise HengjianError(f"“{name}”是空文件，请重新导出。")
    if size > MOST_BYTES:
        raise HengjianError(f"“{name}”超过 {MOST_BYTES // MEGABYTE} MB，请分成几个文件上传。")
    with path.open("rb") as file:
        mark = file.read(4)
    if mark == b"PAR1":
        return _parquet(path, name)
    if mark[:2] == b"PK":
        # a small file that takes long is hostile: two seconds and two more a megabyte
        sheets = read_xlsx(path.read_bytes(), max_rows=MOST_XLSX_ROWS, seconds=2 + 2 * (size // MEGABYTE))
        rows = [list(row) for row in sheets[0].rows] if sheets else []
        return TableRead(_headers(rows[0] if rows else [], name), "xlsx", lambda: iter(rows[1:]))
    return _csv(path, name)


def _headers(cells: Sequence[Any], name: str) -> list[str]:
    if len(cells) > MOST_COLUMNS:
        raise HengjianError(f"“{name}”超过 {MOST_COLUMNS} 列，请只导出案件的信息项。")
    headers = ["" if cell is None else str(cell).strip().lstrip("\ufeff") for cell in cells]
    named = [header for header in headers if header]
    if not named:
        raise HengjianError(f"“{name}”第一行不是列名，请在第一行写列名。")
    doubled = next((header for header in named if named.count(header) > 1), None)
    if doubled:
        raise HengjianError(f"“{name}”有两列都叫“{doubled}”，请改名后重新上传。")
    return headers


def _csv(path: Path, name: str) -> TableRead:
    unreadable = HengjianError(f"“{name}”既不是 UTF-8 也不是 GBK 编码的表格，请另存为 CSV（UTF-8）再上传。")
    try:
        encoding = encoding_of(path)
        with path.open(encoding=encoding, newline="") as file:
            binary = "\0" in file.read(4096)
            file.seek(0)
            first = file.readline(LONGEST_LINE)
    except (HengjianError, UnicodeError):
        raise unreadable from None
    if binary or len(first) >= LONGEST_LINE:
        raise HengjianError(f"“{name}”不是表格文件，请导出为 CSV、xlsx 或 Parquet 再上传。")
    delimiter = max(",\t;", key=first.count)

    def records() -> Iterator[list[str]]:
        with path.open(encoding=encoding, newline="") as file:
            reader = csv.reader(_bounded(file, name), delimiter=delimiter)
            try:
                for number, record in enumerate(reader):
                    if number > MOST_ROWS:
                        raise HengjianError(f"“{name}”超过 {MOST_ROWS} 行，请分成几个文件上传。")
                    yield record
            except UnicodeError:
                raise unreadable from None
            except csv.Error:
                where = reader.line_num
                raise HengjianError(
                    f"“{name}”第 {where} 行附近引号不配对或者单元格过长，请检查后重新上传。"
                ) from None

    return TableRead(_headers(next(records(), []), name), encoding, lambda: islice(records(), 1, None))


def _bounded(file: io.TextIOWrapper, name: str) -> Iterator[str]:
    """Lines, none longer than a table has them."""
    while line := file.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            raise HengjianError(f"“{name}”有一行过长，不像表格，请检查后重新上传。")
        yield line.replace("\0", "")


def _parquet(path: Path, name: str) -> TableRead:
    """A child reads it through first: what breaks the reader breaks the child."""
    size = path.stat().st_size
    in_child(
        check_parquet,
        path.read_bytes(),
        {"rows": MOST_ROWS, "columns": MOST_COLUMNS, "bytes": 8 * MOST_BYTES, "name": name},
        seconds=2 + size // (5 * MEGABYTE),
        memory=4096 * MEGABYTE,
    )
    headers = list(pq.read_schema(path).names)

    def lines() -> Iterator[Sequence[Any]]:
        for batch in pq.ParquetFile(path).iter_batches(ROWS_AT_ONCE):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    return TableRead(_headers(headers, name), "parquet", lines)


def check_parquet(data: bytes, options: Mapping[str, Any]) -> int:
    """The child's part: the bounds, then every row group; how many rows there are."""
    broken = HengjianError(f"“{options['name']}”不是完整的 Parquet 文件，请重新导出。")
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        told = file.metadata
        unpacked = sum(told.row_group(n).total_byte_size for n in range(told.num_row_groups))
        if told.num_rows > options["rows"] or told.num_columns > options["columns"]:
            raise HengjianError(
                f"“{options['name']}”超过 {options['rows']} 行或 {options['columns']} 列，请拆分。"
            )
        if unpacked > options["bytes"]:
            raise HengjianError(f"“{options['name']}”展开后过大，请分成几个文件上传。")
        for batch in file.iter_batches(ROWS_AT_ONCE):
            batch.validate(full=True)
        return int(told.num_rows)
    except (pa.ArrowException, OSError, ValueError):
        raise broken from None
