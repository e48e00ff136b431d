"""Rows out of CSV files as people save them: UTF-8 or GBK, comma, semicolon or tab."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

from hengjian.base.errors import HengjianError
from hengjian.documents.intake.guard import check_size
from hengjian.documents.text import clean

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadCsv:
    """Rows of a CSV file (empty rows left out), with the encoding and delimiter found."""

    rows: tuple[tuple[str, ...], ...]
    encoding: str
    delimiter: str


def read_csv(
    data: bytes,
    *,
    max_bytes: int = 20 * _MEGABYTE,
    max_line: int = _MEGABYTE,
    max_rows: int = 100_000,
    max_columns: int = 200,
) -> ReadCsv:
    """Read a CSV. Raises HengjianError for files that are too large, in no known encoding, or no text.

    >>> read_csv("姓名,得分\\n甲,3\\n".encode("gbk")).rows
    (('姓名', '得分'), ('甲', '3'))
    """
    check_size(data, max_bytes)
    text, encoding = decode(data)
    if max(map(len, text.split("\n"))) > max_line:
        raise HengjianError("文件有一行过长，不像 CSV 表格，请检查后重新上传。")
    delimiter = _delimiter(text)
    rows: list[tuple[str, ...]] = []
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), 1):
            if number > max_rows or len(row) > max_columns:
                raise HengjianError(f"表格超过 {max_rows} 行或 {max_columns} 列的上限，请拆分后再上传。")
            if any(cell.strip() for cell in row):
                rows.append(tuple(clean(cell).strip() for cell in row))
    except csv.Error:
        near = len(rows) + 1
        raise HengjianError(f"第 {near} 行附近引号不配对或单元格过长，请检查后重新上传。") from None
    return ReadCsv(tuple(rows), encoding, delimiter)


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding: by mark, else UTF-8, else GB 18030 (which includes GBK)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif b"\0" in data[:4096]:
        raise HengjianError("文件不是文本，请用 WPS 或 Excel 另存为 CSV 后再上传。")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise HengjianError("文件的编码既不是 UTF-8 也不是 GBK，请用 WPS 或 Excel 另存为 CSV UTF-8 后再上传。")


def _delimiter(text: str) -> str:
    first = text.lstrip("\n\r").split("\n", 1)[0]
    return max((",", "\t", ";"), key=first.count)
