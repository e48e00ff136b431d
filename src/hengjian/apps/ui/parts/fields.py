"""Form fields: label, hint above, error above, the control; and the summary of errors on top of the form."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BaseForm, BoundField, CheckboxInput
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from hengjian.apps.ui.parts.markup import put

GROUPS = (RadioSelect, CheckboxSelectMultiple)


@dataclass(frozen=True, slots=True)
class Problem:
    text: str
    target: str


PLAIN = '<div class="field {}">\n<label for="{}">{}{}</label>\n\n{}\n</div>\n'
MUST = mark_safe('<span class="must">必填</span>')
MAY = mark_safe('<span class="may">选填</span>')


def field(bound: BoundField, css: str = "") -> SafeString:
    """``{% field form.title %}``, ``{% field form.q "broad" %}``. The usual line to type in or list to choose from is
    written here: a filter has seven of them, and a template for each costs as much as the rows it filters."""
    widget = bound.field.widget
    described = _described_by(bound)
    group, check = isinstance(widget, GROUPS), isinstance(widget, CheckboxInput)
    if not group:
        attrs: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
        if bound.errors:
            attrs["aria-invalid"] = "true"
        control = bound.as_widget(attrs=attrs)
    else:
        control = bound.as_widget()
    if not (described or group or check or widget.is_hidden):
        return put(
            PLAIN, css, bound.id_for_label, bound.label, MUST if bound.field.required else MAY, control
        )
    context = {
        "field": bound,
        "css": css,
        "control": control,
        "group": group,
        "check": check,
        "hidden": widget.is_hidden,
        "described": " ".join(described),
    }
    return render_to_string("ui/tags/field.html", context)


def _described_by(bound: BoundField) -> list[str]:
    ids = []
    if bound.help_text:
        ids.append(f"{bound.auto_id}_hint")
    if bound.errors:
        ids.append(f"{bound.auto_id}_wrong")
    return ids


def error_summary(form: BaseForm | None, focus: bool = True) -> dict[str, object]:
    """``{% error_summary form %}``: every error once, linked to its field."""
    problems: list[Problem] = []
    if form is not None and form.is_bound:
        for name, messages in form.errors.items():
            target = _target(form, name)
            name_of_field = form[name].label if name in form.fields else ""
            problems.extend(Problem(_named(str(message), str(name_of_field)), target) for message in messages)
    return {"problems": problems, "focus": focus}


def _named(message: str, label: str) -> str:
    """Django's own messages do not say which field they mean; ours do.

    >>> _named("请填写。", "标题"), _named("标题太长，请缩短。", "标题")
    ('标题：请填写。', '标题太长，请缩短。')
    """
    return message if not label or label in message else f"{label}：{message}"


def _target(form: BaseForm, name: str) -> str:
    if name not in form.fields:
        return ""
    bound = form[name]
    if isinstance(bound.field.widget, GROUPS):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id
