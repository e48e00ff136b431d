"""Form fields: label, hint above, error above, the control; and the summary of errors on top of the form."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BaseForm, BoundField, CheckboxInput
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect

GROUPS = (RadioSelect, CheckboxSelectMultiple)


@dataclass(frozen=True, slots=True)
class Problem:
    text: str
    target: str


def field(bound: BoundField, css: str = "") -> dict[str, object]:
    """``{% field form.title %}``, ``{% field form.q "broad" %}``."""
    widget = bound.field.widget
    described = _described_by(bound)
    group = isinstance(widget, GROUPS)
    if not group:
        attrs: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
        if bound.errors:
            attrs["aria-invalid"] = "true"
        control = bound.as_widget(attrs=attrs)
    else:
        control = bound.as_widget()
    return {
        "field": bound,
        "css": css,
        "control": control,
        "group": group,
        "check": isinstance(widget, CheckboxInput),
        "hidden": widget.is_hidden,
        "described": " ".join(described),
    }


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
