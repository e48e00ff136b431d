from __future__ import annotations

from django import forms
from django.apps import AppConfig

# An empty field says what to do, not what it is. Fields take their messages when forms are defined: before ready().
forms.Field.default_error_messages["required"] = "请填写。"
for field in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField, forms.FileField):
    field.default_error_messages["required"] = "请选择。"


class UiConfig(AppConfig):
    name = "hengjian.apps.ui"
    verbose_name = "界面"
