"""Editions in the search box of the bar: by name, number, editor's note and the titles inside, of those the actor may read."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from hengjian.apps.bulletins.desk.queries import visible_editions
from hengjian.apps.bulletins.models import Edition, EditionEntry
from hengjian.apps.org.access import Actor
from hengjian.apps.ui.search import Hit
from hengjian.base.times import to_local


def find(actor: Actor, text: str, most: int) -> list[Hit]:
    editions = visible_editions(actor).filter(state=Edition.State.ISSUED)
    for word in text.split():
        inside = EditionEntry.objects.filter(edition=OuterRef("pk"), revision__title__icontains=word)
        wanted = Q(title__icontains=word) | Q(editor_note__icontains=word) | Exists(inside)
        editions = editions.filter(
            wanted | Q(number=int(word)) if word.isdecimal() and len(word) < 7 else wanted
        )
    return [Hit(str(edition), _address(edition), _detail(edition)) for edition in editions[:most]]


def _address(edition: Edition) -> str:
    return reverse("bulletins:read_edition", args=[edition.pk])


def _detail(edition: Edition) -> str:
    return f"{edition.year}年 · {to_local(edition.issued_at):%Y-%m-%d} 印发" if edition.issued_at else ""
