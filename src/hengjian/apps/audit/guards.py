"""Tables to which rows are only added: the database itself refuses every other statement.

Made anew after every migration, because SQLite rebuilds a table to change it and forgets its triggers. An app says
``keep_append_only(self, "points_posting", …)`` in ``AppConfig.ready()``.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate


def keep_append_only(app: AppConfig, *tables: str, what: str) -> None:
    """``what``: the subject of the sentence in which the database refuses."""

    def guard(using: str, **_: Any) -> None:
        there = connections[using].introspection.table_names()
        for table in tables:
            if table in there:
                _guard(connections[using], table, f"{what} is append-only")

    post_migrate.connect(guard, sender=app, weak=False, dispatch_uid=f"append-only-{app.label}")


def _guard(connection: BaseDatabaseWrapper, table: str, message: str) -> None:
    statements = _sqlite if connection.vendor == "sqlite" else _postgres
    with connection.cursor() as cursor:
        for statement in statements(table, message):
            cursor.execute(statement)


def _sqlite(table: str, message: str) -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _postgres(table: str, message: str) -> list[str]:
    function = f"{table}_refuse"
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$",
        f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
    ]
