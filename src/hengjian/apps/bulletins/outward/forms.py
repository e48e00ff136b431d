"""Forms of reporting to the outside."""

from __future__ import annotations

from typing import Any

from django import forms

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.desk.forms import OnceForm
from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.outward.rules import outlet_for
from hengjian.apps.ui.dates import MomentField
from hengjian.policy import Pack


class ProposeForm(OnceForm):
    recipient = forms.CharField(label="收件单位", max_length=100, help_text="写到处室，如：市局办公室。")
    audience = forms.MultipleChoiceField(
        label="报送对象", widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, pack: Pack, item: Item, way_out: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = words.attr(pack, "outlet", outlet_for(pack, item, way_out), "audience") or ()
        listed = [(key, label) for key, label in words.choices(pack, "audience") if key in fitting]
        self.fields["audience"].choices = listed  # type: ignore[attr-defined]
        if len(listed) < 2:
            del self.fields["audience"]
        if not way_out:
            self.fields["reason"].required = False
            self.fields["reason"].help_text = "为什么选这一篇，供领导审核时参考。"
        else:
            self.fields["reason"].help_text = "写明上级哪个处室、什么时候、怎样要求的。"


class SentForm(forms.Form):
    sent_at = MomentField(label="报出时间")
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="报送的方式、文号等。")
    version = forms.IntegerField(widget=forms.HiddenInput)
