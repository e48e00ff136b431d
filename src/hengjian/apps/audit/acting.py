"""How every change is made: ``@act`` opens the transaction, ``log`` says what happened, the entry is chained last.

An act that changes something and says nothing is a programming error and rolls back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction

from hengjian.apps.audit.chain import append
from hengjian.apps.audit.models import Entry
from hengjian.apps.org.access import Actor, Denied

P = ParamSpec("P")
R = TypeVar("R")

ACTIONS: dict[str, str] = {}
# model → its name in the log, where str() may say too much; apps register theirs when they are ready
NAMES: dict[type[models.Model], Callable[[Any], str]] = {}


@dataclass
class _Running:
    actor: Actor
    action: str
    entries: list[Entry] = field(default_factory=list)


_running: ContextVar[_Running | None] = ContextVar("running_act", default=None)
address_of_request: ContextVar[str] = ContextVar("address_of_request", default="")


def act(
    key: str, label: str
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Register the action ``key`` (unique for ever) and wrap a function whose first parameter is the actor.

    An act called by another act joins its transaction; the outermost takes the chain's lock, last.
    """
    if key in ACTIONS and ACTIONS[key] != label:
        raise ValueError(f"action key {key} is taken")
    ACTIONS[key] = label

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @wraps(function)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            outer = _running.get()
            try:
                with transaction.atomic():
                    running = _Running(actor, key)
                    token = _running.set(running)
                    try:
                        result = function(actor, *args, **kwargs)
                    finally:
                        _running.reset(token)
                    if not running.entries:
                        raise RuntimeError(f"act {key} left no audit entry")
                    if outer is None:
                        append(running.entries)
                    else:
                        outer.entries.extend(running.entries)
                    return result
            except Denied as denied:
                if outer is None:
                    record_denial(actor, key, denied)
                raise

        return run

    return decorate


def log(
    target: models.Model | None = None,
    *,
    label: str = "",
    unit: int | None = None,
    outcome: str = "ok",
    **payload: Any,
) -> None:
    """Say what the running act did to ``target``; ``payload`` holds what changed (before, after, reason …)."""
    running = _running.get()
    if running is None:
        raise RuntimeError("log() belongs inside an act")
    entry = _entry(running.actor, running.action, target, label, unit, payload)
    entry.outcome = outcome
    running.entries.append(entry)


@contextmanager
def attempt() -> Iterator[None]:
    """A part of the running act that may fail alone: what it changed and what it said are taken back."""
    running = _running.get()
    if running is None:
        raise RuntimeError("attempt() belongs inside an act")
    said = len(running.entries)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del running.entries[said:]
        raise


def record_denial(actor: Actor, key: str, denied: Denied) -> None:
    """A refused act is a fact too."""
    with transaction.atomic():
        entry = _entry(actor, key, None, "", None, {"message": denied.message})
        entry.outcome = "denied"
        append([entry])


def _entry(
    actor: Actor,
    action: str,
    target: models.Model | None,
    label: str,
    unit: int | None,
    payload: dict[str, Any],
) -> Entry:
    return Entry(
        at=actor.at,
        actor_id=actor.person.pk if actor.person else None,
        actor_name=actor.name,
        post="、".join(
            sorted({grant.post_title + ("（替）" if grant.substitute else "") for grant in actor.grants})
        )[:100],
        address=address_of_request.get(),
        action=action,
        object_type=target._meta.label_lower if target is not None else "",
        object_id=str(target.pk) if target is not None else "",
        object_label=(label or (called(target) if target is not None else ""))[:200],
        unit_id=unit if unit is not None else getattr(target, "unit_id", None),
        payload=json.dumps(payload, ensure_ascii=False, default=_plain, sort_keys=True),
    )


def called(target: models.Model) -> str:
    """How the log names an object: by NAMES where its usual name may not stand there."""
    return NAMES.get(type(target), str)(target)


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, models.Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)
