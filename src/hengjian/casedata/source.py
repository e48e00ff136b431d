"""What a run reads: Parquet or CSV, one file, many, or a folder, as one DuckDB relation."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from hengjian.base.errors import HengjianError, Place
from hengjian.casedata import csvtypes
from hengjian.casedata.encoding import as_utf8

Say = Callable[[str], None]


@dataclass(slots=True)
class Source:
    """``sql`` stands after FROM; ``columns`` are name → type. Close it to drop temporary copies."""

    sql: str
    columns: dict[str, str]
    paths: tuple[Path, ...]
    kind: str
    _temporary: list[tempfile.TemporaryDirectory[str]] = field(default_factory=list)

    def close(self) -> None:
        for folder in self._temporary:
            folder.cleanup()


def files_of(path: Path) -> tuple[Path, ...]:
    """The data files of a path, a folder or a pattern with ``*``, all of one kind; HengjianError otherwise."""
    where = Place(str(path))
    if path.is_dir():
        found = sorted(f for f in path.rglob("*") if f.suffix.lower() in (".parquet", ".csv"))
    elif path.is_file():
        found = [path]
    elif "*" in path.name and path.parent.is_dir():
        found = sorted(path.parent.glob(path.name))
    else:
        found = []
    if not found:
        raise HengjianError("没有这个文件，或文件夹里没有 .parquet、.csv 文件，请检查路径。", where=where)
    kinds = {_kind(file) for file in found}
    if len(kinds) > 1:
        raise HengjianError("文件夹里既有 Parquet 又有 CSV，请分开检查。", where=where)
    return tuple(found)


def open_source(
    con: duckdb.DuckDBPyConnection, path: Path, text: Iterable[str] | None = (), say: Say = print
) -> Source:
    """Columns named in ``text`` stay text in CSV files, whatever they look like (codes, ids); None: all of them."""
    files = files_of(path)
    if _kind(files[0]) == "parquet":
        return _parquet(con, files)
    return _csv(con, files, None if text is None else set(text), say)


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _list(files: Iterable[Path]) -> str:
    return "[" + ", ".join(literal(str(file)) for file in files) + "]"


def _kind(file: Path) -> str:
    """By content: Parquet begins with PAR1."""
    with file.open("rb") as stream:
        return "parquet" if stream.read(4) == b"PAR1" else "csv"


def _parquet(con: duckdb.DuckDBPyConnection, files: tuple[Path, ...]) -> Source:
    union = ", union_by_name = true" if len(files) > 1 else ""
    sql = f"read_parquet({_list(files)}{union})"
    return Source(sql, describe(con, sql, files[0]), files, "parquet")


def _csv(con: duckdb.DuckDBPyConnection, files: tuple[Path, ...], text: set[str] | None, say: Say) -> Source:
    temporary: list[tempfile.TemporaryDirectory[str]] = []
    try:
        files = as_utf8(files, temporary)
        union = ", union_by_name = true" if len(files) > 1 else ""
        plain = f"read_csv({_list(files)}, header = true, all_varchar = true{union})"
        columns = describe(con, plain, files[0])
        if text is None:
            return Source(plain, columns, files, "csv", temporary)
        types = csvtypes.guess(con, plain, list(columns), text, files[0])
        sql = csvtypes.typed(con, plain, f"{_list(files)}, header = true{union}", types, say)
        return Source(sql, describe(con, sql, files[0]), files, "csv", temporary)
    except BaseException:
        for folder in temporary:
            folder.cleanup()
        raise


def describe(con: duckdb.DuckDBPyConnection, sql: str, file: Path) -> dict[str, str]:
    """Columns and types of a relation; HengjianError when the file can't be read."""
    try:
        rows = con.execute(f"DESCRIBE SELECT * FROM {sql}").fetchall()
    except duckdb.Error as error:
        raise HengjianError(
            f"读不了这个文件：{first_line(error)}。请检查文件是否完整。", where=Place(str(file))
        ) from None
    return {str(row[0]): str(row[1]) for row in rows}


def first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
