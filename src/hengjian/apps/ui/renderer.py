"""How Django's form controls are written: as Django does, but a list of choices without a template for each of them,
and a line to type in without three.

A filter over a few hundred acts, units or causes cost more than the fifty rows it filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, cast

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString

from hengjian.apps.ui.parts.markup import NOTHING, put, repeated

SELECT = "django/forms/widgets/select.html"
INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html" for kind in ("text", "number", "email", "hidden", "date")
)
DASHES = BLANK_CHOICE_DASH[0][1]


class Renderer(DjangoTemplates):
    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        if template_name == SELECT:
            return _select(context["widget"])
        if template_name in INPUTS:
            return _input(context["widget"])
        return cast(SafeString, super().render(template_name, context, request))


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = NOTHING if widget["value"] is None else put(' value="{}"', widget["value"])
    attrs = _attrs(widget["attrs"])
    return put('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attrs)


def _select(widget: Mapping[str, Any]) -> SafeString:
    blank = "请选择" if widget["required"] else "（不选）"
    # Django puts each choice that stands alone in a nameless group of its own
    runs = groupby(widget["optgroups"], key=itemgetter(0))
    groups = repeated("{}", ((_group(name, _options(run), blank),) for name, run in runs))
    return put('<select name="{}"{}>{}\n</select>', widget["name"], _attrs(widget["attrs"]), groups)


def _group(name: str | None, options: Iterable[Mapping[str, Any]], blank: str) -> SafeString:
    lines = repeated('\n<option value="{}"{}>{}</option>', (_option(option, blank) for option in options))
    return put('\n<optgroup label="{}">{}\n</optgroup>', name, lines) if name else lines


def _options(run: Iterable[tuple[Any, ...]]) -> Iterable[Mapping[str, Any]]:
    return chain.from_iterable(options for _, options, _ in run)


def _option(option: Mapping[str, Any], blank: str) -> tuple[object, SafeString, object]:
    """Django's row of dashes says nothing: ``blank`` stands there instead."""
    label = blank if option["label"] == DASHES and not option["value"] else option["label"]
    return option["value"], _attrs(option["attrs"]), label


def _attrs(attrs: Mapping[str, object]) -> SafeString:
    """Those that are False are left out, True stands alone: as in Django's own templates."""
    if not attrs:
        return NOTHING
    return repeated("{}", ((_attr(name, value),) for name, value in attrs.items() if value is not False))


def _attr(name: str, value: object) -> SafeString:
    return put(" {}", name) if value is True else put(' {}="{}"', name, value)
