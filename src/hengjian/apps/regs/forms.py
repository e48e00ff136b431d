"""Forms of the reading room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from hengjian.apps.org.forms import Day, EmptyForm, UnitChoice
from hengjian.apps.org.models import Unit
from hengjian.policy import Reading

__all__ = ["DecideForm", "EmptyForm", "InstallForm", "RedateForm"]


class DecideForm(forms.Form):
    option = forms.ChoiceField(label="采用的理解", widget=forms.RadioSelect)
    decided_by = forms.CharField(
        label="决定人（机构）", max_length=100, help_text="如：院党组会、审判管理办公室。"
    )
    document = forms.CharField(
        label="决定文件", max_length=200, help_text="文号、会议纪要或签批件，供日后查证。"
    )
    effective_from = Day(label="起用日期", help_text="这一天起的事按新的理解；之前的照旧。")

    def __init__(self, *args: Any, reading: Reading, chosen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (key, option.title + ("（现行）" if key == chosen else ""))
            for key, option in reading.options.items()
        ]
        self.fields["option"].choices = choices  # type: ignore[attr-defined]
        self.fields["option"].initial = chosen


class InstallForm(forms.Form):
    pack = forms.ChoiceField(label="制度包")
    unit = UnitChoice(Unit.objects.none(), label="适用单位", help_text="适用于这个单位及其全部下级。")
    competent_unit = UnitChoice(Unit.objects.none(), label="信息主管部门", required=False)
    in_force_from = Day(label="启用日期", help_text="文件未写明生效日期的，以印发凭证为准。")
    evidence = forms.CharField(label="启用依据", max_length=200, help_text="印发文件的文号、会议纪要等。")

    def __init__(
        self, *args: Any, units: QuerySet[Unit], packs: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pack"].choices = packs  # type: ignore[attr-defined]
        for name in ("unit", "competent_unit"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]


class RedateForm(forms.Form):
    in_force_from = Day(label="启用日期")
    evidence = forms.CharField(label="启用依据", max_length=200)
