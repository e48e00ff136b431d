"""A new database made from the models is the one the migrations lead to."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from hengjian.web import fresh

Shape = dict[str, set[tuple[object, ...]]]


def _made(folder: Path, module: str) -> Shape:
    folder.mkdir()
    environment = os.environ | {
        "HENGJIAN_DATA_DIR": str(folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "hengjian.web.settings",
    }
    subprocess.run([sys.executable, "-W", "ignore", "-m", module, "migrate"], env=environment, check=True)
    with sqlite3.connect(folder / "hengjian.sqlite3") as found:
        return _shape(found)


def _shape(found: sqlite3.Connection) -> Shape:
    """Columns, keys, indexes and triggers of each table, without the order in which columns were added."""
    names = (row[0] for row in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
    tables = [name for name in names if not name.startswith("sqlite_")]
    shape: Shape = {}
    for table in tables:
        columns = {("column", *row[1:]) for row in found.execute(f'PRAGMA table_info("{table}")')}
        keys = {("key", *row[2:5]) for row in found.execute(f'PRAGMA foreign_key_list("{table}")')}
        shape[table] = columns | keys | _indexes(found, table) | _triggers(found, table)
    return shape


def _indexes(found: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    rows = found.execute(f'PRAGMA index_list("{table}")').fetchall()
    parts = {
        row[1]: tuple(part[2:5] for part in found.execute(f'PRAGMA index_xinfo("{row[1]}")')) for row in rows
    }
    return {("index", row[2], row[4], parts[row[1]]) for row in rows}


def _triggers(found: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    return {("trigger", row[0]) for row in found.execute(sql, [table])}


@pytest.mark.slow
def test_models_and_migrations_make_the_same_tables(tmp_path: Path) -> None:
    at_once, by_steps = _made(tmp_path / "at_once", "hengjian"), _made(tmp_path / "by_steps", "django")
    at_once.pop("cache", None)  # made by a command of its own
    assert at_once.keys() == by_steps.keys()
    different = {name: at_once[name] ^ by_steps[name] for name in by_steps if name in at_once}
    assert {name: found for name, found in different.items() if found} == {}


@pytest.mark.django_db
def test_a_database_with_tables_is_not_taken_for_a_new_one() -> None:
    assert not fresh.is_empty()
    assert "audit_entry" in connection.introspection.table_names()
