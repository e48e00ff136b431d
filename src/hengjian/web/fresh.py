"""A database that is still empty gets its tables straight from the models: a second instead of half a minute.

The models are what all migrations together lead to (the suite compares both), so every migration is noted as done.
"""

from __future__ import annotations

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model


def is_empty() -> bool:
    """Nothing of the product is there yet, nor half of it."""
    return not connection.introspection.django_table_names(only_existing=True)


def create_all() -> None:
    """All tables, then the migrations as done, in one transaction; then what apps do after a migration."""
    alias = connection.alias
    emit_pre_migrate_signal(0, False, alias)
    done: type[Model] = MigrationRecorder(connection).Migration
    rows = [done(app=app, name=name) for app, name in MigrationLoader(connection).graph.nodes]
    with connection.schema_editor() as editor:
        for model in [*_tables(), done]:
            editor.create_model(model)
        done._default_manager.using(alias).bulk_create(rows)
    emit_post_migrate_signal(0, False, alias)


def _tables() -> list[type[Model]]:
    """Every model with a table of its own; tables of many-to-many fields come with them."""
    return [model for model in apps.get_models() if model._meta.can_migrate(connection)]
