"""The entries of this app in the menu, and its part of the search."""

from __future__ import annotations

from django.urls import reverse

from hengjian.apps.org.access import Actor
from hengjian.apps.regs import queries, room
from hengjian.apps.ui import nav, search
from hengjian.base.articles import ArticleRef


def find(actor: Actor, text: str, most: int) -> list[search.Hit]:
    """Articles by number, gist or clause title."""
    return [
        search.Hit(
            f"{pack.info.short_title or pack.info.title}{ArticleRef.parse(a.article).label}",
            reverse("regs:article", args=[installation.pk, a.article]),
            a.gist,
        )
        for installation in queries.visible_installations(actor)
        for pack in [queries.pack_for(installation, actor.at)]
        for a in room.search(pack, text)
    ][:most]


nav.add(
    nav.Entry("制度", "制度阅览", "regs:index", order=10, key="r"),
    nav.Entry("制度", "疑义登记", "regs:register", order=20),
)
search.add("条款", find)
