"""Tags every template may use (they are built in: no ``{% load %}``). Described in apps/ui/PATTERNS.md."""

from __future__ import annotations

from django import template

from hengjian.apps.ui.parts import basis, fields, paging, shown
from hengjian.apps.ui.parts.icons import svg
from hengjian.apps.ui.parts.lines import lines
from hengjian.apps.ui.parts.menu import menu

register = template.Library()

register.tag("lines", lines)
register.simple_tag(svg)
register.simple_tag(menu, takes_context=True)
register.simple_tag(shown.tag)
register.simple_tag(basis.article, takes_context=True)
register.simple_tag(basis.article_name)
register.simple_tag(shown.points)
register.simple_tag(shown.when)
register.simple_tag(shown.kbd)
register.filter("cn_period", shown.period_label)
register.filter("short_period", shown.short_period)
register.simple_tag(fields.field)
register.inclusion_tag("ui/tags/error_summary.html")(fields.error_summary)
register.inclusion_tag("ui/tags/pager.html", takes_context=True)(paging.pager)
register.inclusion_tag("ui/tags/empty.html")(shown.empty)
register.inclusion_tag("ui/tags/note.html")(shown.note)
register.inclusion_tag("ui/tags/article_card.html", takes_context=True)(basis.article_card)
register.inclusion_tag("ui/tags/key_hints.html")(shown.key_hints)
register.simple_tag(paging.query_with, name="query_with", takes_context=True)
