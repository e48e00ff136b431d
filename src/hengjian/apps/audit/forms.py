"""The filter of the log."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.utils.choices import BaseChoiceIterator

from hengjian.apps.audit.queries import OUTCOMES, Filter, labels
from hengjian.apps.ui.dates import DayField


class Actions(BaseChoiceIterator):
    """Every act there is. Django would look through all of them for groups, in each form anew."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield "", "全部"
        yield from labels().items()


class FilterForm(forms.Form):
    since = DayField(label="从", required=False)
    until = DayField(label="到", required=False)
    who = forms.CharField(label="操作人", required=False, max_length=60)
    action = forms.ChoiceField(label="操作", required=False, choices=Actions())
    target = forms.CharField(label="对象", required=False, max_length=100)
    outcome = forms.ChoiceField(label="结果", required=False, choices=[("", "全部"), *OUTCOMES.items()])

    @property
    def filter(self) -> Filter:
        """What was asked; fields that make no sense are left out (the form shows them as errors)."""
        self.is_valid()
        return Filter(
            **{name: self.cleaned_data[name] for name in Filter.__slots__ if name in self.cleaned_data}
        )
