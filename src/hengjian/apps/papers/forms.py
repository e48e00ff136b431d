"""Forms of this app."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from hengjian.apps.org.models import Unit

ENDINGS = ".txt,.docx,.pdf,.html,.zip"


class MultipleFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = MultipleFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class HandInForm(forms.Form):
    client_key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    place = forms.ModelChoiceField(Unit.objects.none(), label="法院或部门", empty_label=None)
    documents = FilesField(
        label="文书文件",
        required=False,
        help_text="txt、docx、有文字的 PDF，或者装着它们的 zip；可以一次选几个。",
        widget=MultipleFiles(attrs={"multiple": True, "accept": ENDINGS}),
    )
    pasted = forms.CharField(
        label="或者粘贴文书",
        required=False,
        max_length=400_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]


class RecordForm(forms.Form):
    """What the record elsewhere says, one field an item; empty is not compared."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, offered: Iterable[tuple[str, str]], typed: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for key, label in offered:
            self.fields[f"item-{key}"] = forms.CharField(
                label=label, required=False, max_length=500, initial=typed.get(key, "")
            )

    def values(self) -> dict[str, str]:
        return {
            name.removeprefix("item-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("item-")
        }


class DecideForm(forms.Form):
    """One choice an item that differs; nothing chosen leaves it open. ``rest``: what the record lacks is taken."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    rest = forms.BooleanField(required=False)

    def verdicts(self, lacking: Iterable[str] = ()) -> dict[str, str]:
        rest = dict.fromkeys(lacking, "accepted") if self.cleaned_data["rest"] else {}
        return rest | {
            name.removeprefix("item-"): value
            for name, value in self.data.items()
            if name.startswith("item-") and value
        }


class TakeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class EnterForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    case_id = forms.CharField(label="案件标识", max_length=64, help_text="业务系统里这个案件的标识。")
