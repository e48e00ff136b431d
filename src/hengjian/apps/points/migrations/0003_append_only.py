"""Refuse UPDATE, DELETE and TRUNCATE on the ledger, in the database itself."""

from django.db import migrations

TABLES = ("points_posting", "points_ledgerline", "points_personshare")
MESSAGE = "the ledger is append-only"


def _sqlite(table):
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def _postgres(table):
    yield (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION points_refuse()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION points_refuse()"
    )


def forbid(apps, editor):
    sqlite = editor.connection.vendor == "sqlite"
    if not sqlite:
        editor.execute(
            "CREATE FUNCTION points_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
    for table in TABLES:
        for statement in _sqlite(table) if sqlite else _postgres(table):
            editor.execute(statement)


def allow(apps, editor):
    sqlite = editor.connection.vendor == "sqlite"
    for table in TABLES:
        for name in ("update", "delete") if sqlite else ("change", "truncate"):
            editor.execute(f"DROP TRIGGER {table}_no_{name}" + ("" if sqlite else f" ON {table}"))
    if not sqlite:
        editor.execute("DROP FUNCTION points_refuse()")


class Migration(migrations.Migration):
    dependencies = [("points", "0002_origin_of_lines")]

    operations = [migrations.RunPython(forbid, allow)]
