"""The search box of the bar."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from hengjian.apps.org.access import Actor
from hengjian.apps.releases.queries import open_figures, visible_releases
from hengjian.apps.releases.writing import shown
from hengjian.apps.ui import search


def register() -> None:
    search.add("数据发布", releases)
    search.add("已发布的数", figures)


def releases(actor: Actor, text: str, most: int) -> list[search.Hit]:
    found = visible_releases(actor).filter(Q(title__icontains=text) | Q(code__iexact=text))[:most]
    return [
        search.Hit(r.title, reverse("releases:release", args=[r.pk]), f"{r.unit} {r.get_state_display()}")
        for r in found
    ]


def figures(actor: Actor, text: str, most: int) -> list[search.Hit]:
    found = open_figures(actor).filter(Q(name__icontains=text) | Q(aliases__icontains=text))[:most]
    return [search.Hit(f.described, reverse("releases:figure", args=[f.pk]), shown(f)) for f in found]
