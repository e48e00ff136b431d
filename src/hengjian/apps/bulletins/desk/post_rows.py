"""The intranet column, row by row; the table is the template's."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from hengjian.apps.bulletins.models import IntranetPost
from hengjian.apps.org.queries import names_of
from hengjian.apps.ui.drawn import numbered, when


class Post(NamedTuple):
    pk: int
    posted_at: datetime
    title: str
    unit: int


def listed(posts: QuerySet[IntranetPost]) -> list[Post]:
    """What the column shows of the posts of one page, fetched without models."""
    fields = ("pk", "posted_at", "revision__title", "item__unit_id")
    return [Post(*row) for row in posts.prefetch_related(None).values_list(*fields)]


def post_rows(posts: list[Post]) -> list[dict[str, object]]:
    units = names_of(post.unit for post in posts)
    address = numbered("bulletins:article")
    return [
        {
            "url": address(post.pk),
            "title": post.title,
            "unit": units[post.unit],
            "posted": when(post.posted_at, "day"),
        }
        for post in posts
    ]
