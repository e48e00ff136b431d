"""The filter of the log."""

from __future__ import annotations

from typing import Any

from django import forms

from hengjian.apps.audit.queries import OUTCOMES, Filter, labels
from hengjian.apps.ui.dates import DayField


class FilterForm(forms.Form):
    since = DayField(label="从", required=False)
    until = DayField(label="到", required=False)
    who = forms.CharField(label="操作人", required=False, max_length=60)
    action = forms.ChoiceField(label="操作", required=False)
    target = forms.CharField(label="对象", required=False, max_length=100)
    outcome = forms.ChoiceField(label="结果", required=False, choices=[("", "全部"), *OUTCOMES.items()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", "全部"), *labels().items()]  # type: ignore[attr-defined]

    @property
    def filter(self) -> Filter:
        """What was asked; fields that make no sense are left out (the form shows them as errors)."""
        self.is_valid()
        return Filter(
            **{name: self.cleaned_data[name] for name in Filter.__slots__ if name in self.cleaned_data}
        )
