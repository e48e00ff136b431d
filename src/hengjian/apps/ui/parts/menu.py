"""The main menu. It stands twice on every page, so it is written here and not by a template."""

from __future__ import annotations

from collections.abc import Iterable

from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from hengjian.apps.ui.nav import Shown
from hengjian.apps.ui.parts.markup import NOTHING, put, repeated

LINE = '<li><a href="{}"{}{}>{}{}</a></li>'
CURRENT = mark_safe(' aria-current="page"')


def menu(context: Context, place: str) -> SafeString:
    """``{% menu "side" %}`` beside the page (with the letters to jump by), ``{% menu "phone" %}`` in the bar."""
    sections = ((place, n, title, entries) for n, (title, entries) in enumerate(context["frame"].menu, 1))
    return put('<div class="menu">{}</div>', format_html_join("\n", "{}", map(_section, sections)))


def _section(drawn: tuple[str, int, str, Iterable[Shown]]) -> tuple[SafeString]:
    place, n, title, entries = drawn
    lines = repeated(LINE, (_line(entry, place == "side") for entry in entries), between="\n")
    text = '<h2 id="menu-{}-{}">{}</h2>\n<ul aria-labelledby="menu-{}-{}">\n{}\n</ul>'
    return (put(text, place, n, title, place, n, lines),)


def _line(entry: Shown, lettered: bool) -> tuple[object, ...]:
    key = put(' data-go="{}"', entry.key) if entry.key and lettered else NOTHING
    count = NOTHING
    if entry.count:
        count = put(' <span class="count{}">{}</span>', " hot" if entry.hot else "", entry.count)
    current = CURRENT if entry.current else NOTHING
    return entry.url, current, key, entry.label, count
