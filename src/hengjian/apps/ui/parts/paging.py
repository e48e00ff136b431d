"""Page links that keep the query."""

from __future__ import annotations

from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context

NEAR = 2


def query_with(context: Context, **changes: object) -> str:
    """``?…`` of this page with some parameters changed; None removes one."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode()


def pager(context: Context, page: Page, name: str = "page", unit: str = "条") -> dict[str, object]:  # type: ignore[type-arg]
    """``{% pager page %}`` for a Django ``Page``."""
    total, last = page.paginator.count, page.paginator.num_pages
    numbers = sorted({1, last, *range(max(1, page.number - NEAR), min(last, page.number + NEAR) + 1)})
    links: list[tuple[int | None, str]] = []
    before = 0
    for number in numbers:
        if number > before + 1:
            links.append((None, ""))
        links.append((number, query_with(context, **{name: number})))
        before = number
    return {
        "page": page,
        "total": total,
        "last": last,
        "links": links,
        "unit": unit,
        "previous": query_with(context, **{name: page.number - 1}) if page.number > 1 else "",
        "next": query_with(context, **{name: page.number + 1}) if page.number < last else "",
    }
