"""Autosave: what somebody is typing, kept apart from the record. It is no act: nobody else ever reads the text."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hengjian.apps.bulletins.models import Item, Scratch
from hengjian.apps.org.access import Actor

PRESENT = timedelta(minutes=10)
MOST = 200_000  # characters of all fields together


def keep(
    actor: Actor, key: str, values: dict[str, Any], item: Item | None, base_version: int
) -> Scratch | None:
    """Overwrite this person's scratch of one form; None when there is nobody to keep it for, or too much of it."""
    if actor.person is None or sum(len(str(v)) for v in values.values()) > MOST:
        return None
    fields = {"values": values, "item": item, "base_version": base_version, "saved_at": actor.at}
    scratch, _ = Scratch.objects.update_or_create(key=key[:64], person=actor.person, defaults=fields)
    return scratch


def find(actor: Actor, key: str) -> Scratch | None:
    return Scratch.objects.filter(key=key[:64], person=actor.person).first() if actor.person else None


def drop(actor: Actor, key: str) -> None:
    Scratch.objects.filter(key=key[:64], person=actor.person).delete()


def also_writing(actor: Actor, item: Item) -> list[Scratch]:
    """Others who typed in the same item a moment ago."""
    recent = Scratch.objects.filter(item=item, saved_at__gte=actor.at - PRESENT)
    return list(recent.exclude(person=actor.person).select_related("person"))


def unsaved_new(actor: Actor) -> list[Scratch]:
    """New items somebody began to type and never saved."""
    return (
        list(Scratch.objects.filter(person=actor.person, item=None).order_by("-saved_at"))
        if actor.person
        else []
    )
