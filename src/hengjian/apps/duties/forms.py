"""Forms of the registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from hengjian.apps.org.models import Person
from hengjian.apps.ui.dates import DayField
from hengjian.policy.clauses.duty import QuotaDuty


class RecordForm(forms.Form):
    """What the clause asks as evidence becomes a field: minutes, attendance."""

    title = forms.CharField(label="事项名称", max_length=200)
    happened_on = DayField(label="日期")
    place = forms.CharField(label="地点", max_length=100, required=False)
    minutes = forms.CharField(label="纪要", required=False, widget=forms.Textarea(attrs={"rows": 8}))
    attendees = forms.MultipleChoiceField(
        label="参加人员", required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "inline"})
    )
    file = forms.FileField(
        label="附件", required=False, help_text="会议记录、签到表等：PDF、Word、WPS、Excel 或图片。"
    )

    def __init__(
        self, *args: Any, duty: QuotaDuty, people: QuerySet[Person], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        self.fields["minutes"].help_text = (
            "会议研究了什么、作了什么要求；也可以只上传会议记录。"
            if "minutes" in duty.evidence
            else "可以不填。"
        )
        attendees = self.fields["attendees"]
        assert isinstance(attendees, forms.MultipleChoiceField)
        attendees.choices = [(person.pk, f"{person.name}（{person.unit}）") for person in people]
        attendees.help_text = (
            "勾选到会的人；人多时也可以只上传签到表。" if "attendance" in duty.evidence else "可以不填。"
        )


class YearForm(forms.Form):
    """Which year of a register."""

    y = forms.TypedChoiceField(label="年度", coerce=int, required=False)

    def __init__(self, *args: Any, first: int, last: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["y"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(year, f"{year}年") for year in range(last, first - 1, -1)]

    def year(self, default: int) -> int:
        """The year asked for; the present one when nothing sensible was asked."""
        if self.is_bound and self.is_valid() and self.cleaned_data["y"]:
            return int(self.cleaned_data["y"])
        return default
