"""More rows of what is there: each row of a table is copied a few times, what must be unique is made so.

A copy belongs to the same parents, so whatever a page lists of them grows. Rows that cannot be copied (one to one with
another, closed by a trigger) are left as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import UniqueConstraint

# who is who, what is in force, and the ends of chains: not what grows from day to day
LEFT = {
    "audit.Checkpoint", "org.User", "org.Person", "org.Role", "regs.Installation", "regs.ReadingDecision",
    "sessions.Session", "account.EmailAddress", "cases.Dataset",
}  # fmt: skip
PARENTS = 2
"""Rows of a table that are copied."""


def grow(times: int) -> dict[str, int]:
    """Copies made, by table. Every table once, in the order of the apps."""
    made = {}
    for model in apps.get_models():
        label = model._meta.label
        if model.__module__.startswith("hengjian.") and label not in LEFT and not model._meta.proxy:
            made[label] = _copies(model, times)
    return made


def _copies(model: type[models.Model], times: int) -> int:
    done = 0
    for row in model._base_manager.order_by("-pk")[:PARENTS]:
        for n in range(1, times + 1):
            done += _copy(model, row, n)
    return done


def _copy(model: type[models.Model], row: models.Model, n: int) -> bool:
    values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    for group in _groups(model):
        changed = next((name for name in group if _other(model, name)), None)
        if changed is None:
            return False
        values[_attname(model, changed)] = _other_value(model, changed, values, n)
    values[model._meta.pk.attname] = uuid4() if isinstance(row.pk, UUID) else None
    try:
        with transaction.atomic():
            model._base_manager.bulk_create([model(**values)])
    except DatabaseError:
        return False
    return True


def _groups(model: type[models.Model]) -> Iterable[tuple[str, ...]]:
    """Names of fields that must be unique together."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,)
    yield from (tuple(names) for names in model._meta.unique_together)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(constraint.fields)


_KINDS: dict[type[models.Field[Any, Any]], Callable[[Any, int], Any]] = {
    models.DateTimeField: lambda value, n: value - timedelta(seconds=n),
    models.DateField: lambda value, n: date.fromordinal(value.toordinal() - n),
    models.IntegerField: lambda value, n: value + 100_000 + n,
    models.UUIDField: lambda value, n: uuid4(),
}


def _other(model: type[models.Model], name: str) -> bool:
    field = model._meta.get_field(name)
    plain = isinstance(field, models.CharField | models.TextField) and not field.choices
    return plain or any(isinstance(field, kind) for kind in _KINDS)


def _other_value(model: type[models.Model], name: str, values: dict[str, Any], n: int) -> Any:
    field, value = model._meta.get_field(name), values[_attname(model, name)]
    if value is None:
        return None
    if isinstance(field, models.CharField | models.TextField):
        mark = f"~{n}"
        return value[: (field.max_length or 10_000) - len(mark)] + mark
    return next(change(value, n) for kind, change in _KINDS.items() if isinstance(field, kind))


def _attname(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)
