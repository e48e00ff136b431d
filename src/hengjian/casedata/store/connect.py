"""A DuckDB connection with the lake attached. The extensions come from installed packages; nothing is downloaded."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

import duckdb

from hengjian.casedata.store.model import StoreError

LAKE = "lake"
BESIDE = "memory"
"""DuckDB's own database: with it in USE, a statement over temporary tables does not ask the catalogue (5 ms each)."""
_EXTENSIONS = {
    "ducklake": "duckdb_extension_ducklake",
    "sqlite_scanner": "duckdb_extension_sqlite_scanner",
    "postgres_scanner": "duckdb_extension_postgres_scanner",
}
_checked: set[Path] = set()


def connect(
    folder: Path, catalogue: str = "", *, read_only: bool = False, memory: str = "", threads: int = 0
) -> duckdb.DuckDBPyConnection:
    """``catalogue``: a PostgreSQL connection string (``dbname=… host=…``); empty: SQLite in ``folder``."""
    kinds = ["ducklake", "postgres_scanner" if catalogue else "sqlite_scanner"]
    con = _with_extensions(kinds)
    con.execute("SET TimeZone = 'Asia/Shanghai'")
    if memory:
        con.execute(f"SET memory_limit = {_text(memory)}")
    if threads:
        con.execute(f"SET threads = {int(threads)}")
    where = f"postgres:{catalogue}" if catalogue else f"sqlite:{folder / 'catalogue.sqlite'}"
    # the catalogue remembers where the files lay when it was made; a folder moved or restored elsewhere still opens
    options = [f"DATA_PATH {_text(str(folder / 'data'))}", "OVERRIDE_DATA_PATH true"]
    options += ["READ_ONLY"] if read_only else []
    con.execute(f"ATTACH {_text('ducklake:' + where)} AS {LAKE} ({', '.join(options)})")
    con.execute(f"USE {LAKE}")
    return con


def _with_extensions(kinds: list[str]) -> duckdb.DuckDBPyConnection:
    """Signatures of the extensions are checked once a process: that takes a hundred times as long as loading them."""
    files = [_extension(kind) for kind in kinds]
    known = _checked.issuperset(files)
    config: dict[str, str | bool | int | float | list[str]] = {"autoinstall_known_extensions": False}
    con = duckdb.connect(config=config | {"allow_unsigned_extensions": known})
    for file in files:
        con.execute(f"LOAD {_text(str(file))}")
    _checked.update(files)
    return con


@cache
def _extension(kind: str) -> Path:
    try:
        module = importlib.import_module(_EXTENSIONS[kind])
    except ImportError as error:
        raise StoreError(
            f"没有安装 DuckDB 扩展包 {_EXTENSIONS[kind]}，请按 requirements/base.txt 安装。"
        ) from error
    found = next(Path(str(module.__file__)).parent.rglob(f"{kind}.duckdb_extension"), None)
    if found is None:
        raise StoreError(f"扩展包 {_EXTENSIONS[kind]} 里没有 {kind}.duckdb_extension，请重新安装。")
    return found


def _text(value: str) -> str:
    """As an SQL string."""
    return "'" + value.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """As an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
