"""Articles of a regulation wherever they are named: a link into the reading room of the installation at hand."""

from __future__ import annotations

from collections.abc import Mapping

from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hengjian.base.articles import ArticleRef
from hengjian.base.errors import HengjianError


def article_label(ref: object) -> str:
    """第二十四条第二款; anything that is not an article number is shown as it stands.

    >>> article_label("24.2"), article_label("13、23"), article_label("附件"), article_label("")
    ('第二十四条第二款', '第十三条、第二十三条', '附件', '')
    """
    return "、".join(_one_label(part) for part in _parts(ref))


def article_name(ref: object) -> SafeString:
    """``{% article_name ref %}``: the same words without a link, for headings and inside other links."""
    return format_html('<span class="ref">{}</span>', article_label(ref)) if ref else SafeString("")


def article(context: Context, ref: object, of: object = None) -> SafeString:
    """``{% article clause.article %}``; ``of`` says whose article it is, where the page does not (see ``room_of``).

    Several references (``13、23``) are several links; where no room is known the words stand alone.
    """
    room = room_of(context, of)
    return format_html_join("、", "{}", ((_one(part, room),) for part in _parts(ref)))


def article_card(
    context: Context,
    ref: object,
    gist: str = "",
    clause: str = "",
    since: object = "",
    *,
    title: str = "",
    of: object = None,
    reading: str = "",
    breach: bool = False,
) -> dict[str, object]:
    """The basis of an act: article, gist in our words, clause id, since when, reading if one was chosen."""
    first = next(iter(_parts(ref)), "")
    room = room_of(context, of if of is not None else clause if clause.count("/") > 1 else None)
    url = article_url(room, first)
    return {
        "label": article_label(ref),
        "title": title,
        "gist": gist,
        "clause": clause,
        "clause_url": f"{url}#{'/'.join(clause.split('/')[-2:])}" if url and clause else "",
        "since": since,
        "url": url,
        "reading": reading,
        "breach": breach,
    }


def room_of(context: Context, of: object = None) -> int | None:
    """The installation meant: named (itself, its number, a thing of it, a full clause id), else the page's, else the only one."""
    if isinstance(of, int):
        return of
    if isinstance(of, str) and of:
        return _rooms(context).get(of.split("/")[0])
    for thing in (of, context.get("installation"), context.get("item"), context.get("governed")):
        found = _pk(thing)
        if found is not None:
            return found
    rooms = _rooms(context)
    return next(iter(rooms.values())) if len(rooms) == 1 else None


def _pk(thing: object) -> int | None:
    """Of an installation, or of what belongs to one."""
    if thing is None or thing == "":
        return None
    meta = getattr(thing, "_meta", None)
    if meta is not None and meta.label == "regs.Installation":
        return int(thing.pk)  # type: ignore[attr-defined]
    inner = getattr(thing, "installation", None)
    found = getattr(thing, "installation_id", None) or getattr(inner, "pk", None)
    return int(found) if found is not None else None


def _rooms(context: Context) -> Mapping[str, int]:
    frame = context.get("frame")
    return frame.rooms if frame is not None else {}


def article_url(room: int | None, ref: str) -> str:
    """The page of the article, "" where there is no room or the words are no reference."""
    if room is None or not ref:
        return ""
    try:
        return reverse("regs:article", args=[room, ArticleRef.parse(ref).article])
    except (HengjianError, NoReverseMatch):
        return ""


def _one(text: str, room: int | None) -> SafeString:
    url = article_url(room, text)
    if url:
        return format_html('<a class="ref" href="{}">{}</a>', url, _one_label(text))
    return format_html('<span class="ref">{}</span>', _one_label(text))


def _parts(ref: object) -> list[str]:
    return [part for part in str(ref or "").strip().split("、") if part]


def _one_label(text: str) -> str:
    try:
        return ArticleRef.parse(text).label
    except HengjianError:
        return text
