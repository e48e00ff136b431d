"""The inbox row by row: what differs is prepared here, the table is the template's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from urllib.parse import quote

from django.http import HttpRequest
from django.utils.safestring import mark_safe

from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.ui.drawn import NOTHING, SUB, articles, put, put_if, tag

Line = dict[str, object]
HERE = mark_safe(' class="here"')
OPEN_ENDED = mark_safe('<span class="soft">未定期限</span>')
NO_ARTICLE = mark_safe('<span class="soft">条文未规定</span>')


def liner(
    request: HttpRequest, kind: str, chosen: DutyRow | None
) -> Callable[[Iterable[DutyRow]], list[Line]]:
    """Draws rows of one page: the same heading and the same article are drawn once."""
    article = cache(articles(request))
    heading = cache(tag)
    urgent = tag("emergency", "紧急")
    asked = put("kind={}&amp;", quote(kind, safe="/")) if kind else NOTHING

    def draw(row: DutyRow) -> Line:
        left = put("{}{}", row.left, put_if(SUB, row.until)) if row.remaining else OPEN_ENDED
        return {
            "here": HERE if chosen is not None and row.key == chosen.key else NOTHING,
            "kind": urgent if row.emergency else heading(row.kind),
            "url": row.url,
            "title": row.title,
            "unit": put_if(SUB, row.unit),
            "state": row.state.value,
            "left": left,
            "article": article(row.article, row.clause) if row.article else NO_ARTICLE,
            "asked": asked,
            "key": quote(row.key, safe="/"),
            "next": row.next_step,
        }

    return lambda rows: [draw(row) for row in rows]
