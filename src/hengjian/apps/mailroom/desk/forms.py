from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from hengjian.apps.org.models import Unit


class MultipleFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; each must be a file that was really sent."""

    widget = MultipleFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or [None]]


class PlaceForm(forms.Form):
    """``suggested`` are offered with keys 1, 2, 3; any other department stands in the list below."""

    near = forms.ChoiceField(label="可能的部门", required=False, widget=forms.RadioSelect)
    other = forms.ChoiceField(label="其他部门", required=False)
    title = forms.CharField(label="标题", max_length=200)
    learn = forms.BooleanField(label="以后照此识别这个部门名称", required=False)

    def __init__(
        self, *args: object, units: Iterable[Unit], suggested: Iterable[Unit], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.units = {str(unit.pk): unit for unit in units}
        self.suggested = list(suggested)
        near, other = self.fields["near"], self.fields["other"]
        assert isinstance(near, forms.ChoiceField) and isinstance(other, forms.ChoiceField)
        near.choices = [(str(unit.pk), str(unit)) for unit in self.suggested]
        other.choices = [("", "请选择"), *((pk, unit.name) for pk, unit in self.units.items())]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        unit = self.units.get(data.get("other") or data.get("near") or "")
        if unit is None:
            self.add_error("other", "请选择部门：按 1、2、3 选可能的部门，或者从列表里选。")
        return data | {"unit": unit}


class RefuseForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    tell = forms.BooleanField(label="把理由发给来信地址", required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200)


class UploadForm(forms.Form):
    house = forms.ChoiceField(label="收信单位")
    file = FilesField(
        label="邮件文件",
        help_text="从邮件客户端导出的 .eml，或者一个信箱的 .mbox，可以一次选几个。",
        widget=MultipleFiles(attrs={"multiple": True, "accept": ".eml,.mbox"}),
    )

    def __init__(self, *args: object, houses: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["house"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(houses)
        if len(field.choices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = field.choices[0][0]
