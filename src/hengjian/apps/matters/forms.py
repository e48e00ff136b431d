"""Forms of matters. The acts check again."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.models import Unit
from hengjian.apps.ui.dates import MomentField


class MatterForm(forms.Form):
    kind = forms.ChoiceField(label="来源", widget=forms.RadioSelect)
    title = forms.CharField(label="事项", max_length=200, help_text="要各单位贯彻落实的是什么。")
    document = forms.CharField(label="文号或者会议名称", max_length=100, required=False)
    happened_at = MomentField(label="召开（下发）时间", help_text="时限从这里起算。")
    summary = forms.CharField(label="要求", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    long_term = forms.BooleanField(label="需要长期持续推进，定期报阶段性进展", required=False)
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="责任单位", widget=forms.CheckboxSelectMultiple
    )
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["units"].queryset = units  # type: ignore[attr-defined]
        self.initial.setdefault("client_key", uuid4().hex)


class LinkForm(forms.Form):
    stage = forms.ChoiceField(label="阶段")
    item = forms.ModelChoiceField(Item.objects.none(), label="信息", empty_label=None)

    def __init__(self, *args: Any, stages: list[tuple[str, str]], items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200)
