"""What the operations share."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Schema

from hengjian.apps.org.access import Actor
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right

Page = Annotated[int, Query(ge=1, le=100_000)]
PER_PAGE = 100


class Strict(Schema):
    """Unknown fields are refused."""

    model_config = {"extra": "forbid"}


def span(page: int) -> slice:
    """Rows of a page, the first being 1."""
    return slice((page - 1) * PER_PAGE, page * PER_PAGE)


def reader(request: HttpRequest) -> Actor:
    """Who asks, with the right to see cases; Denied without."""
    actor = actor_of(request)
    actor.require(Right.CASE_READ)
    return actor
