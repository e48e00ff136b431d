"""Forms of the desk. Choices come from the pack; the acts check again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from hengjian.apps.bulletins.desk.acts.fault import graded
from hengjian.apps.bulletins.models import Edition, Item, Revision
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.members import members
from hengjian.apps.regs.models import Installation
from hengjian.apps.ui.dates import MomentField
from hengjian.policy import Pack

Choices = list[tuple[str, str]]
CHOOSE = "请选择"  # what earns or costs points is never preset


def terms(pack: Pack, vocabulary: str, *, empty: str = "") -> Choices:
    found = [(term.key, term.label) for term in pack.vocabulary(vocabulary)]
    return [("", empty), *found] if empty else found


class OnceForm(forms.Form):
    """Carries the key by which a form sent twice is done once."""

    client_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("client_key", uuid4().hex)
        super().__init__(*args, **kwargs)


class AdoptionForm(OnceForm):
    tier = forms.ChoiceField(label="采用层级")
    publication = forms.CharField(
        label="刊物名称", max_length=100, help_text="如：市委信息快报 2026 年第 12 期。"
    )
    carrier = forms.ChoiceField(label="载体类别", required=False, help_text="决定是不是给予表彰的采用。")
    happened_at = MomentField(label="采用时间")
    note = forms.CharField(label="备注", max_length=500, required=False)
    evidence = forms.FileField(label="凭证（刊物扫描件等）", required=False)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tier"].choices = terms(pack, "tier", empty=CHOOSE)  # type: ignore[attr-defined]
        listed = pack.vocabulary("publication") if "publication" in pack.vocabularies else ()
        if not any(term.attrs.get("lowest") for term in listed):
            del self.fields["carrier"]
            return
        choices = terms(pack, "publication", empty="（不在给予表彰的名单里）")
        self.fields["carrier"].choices = choices  # type: ignore[attr-defined]


class InstructionForm(OnceForm):
    level = forms.ChoiceField(label="批示级别", help_text="按批示所在的记录登记，不从职务推断。")
    system = forms.ChoiceField(label="所属系统")
    leader = forms.CharField(label="批示人（职务）", max_length=100)
    happened_at = MomentField(label="批示时间")
    note = forms.CharField(
        label="批示内容", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = forms.FileField(label="凭证（批示件）", required=False)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = terms(pack, "instruction_level", empty=CHOOSE)  # type: ignore[attr-defined]
        self.fields["system"].choices = terms(pack, "system", empty=CHOOSE)  # type: ignore[attr-defined]


def _severities(form: forms.Form, pack: Pack) -> None:
    """Asked where the regulation has words for it, and always where it is part of every kind of fault."""
    if "severity" not in pack.vocabularies:
        del form.fields["severity"]
        return
    always = all(graded(term) for term in pack.vocabulary("fault"))
    form.fields["severity"].required = always
    choices = terms(pack, "severity", empty=CHOOSE if always else "（不适用）")
    form.fields["severity"].choices = choices  # type: ignore[attr-defined]


class FaultForm(forms.Form):
    kind = forms.ChoiceField(label="差错类别")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任部门")
    severity = forms.ChoiceField(label="后果", required=False)
    n = forms.IntegerField(label="处（次）数", min_value=1, initial=1)
    sent_up = forms.BooleanField(label="出现在已报送上级的信息中", required=False)
    happened_at = MomentField(label="发生时间")
    description = forms.CharField(label="事实经过和依据", widget=forms.Textarea(attrs={"rows": 4}))
    wrong_text = forms.CharField(
        label="错误的原文",
        required=False,
        max_length=200,
        help_text="填写后系统找出是哪一稿、谁引入的，供您判断。",
    )
    revision = forms.ModelChoiceField(Revision.objects.none(), label="引入差错的修订稿", required=False)
    evidence = forms.FileField(label="凭证", required=False)

    def __init__(self, *args: Any, pack: Pack, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        revisions = item.revisions.order_by("n")
        units = {item.unit_id, *item.partners.values_list("unit_id", flat=True)}
        units |= set(revisions.exclude(made_by_unit=None).values_list("made_by_unit_id", flat=True))
        self.fields["kind"].choices = terms(pack, "fault", empty=CHOOSE)  # type: ignore[attr-defined]
        _severities(self, pack)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units)  # type: ignore[attr-defined]
        self.fields["revision"].queryset = revisions  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    verdict = forms.ChoiceField(
        label="认定", choices=[("confirmed", "成立"), ("dismissed", "不成立")], widget=forms.RadioSelect
    )
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}))
    unanswered = forms.BooleanField(label="已告知部门，部门不作答复", required=False)


class ViolationForm(forms.Form):
    """A violation of a department that left no item behind."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任部门")
    kind = forms.ChoiceField(label="情形")
    severity = forms.ChoiceField(label="后果", required=False)
    happened_at = MomentField(label="发生时间")
    description = forms.CharField(
        label="经过和依据",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明时间、事项和凭据，责任部门据此答复。",
    )

    def __init__(self, *args: Any, pack: Pack, installation: Installation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrote = members(installation, pack, installation.in_force_from, date.max)
        units = Unit.objects.filter(pk__in=[unit.pk for unit in wrote]).exclude(pk=installation.unit_id)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["kind"].choices = terms(pack, "fault", empty=CHOOSE)  # type: ignore[attr-defined]
        _severities(self, pack)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200)


class ReplyForm(forms.Form):
    text = forms.CharField(label="申辩", widget=forms.Textarea(attrs={"rows": 4}))


class RemarkForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Edition
        fields = ["editor_note"]
        widgets = {"editor_note": forms.Textarea(attrs={"rows": 3})}


class OpenEditionForm(forms.Form):
    outlet = forms.ChoiceField(label="载体")
    recipients = forms.MultipleChoiceField(
        label="报送对象",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只有逐期确定对象的载体需要选择。",
    )

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cyclic = {t.attrs.get("outlet") for t in pack.vocabulary("series")}
        self.fields["outlet"].choices = [  # type: ignore[attr-defined]
            (t.key, t.label) for t in pack.vocabulary("outlet") if t.key not in cyclic
        ]
        self.fields["recipients"].choices = terms(pack, "audience")  # type: ignore[attr-defined]
