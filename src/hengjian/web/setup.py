"""Start Django for commands that need it; said in one sentence when the settings are wrong."""

from __future__ import annotations

import os


def start_django() -> None:
    """Configure and load all apps (once)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengjian.web.settings")
    from hengjian.web.sqlite_swap import swap

    swap()
    import django

    django.setup()


def prepare_database() -> None:
    """Bring the schema and the shared cache table up to date."""
    from django.core.management import call_command

    from hengjian.web import fresh

    if fresh.is_empty():
        fresh.create_all()
    else:
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    from hengjian.apps.duties.statistics import gather_statistics

    gather_statistics()  # a migration that rebuilds a table forgets them


def pending_migrations() -> list[str]:
    """Names of migrations not yet applied."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
