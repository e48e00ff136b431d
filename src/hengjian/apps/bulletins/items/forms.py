"""Forms of items. Choices come from the pack; the acts check everything again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.acts.emergency import emergency_stages
from hengjian.apps.bulletins.drafts import ItemDraft, planned_classes
from hengjian.apps.bulletins.models import Item, PhoneRecord
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.members import sorts_units
from hengjian.apps.ui.dates import DayField, MomentField
from hengjian.policy import Pack

ANY = ("", "全部")
JOINT = [("alone", "本部门独立完成"), ("led", "多部门合作，有牵头部门"), ("equal", "多部门合作，无牵头部门")]


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class UnitsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class ItemForm(forms.Form):
    """The editor. ``joint`` makes the author say whether there is a lead, because points hang on it."""

    title = forms.CharField(label="标题", max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))
    body = forms.CharField(
        label="正文",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "text"}),
        help_text="一段一行。",
    )
    form = forms.ChoiceField(label="体裁")
    category = forms.ChoiceField(label="类型", help_text="类型决定时限、载体和计分。")
    subtype = forms.ChoiceField(label="子类", required=False, help_text="子类决定适用哪一种时限。")
    importance = forms.ChoiceField(label="重要程度", required=False)
    grade = forms.ChoiceField(label="密级标识", help_text="本系统不得存放国家秘密。")
    outlet = forms.ChoiceField(label="拟用载体", required=False)
    occurred_at = MomentField(label="发生时间", required=False, help_text="报送时限从这里起算。")
    occurred_exact = forms.BooleanField(label="发生时间精确到分钟", required=False, initial=True)
    learned_at = MomentField(label="知悉时间", required=False, help_text="晚于发生时间才得知的填写。")
    planned_at = MomentField(
        label="发布或举行时间", required=False, help_text="文件发布、活动举行的时间；这类信息要在这之前报送。"
    )
    completes = forms.ModelChoiceField(
        Item.objects.none(),
        label="补报哪一篇",
        required=False,
        empty_label="（不是补报）",
        help_text="事前已报、现在补报成效的，选原来那一篇，两次合算一篇。",
    )
    joint = forms.ChoiceField(label="合作方式", choices=JOINT, initial="alone", widget=forms.RadioSelect)
    partners = UnitsChoice(
        label="合作部门", queryset=Unit.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    lead_unit = UnitChoice(
        label="牵头部门", queryset=Unit.objects.none(), required=False, empty_label="请选择"
    )
    sources = forms.CharField(
        label="素材来源",
        required=False,
        widget=area(3),
        help_text="列席的会议、参阅的文件（文号）等，一行一条。",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, pack: Pack, unit: Unit, departments: Iterable[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("form", "category", "subtype", "importance", "grade", "outlet"):
            chosen = words.choices(pack, words.VOCABULARY[name])
            open_choice = [("", "按类型")] if name in ("importance", "outlet") else []
            self.fields[name].choices = [*open_choice, *chosen]  # type: ignore[attr-defined]
        self.fields["subtype"].choices = [("", "（无）"), *_grouped_subtypes(pack)]  # type: ignore[attr-defined]
        if pack_emergency := _report_first(pack):
            kept = [c for c in self.fields["importance"].choices if c[0] not in pack_emergency]  # type: ignore[attr-defined]
            self.fields["importance"].choices = kept  # type: ignore[attr-defined]
        if planned_classes(pack):
            first = Item.objects.filter(
                unit=unit, planned_at__isnull=False, completes=None, filed_at__isnull=False
            )
            self.fields["completes"].queryset = first.order_by("-planned_at")  # type: ignore[attr-defined]
        else:
            del self.fields["planned_at"], self.fields["completes"]
        ids = [d.pk for d in departments if d.pk != unit.pk]
        if sorts_units(pack):
            self._speak_of_units()
        self.fields["partners"].queryset = Unit.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        self.fields["lead_unit"].queryset = Unit.objects.filter(pk__in=[unit.pk, *ids])  # type: ignore[attr-defined]
        if kinds := "、".join(term.label for term in words.terms(pack, "source")):
            self.fields["sources"].help_text = f"一行一条，写明名称、日期或文号：{kinds}。"
        self.initial.setdefault("client_key", uuid4().hex)
        self.initial.setdefault("grade", "internal")

    def _speak_of_units(self) -> None:
        """Where bureaus are appraised they write together, not departments of one house."""
        self.fields["joint"].choices = [(key, told.replace("部门", "单位")) for key, told in JOINT]  # type: ignore[attr-defined]
        for name in ("partners", "lead_unit"):
            field = self.fields[name]
            field.label = str(field.label).replace("部门", "单位")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        joint, partners = data.get("joint"), data.get("partners")
        if joint != "alone" and not partners:
            self.add_error("partners", f"请选择{self['partners'].label}，或改为独立完成。")
        if joint == "led" and not data.get("lead_unit"):
            self.add_error("lead_unit", "请选择牵头部门；没有的请选“无牵头部门”，两者的计分不同。")
        return data

    def draft(self) -> ItemDraft:
        data = self.cleaned_data
        joint = data["joint"] != "alone"
        plain = {
            k: data[k] for k in data if k not in ("joint", "partners", "lead_unit", "version", "client_key")
        }
        return ItemDraft(
            **plain,
            joint=joint,
            partners=tuple(data["partners"]) if joint else (),
            lead_unit=data["lead_unit"] if data["joint"] == "led" else None,
        )


def initial_of(item: Item) -> dict[str, Any]:
    """The form as the item stands."""
    names = [n for n in ItemForm.base_fields if n not in ("joint", "partners")]
    joint = "alone" if not item.joint else ("led" if item.lead_unit_id else "equal")
    partners = [p.unit_id for p in item.partners.all()]
    return {**{n: getattr(item, n) for n in names}, "joint": joint, "partners": partners}


def _grouped_subtypes(pack: Pack) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (term.label, [(t.key, t.label) for t in words.subtypes_of(pack, term.key)])
        for term in words.terms(pack, "category")
        if words.subtypes_of(pack, term.key)
    ]


def _report_first(pack: Pack) -> set[str]:
    """Importance words of the emergency lane, which has its own page."""
    return {
        key for flow in pack.clauses_of("flow") if flow.alert for key in flow.applies_to.get("importance", ())
    }


class ListForm(forms.Form):
    """The query form above the list."""

    q = forms.CharField(label="关键词", required=False, help_text="")
    state = forms.ChoiceField(label="状态", required=False, choices=[ANY, *Item.State.choices])
    category = forms.ChoiceField(label="类型", required=False)
    unit = UnitChoice(label="部门", queryset=Unit.objects.none(), required=False, empty_label="全部")
    lane = forms.ChoiceField(label="通道", required=False, choices=[ANY, *Item.Lane.choices])
    since = DayField(label="更新自", required=False)
    until = DayField(label="更新至", required=False)

    def __init__(self, *args: Any, categories: list[tuple[str, str]], units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [ANY, *categories]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["placeholder"] = "标题、正文或编号"


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(VersionForm):
    reason = forms.CharField(label="理由", widget=area(3), max_length=200)


class OptionalReasonForm(VersionForm):
    reason = forms.CharField(label="说明", widget=area(2), max_length=200, required=False)


class ApproveForm(VersionForm):
    step = forms.IntegerField(required=False, widget=forms.HiddenInput)
    opinion = forms.CharField(label="意见", widget=area(2), max_length=500, required=False)


class ReturnForm(VersionForm):
    """Reasons of the pack's list, an opinion in own words, or both."""

    reasons = forms.MultipleChoiceField(label="退回理由", required=False, widget=forms.CheckboxSelectMultiple)
    opinion = forms.CharField(
        label="具体意见", widget=area(3), max_length=500, required=False, help_text="对方会原样看到。"
    )

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = words.choices(pack, "return_reason")  # type: ignore[attr-defined]


class SendBackForm(ReturnForm):
    step = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SubmitForm(VersionForm):
    """The writing checklist; a way out, where the text leaves one and the actor may take it."""

    checked = forms.MultipleChoiceField(label="写作自查", required=False, widget=forms.CheckboxSelectMultiple)
    way_out = forms.ChoiceField(label="审核方式", required=False, widget=forms.RadioSelect)
    reason = forms.CharField(label="例外的理由", required=False, max_length=200, widget=area(2))

    def __init__(self, *args: Any, pack: Pack, ways: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = words.terms(pack, "writing_check")
        self.fields["checked"].choices = [(t.key, f"{t.label}：{t.help}") for t in terms]  # type: ignore[attr-defined]
        self.fields["checked"].help_text = "不作为报送条件，只留记录，提醒自己。"
        exceptional = [(way.key, f"例外：{way.title}") for way in ways]
        self.fields["way_out"].choices = [("", "按规定审核"), *exceptional]  # type: ignore[attr-defined]
        if not exceptional:
            del self.fields["way_out"], self.fields["reason"]


class WayOutForm(ReasonForm):
    way_out = forms.ChoiceField(label="例外程序", widget=forms.RadioSelect)

    def __init__(self, *args: Any, ways: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way_out"].choices = [(way.key, way.title) for way in ways]  # type: ignore[attr-defined]


class AmendForm(VersionForm):
    title = forms.CharField(label="标题", max_length=200)
    body = forms.CharField(label="正文", widget=forms.Textarea(attrs={"rows": 18, "class": "text"}))
    note = forms.CharField(label="改动说明", required=False, max_length=200)
    ask_again = forms.BooleanField(
        label="改动涉及实质内容，请原审核人重新审核", required=False, help_text="只在报送以后改稿时有用。"
    )


class RetypeForm(ReasonForm):
    category = forms.ChoiceField(label="类型")
    subtype = forms.ChoiceField(label="子类", required=False)
    importance = forms.ChoiceField(label="重要程度", required=False, help_text="可以提高，不可以降低。")
    outlet = forms.ChoiceField(label="拟用载体", required=False)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("category", "importance", "outlet"):
            self.fields[name].choices = words.choices(pack, words.VOCABULARY[name])  # type: ignore[attr-defined]
        self.fields["subtype"].choices = [("", "（无）"), *_grouped_subtypes(pack)]  # type: ignore[attr-defined]


class ReceiveForm(VersionForm):
    """The writing graded against the checklist; all of it optional."""

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for term in words.terms(pack, "writing_check"):
            self.fields[f"mark_{term.key}"] = forms.ChoiceField(
                label=term.label, choices=[("", "—"), ("good", "好"), ("weak", "需加强")], required=False
            )

    def marks(self) -> dict[str, str]:
        return {
            n.removeprefix("mark_"): v for n, v in self.cleaned_data.items() if n.startswith("mark_") and v
        }


class PhoneFields(forms.Form):
    called_at = MomentField(label="通话时间", required=False)
    means = forms.ChoiceField(
        label="方式", choices=PhoneRecord.Means.choices, initial=PhoneRecord.Means.PHONE, required=False
    )
    caller = forms.CharField(label="报告人", max_length=40, required=False)
    receiver = forms.CharField(label="接报人", max_length=40, required=False)
    receiver_office = forms.CharField(label="接报单位", max_length=100, required=False)
    content = forms.CharField(label="通话内容", widget=area(2), required=False)

    def clean_means(self) -> str:
        return self.cleaned_data.get("means") or PhoneRecord.Means.PHONE

    def call_given(self) -> bool:
        return bool(self.cleaned_data.get("called_at"))


class CallForm(PhoneFields):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True


class EmergencyForm(PhoneFields):
    """Four fields and out. The telephone record is there for those who called first."""

    unit = UnitChoice(label="报告部门", queryset=Unit.objects.none(), empty_label=None)
    what = forms.CharField(label="发生了什么", widget=area(4), help_text="先报要点，不求完整，详情随后补报。")
    where = forms.CharField(label="在哪里（地点、涉及单位）", max_length=60)
    occurred_at = MomentField(label="发生时间")
    learned_at = MomentField(
        label="知悉时间", required=False, help_text="比发生时间晚的填写；同时得知的留空。"
    )
    subtype = forms.ChoiceField(label="性质", widget=forms.RadioSelect)
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, subtypes: list[tuple[str, str]], units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subtype"].choices = subtypes  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial.setdefault("client_key", uuid4().hex)
        if subtypes:
            self.initial.setdefault("subtype", subtypes[0][0])


class StageForm(forms.Form):
    stage = forms.ChoiceField(label="阶段", widget=forms.RadioSelect)
    text = forms.CharField(label="内容", widget=area(5))
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = emergency_stages(pack)[1:]
        texts = [(t.key, f"{t.label}（{t.help}）" if t.help else t.label) for t in later]
        self.fields["stage"].choices = texts  # type: ignore[attr-defined]
        self.initial.setdefault("client_key", uuid4().hex)


class ExcludeForm(VersionForm):
    """Why an item does not count, in the pack's words."""

    reason = forms.ChoiceField(label="不计入的理由", widget=forms.RadioSelect)
    note = forms.CharField(label="具体情况", required=False, max_length=200)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = words.choices(pack, "exclusion")  # type: ignore[attr-defined]


class IncludeForm(VersionForm):
    note = forms.CharField(label="恢复计入的理由", max_length=200)
