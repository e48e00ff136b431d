"""Forms of the list: a proposal, and one unit of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from hengjian.apps.org.models import Unit
from hengjian.apps.ui.dates import DayField

OFF_KEY = "off"


class ProposeForm(forms.Form):
    reason = forms.CharField(
        label="调整的理由", max_length=300, help_text="例如：某直报点职能划转，另设新的直报点。"
    )
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("client_key", uuid4().hex)


class _Named(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class RowForm(forms.Form):
    """``key``: a class of the pack, or off the list."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    unit = _Named(
        Unit.objects.none(), label="单位", help_text="还没有登记的单位，请系统管理员先在组织机构里设立。"
    )
    key = forms.ChoiceField(label="调整为")
    since = DayField(label="起", help_text="季度按最后一天的名单考评。")
    until = DayField(label="止", required=False, help_text="只列入一段时间的，填恢复原状的日期。")

    def __init__(self, *args: Any, units: Any, classes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["key"].choices = [("", "请选择"), *classes, (OFF_KEY, "移出名单")]  # type: ignore[attr-defined]

    def clean_key(self) -> str:
        chosen = str(self.cleaned_data["key"])
        return "" if chosen == OFF_KEY else chosen
