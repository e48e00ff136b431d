"""A list of choices is written as Django writes it."""

from __future__ import annotations

import re

import pytest
from django.forms import (
    HiddenInput,
    MultipleChoiceField,
    NumberInput,
    Select,
    Textarea,
    TextInput,
)
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input
from django.utils.safestring import mark_safe

from hengjian.apps.ui.renderer import Renderer

CHOICES = [
    ("", "全部"),
    ("a", "<甲> & “乙”"),
    (1000, mark_safe("<b>丙</b>")),
    ("组'一", [("x", "一"), ('y"', "二")]),
]


@pytest.mark.parametrize("value", ["", "a", 1000, 'y"', None])
@pytest.mark.parametrize("attrs", [{}, {"id": "id_f", "required": True, "hidden": False, "data-n": 3}])
def test_as_django_writes_it(value: object, attrs: dict[str, object]) -> None:
    select = Select(choices=CHOICES)
    ours, theirs = (select.render("f", value, attrs, renderer=r) for r in (Renderer(), DjangoTemplates()))
    assert _spaces(ours) == _spaces(theirs)


def test_several_at_once() -> None:
    widget = MultipleChoiceField(choices=CHOICES).widget
    ours, theirs = (widget.render("f", ["a", "x"], {}, renderer=r) for r in (Renderer(), DjangoTemplates()))
    assert _spaces(ours) == _spaces(theirs)
    assert ours.count("selected") == 2


@pytest.mark.parametrize("value", ["", "<甲> & “乙”'\"", 1000, None, mark_safe("<b>")])
@pytest.mark.parametrize(
    "widget", [TextInput(attrs={"size": 5, "required": True}), NumberInput(), HiddenInput()]
)
def test_a_line_to_type_in_as_django_writes_it(value: object, widget: Input) -> None:
    attrs = {"id": "id_f", "disabled": False, "placeholder": "<收件人>"}
    ours, theirs = (widget.render("f", value, attrs, renderer=r) for r in (Renderer(), DjangoTemplates()))
    assert ours == theirs.strip()


def test_other_controls_are_left_to_django() -> None:
    assert "<textarea" in Textarea().render("f", "a", {}, renderer=Renderer())


def _spaces(html: str) -> str:
    return re.sub(r"\s+", " ", html).strip()


@pytest.mark.parametrize(("required", "word"), [(True, "请选择"), (False, "（不选）")])
def test_instead_of_dashes_a_word(required: bool, word: str) -> None:
    select = Select(choices=[("", "---------"), ("-", "---------")])
    select.is_required = required
    shown = select.render("f", "", {}, renderer=Renderer())
    assert f">{word}</option>" in shown
    assert shown.count("---------") == 1  # a choice that is really called so stays
