"""Tables with versions. Reading never waits; writing goes one at a time and is all or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from hengjian.casedata.kernels import derived_name
from hengjian.casedata.store import derived, sql
from hengjian.casedata.store.connect import LAKE, connect, quoted
from hengjian.casedata.store.derived import Fact
from hengjian.casedata.store.lock import writing
from hengjian.casedata.store.model import Changed, Changes, Column, Merged, StoreError, Version

WAIT = 30.0
"""Seconds to wait for another writer."""
RETRIES = 5
_opened: set[tuple[Path, str, int]] = set()


@dataclass(frozen=True)
class Store:
    """The store in ``folder``. Connections are opened for each piece of work and closed again."""

    folder: Path
    catalogue: str = ""
    memory: str = ""
    threads: int = 0

    @classmethod
    def open(cls, folder: Path, catalogue: str = "", *, memory: str = "", threads: int = 0) -> Store:
        """Make folder and catalogue where they are missing; what this process has opened before is there."""
        (folder / "data").mkdir(parents=True, exist_ok=True)
        store = cls(folder, catalogue, memory, threads)
        if (folder, catalogue, store._inode()) not in _opened:
            with writing(folder, WAIT), store.connection() as con:
                con.execute("SELECT 1")
            _opened.add((folder, catalogue, store._inode()))
        return store

    def _inode(self) -> int:
        """Tells the catalogue from another one put in its place; 0 when there is none."""
        kept = self.folder / ("data" if self.catalogue else "catalogue.sqlite")
        return kept.stat().st_ino if kept.exists() else 0

    @contextmanager
    def connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection whose current schema is the lake; for queries of other packages."""
        con = connect(self.folder, self.catalogue, memory=self.memory, threads=self.threads)
        try:
            yield con
        finally:
            con.close()

    # tables ------------------------------------------------------------------------------------------------------

    def create(self, table: str, columns: Sequence[Column]) -> None:
        """A new table; StoreError when the name is taken or a type is unknown."""
        sql.known_types(columns)
        with writing(self.folder, WAIT), self.connection() as con:
            if table in sql.tables(con):
                raise StoreError(f"库里已有“{table}”，不能重建；改列请用 add_columns。")
            sql.create(con, table, columns)

    def add_columns(self, table: str, columns: Sequence[Column]) -> None:
        """Columns the table lacks; older versions read NULL there."""
        with writing(self.folder, WAIT), self.connection() as con:
            sql.add_columns(con, table, columns)

    def keep_facts(self, table: str, facts: Sequence[Fact], *, at: datetime, author: str) -> list[str]:
        """Keep the facts beside their columns from now on, and compute them for the rows there; the new columns.

        A fact of a column the table lacks is passed over. All rows become one new version.
        """
        with writing(self.folder, WAIT), self.connection() as con:
            return self._keep_facts(con, table, facts, at, author)

    def prepare(
        self, table: str, columns: Sequence[Column], facts: Sequence[Fact], *, at: datetime, author: str
    ) -> None:
        """The table as it is wanted: made or given the columns it lacks, and the facts kept; in one connection."""
        sql.known_types(columns)
        with writing(self.folder, WAIT), self.connection() as con:
            if table in sql.tables(con):
                sql.add_columns(con, table, columns)
            else:
                sql.create(con, table, columns)
            self._keep_facts(con, table, facts, at, author)

    def _keep_facts(
        self, con: duckdb.DuckDBPyConnection, table: str, facts: Sequence[Fact], at: datetime, author: str
    ) -> list[str]:
        there = {c.name for c in sql.columns(con, table)}
        new = [f for f in facts if f[0] in there and derived_name(f[1], f[0]) not in there]
        names = [derived_name(kernel, column) for column, kernel in new]
        for name in names:
            con.execute(f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(name)} BOOLEAN")
        if new:
            sets = ", ".join(
                f"{quoted(name)} = {derived.expression(con, fact)}"
                for name, fact in zip(names, new, strict=True)
            )
            self._commit(con, f"UPDATE {quoted(table)} SET {sets}", at, author, "计算随值保存的判断")
        return names

    def tables(self) -> list[str]:
        with self.connection() as con:
            return sql.tables(con)

    def columns(self, table: str) -> list[Column]:
        with self.connection() as con:
            return sql.columns(con, table)

    # writing -----------------------------------------------------------------------------------------------------

    def merge(
        self,
        table: str,
        rows: pa.Table | Path,
        *,
        key: str,
        at: datetime,
        author: str,
        message: str,
    ) -> Merged:
        """Insert new rows, update those that differ, leave the rest: the same rows again make no version.

        ``rows``: an Arrow table or a Parquet file; columns the table has and ``rows`` lacks keep their values. A key
        that is missing or stands twice is an error: nothing is written.
        """
        with writing(self.folder, WAIT), self.connection() as con:
            sql.incoming(con, table, rows)
            columns = sql.shared(con, table, key)
            sql.one_row_a_key(con, key)
            counts = sql.compare(con, table, key, columns)
            if counts[0] + counts[1] == 0:
                return Merged(None, *counts)
            version = self._commit(con, sql.merge_sql(table, key, columns), at, author, message)
        return Merged(version, *counts)

    def _commit(
        self, con: duckdb.DuckDBPyConnection, statement: str, at: datetime, author: str, message: str
    ) -> int:
        extra = json.dumps({"at": at.isoformat()})
        for attempt in range(RETRIES):
            try:
                con.execute("BEGIN")
                con.execute(statement)
                con.execute(
                    f"CALL {LAKE}.set_commit_message(?, ?, extra_info => ?)", [author, message, extra]
                )
                con.execute("COMMIT")
                break
            except duckdb.TransactionException:
                con.execute("ROLLBACK")
                if attempt == RETRIES - 1:
                    raise StoreError("案件库提交没有成功，已撤销，请稍后再试。") from None
        return sql.latest(con)

    def compact(self, *, at: datetime) -> None:
        """Merge small files and deletions into fewer files. Versions stay readable."""
        with writing(self.folder, WAIT), self.connection() as con:
            con.execute(f"CALL ducklake_rewrite_data_files('{LAKE}')")
            con.execute(f"CALL ducklake_merge_adjacent_files('{LAKE}')")

    # reading -----------------------------------------------------------------------------------------------------

    def latest(self) -> int:
        with self.connection() as con:
            return sql.latest(con)

    def versions(self, table: str) -> list[Version]:
        """Commits that touched ``table``, oldest first."""
        with self.connection() as con:
            number = sql.table_id(con, table)
            rows = con.execute(
                "SELECT snapshot_id, author, commit_message, commit_extra_info, changes::VARCHAR"
                f" FROM {LAKE}.snapshots() ORDER BY 1"
            ).fetchall()
        return [
            Version(n, sql.time(extra), author or "", message or "")
            for n, author, message, extra, changes in rows
            if author is not None and sql.touches(changes, number)
        ]

    def version_after(self, table: str, merged: Merged, known: int | None) -> int | None:
        """The version the caller's books should name after a write; None when they name the right one already.

        ``known``: what they name now. Where a process died between the store and the books, the store is ahead: the
        same rows sent again change nothing, and the books catch up here.
        """
        if merged.version is not None:
            return merged.version
        stored = max((version.number for version in self.versions(table)), default=None)
        return stored if stored is not None and stored > (known or 0) else None

    def source(self, table: str, version: int | None = None) -> str:
        """The table at a version, as SQL for ``connection()``; stands after FROM and takes an alias.

        It names the lake, so it also holds after ``USE`` of another database (:data:`.connect.BESIDE`).
        """
        if version is None:
            return _named(table)
        return f"(SELECT * FROM {_named(table)} AT (VERSION => {int(version)}))"

    def read(self, table: str, *, version: int | None = None, columns: Sequence[str] = ("*",)) -> pa.Table:
        """The whole table (or some columns) as Arrow."""
        wanted = ", ".join("*" if c == "*" else quoted(c) for c in columns)
        with self.connection() as con:
            return con.execute(f"SELECT {wanted} FROM {self.source(table, version)}").to_arrow_table()

    def row(self, table: str, key: str, value: str, version: int | None = None) -> dict[str, Any] | None:
        """One row by its key; None when it is not there."""
        return next(iter(self.rows(table, key, [value], version)), None)

    def rows(
        self, table: str, key: str, values: Sequence[str], version: int | None = None
    ) -> list[dict[str, Any]]:
        """The rows whose ``key`` holds one of ``values``; hundreds cost little more than one."""
        with self.connection() as con:
            found = con.execute(
                f"SELECT * FROM {self.source(table, version)} WHERE {quoted(key)} IN (SELECT unnest(?))",
                [list(values)],
            )
            names = [d[0] for d in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def count(self, table: str, version: int | None = None) -> int:
        with self.connection() as con:
            row = con.execute(f"SELECT count(*) FROM {self.source(table, version)}").fetchone()
        return int(row[0]) if row else 0

    def changes(
        self, table: str, key: str, since: int, until: int | None = None, only: str | None = None
    ) -> list[Changed]:
        """What happened after version ``since`` up to ``until`` (the latest), in order; ``only``: to the row of this key."""
        with self.connection() as con:
            last = sql.latest(con) if until is None else until
            if since >= last:
                return []
            found = con.execute(
                f"SELECT * FROM {LAKE}.table_changes('{table}', {since + 1}, {last})"
                f"{'' if only is None else f' WHERE {quoted(key)} = ?'}"
                " ORDER BY snapshot_id, rowid, change_type DESC",
                [] if only is None else [only],
            )
            names = [d[0] for d in found.description]
            return list(sql.pairs(found.fetchall(), names, key))

    def changed(self, table: str, since: int, until: int) -> str:
        """States before and after of every row that changed after ``since``, as SQL for ``connection()``."""
        if since >= until:
            return f"(SELECT * FROM {quoted(table)} LIMIT 0)"
        return (
            f"(SELECT * EXCLUDE (snapshot_id, rowid, change_type) "
            f"FROM {LAKE}.table_changes('{table}', {since + 1}, {until}))"
        )

    def changes_of(self, table: str, since: int, until: int) -> Changes:
        """The same apart: the changed rows as they are at ``until``, and every state since that was replaced.

        A row is never deleted here, only replaced: compaction may report rows as deleted that it moved.
        """
        if since >= until:
            none = f"(SELECT * FROM {_named(table)} LIMIT 0)"
            return Changes(none, none)
        span = f"'{LAKE}', 'main', '{table}', {since + 1}, {until}"
        new = f"ducklake_table_insertions({span})"
        if until - since == 1:
            return Changes(f"(SELECT * FROM {new})", f"(SELECT * FROM ducklake_table_deletions({span}))")
        return Changes(
            f"(SELECT * EXCLUDE (__row, __at) FROM (SELECT rowid AS __row, snapshot_id AS __at, * FROM {new}) AS i"
            f" ANTI JOIN (SELECT rowid AS __row, snapshot_id AS __at FROM {new}) AS later"
            " ON i.__row = later.__row AND i.__at < later.__at)",
            f"(SELECT * FROM ducklake_table_deletions({span}))",
        )

    def changed_keys(self, table: str, key: str, since: int, until: int | None = None) -> list[str]:
        """Keys of rows that were inserted or changed after ``since``."""
        with self.connection() as con:
            last = sql.latest(con) if until is None else until
            if since >= last:
                return []
            rows = con.execute(
                f"SELECT DISTINCT {quoted(key)} FROM {LAKE}.table_changes('{table}', {since + 1}, {last})"
            ).fetchall()
        return [str(row[0]) for row in rows]

    def history(self, table: str, key: str, value: str) -> list[tuple[Version, dict[str, Any]]]:
        """Every state of one row with the version that made it, oldest first."""
        found = [c for c in self.changes(table, key, 0, only=value) if c.after is not None]
        by_number = {v.number: v for v in self.versions(table)}
        return [(by_number[c.version], c.after or {}) for c in found if c.version in by_number]

    def export(self, table: str, target: Path, version: int | None = None) -> Path:
        """Plain Parquet with deletions merged, for Spark and other engines."""
        target.mkdir(parents=True, exist_ok=True)
        file = target / f"{table}.parquet"
        with self.connection() as con:
            con.execute(f"COPY (SELECT * FROM {self.source(table, version)}) TO '{file}' (FORMAT parquet)")
        return file


def _named(table: str) -> str:
    return f"{LAKE}.main.{quoted(table)}"
