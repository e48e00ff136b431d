"""Forms of commissions."""

from __future__ import annotations

from typing import Any

from django import forms

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.desk.forms import OnceForm
from hengjian.apps.bulletins.items.forms import UnitChoice
from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.models import Unit
from hengjian.apps.ui.dates import MomentField
from hengjian.policy import Pack


class RegisterForm(OnceForm):
    source = forms.CharField(label="约稿单位", max_length=100, help_text="写到处室，如：市局办公室。")
    title = forms.CharField(label="题目", max_length=200)
    brief = forms.CharField(label="要求", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    category = forms.ChoiceField(label="类型", required=False)
    asked_at = MomentField(label="约稿时间")
    due_at = MomentField(label="节点", help_text="承办部门要在这之前报到主管部门。")
    unit = UnitChoice(Unit.objects.none(), label="承办部门", required=False, help_text="可以登记以后再分配。")

    def __init__(self, *args: Any, pack: Pack, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", "不限"), *words.choices(pack, "category")]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class AssignForm(VersionForm):
    unit = UnitChoice(Unit.objects.none(), label="承办部门")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class DeclineForm(VersionForm):
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class LinkForm(forms.Form):
    item = forms.ModelChoiceField(Item.objects.none(), label="本部门的信息")

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
