"""How Django's form controls are written: as Django does, but a list of choices without a template for each of them.

A filter over a few hundred acts, units or causes cost more than the fifty rows it filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SELECT = "django/forms/widgets/select.html"
DASHES = BLANK_CHOICE_DASH[0][1]


class Renderer(DjangoTemplates):
    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        if template_name != SELECT:
            return cast(SafeString, super().render(template_name, context, request))
        return _select(context["widget"])


def _select(widget: Mapping[str, Any]) -> SafeString:
    blank = "请选择" if widget["required"] else "（不选）"
    groups = format_html_join(
        "", "{}", ((_group(name, options, blank),) for name, options, _ in widget["optgroups"])
    )
    return format_html('<select name="{}"{}>{}\n</select>', widget["name"], _attrs(widget["attrs"]), groups)


def _group(name: str | None, options: Iterable[Mapping[str, Any]], blank: str) -> SafeString:
    lines = format_html_join("", '\n<option value="{}"{}>{}</option>', (_option(o, blank) for o in options))
    return format_html('\n<optgroup label="{}">{}\n</optgroup>', name, lines) if name else lines


def _option(option: Mapping[str, Any], blank: str) -> tuple[object, SafeString, object]:
    """Django's row of dashes says nothing: ``blank`` stands there instead."""
    label = blank if option["label"] == DASHES and not option["value"] else option["label"]
    return option["value"], _attrs(option["attrs"]), label


def _attrs(attrs: Mapping[str, object]) -> SafeString:
    """Those that are False are left out, True stands alone: as in Django's own templates."""
    pairs = ((name, value) for name, value in attrs.items() if value is not False)
    return format_html_join("", "{}", ((_attr(name, value),) for name, value in pairs))


def _attr(name: str, value: object) -> SafeString:
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
