from __future__ import annotations

from django import forms


class DecideForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label="意见", max_length=500, required=False)
