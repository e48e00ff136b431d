"""Forms of the desk. The acts check again."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from hengjian.apps.desk.models import AnswerTemplate, Skill, System, Ticket
from hengjian.apps.desk.queries import words
from hengjian.apps.desk.skills import Board
from hengjian.apps.desk.states import NEXT
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.ui.dates import DayField, MomentField

STARS = [(5, "很满意"), (4, "满意"), (3, "一般"), (2, "不满意"), (1, "很不满意")]


def _choices(form: forms.Form, name: str, choices: list[tuple[Any, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class TicketForm(forms.Form):
    client_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    kind = forms.ChoiceField(label="事项")
    origin = forms.ChoiceField(label="来源", help_text="替别人登记的，选真正的提出人。")
    channel = forms.ChoiceField(
        label="渠道", choices=[("inside", "本人填写"), ("phone", "电话登记"), ("mail", "邮件登记")]
    )
    title = forms.CharField(label="标题", max_length=120)
    body = forms.CharField(label="内容", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    system = forms.CharField(label="涉及的系统", max_length=80, required=False)
    contact_name = forms.CharField(label="联系人", max_length=40, required=False)
    contact = forms.CharField(label="联系方式", max_length=80, required=False)

    def __init__(self, *args: Any, scene: Scene, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("client_key", uuid4().hex)
        super().__init__(*args, **kwargs)
        _choices(self, "kind", list(words(scene, "ticket_kind").items()))
        _choices(self, "origin", list(words(scene, "ticket_origin").items()))


class PublicForm(forms.Form):
    """What the public fills in. ``website`` is a trap no person sees."""

    client_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    stamp = forms.CharField(widget=forms.HiddenInput, max_length=200)
    origin = forms.ChoiceField(label="您是", widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="要反映的是")
    title = forms.CharField(label="一句话说明", max_length=120)
    body = forms.CharField(
        label="详细情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text="请不要写身份证号、银行卡号和案情细节。",
    )  # fmt: skip
    contact_name = forms.CharField(label="怎样称呼您", max_length=40, required=False)
    contact = forms.CharField(
        label="电话或邮箱", max_length=80, required=False, help_text="可以不填，凭查询码查看答复。"
    )
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, scene: Scene, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("client_key", uuid4().hex)
        super().__init__(*args, **kwargs)
        staff = "staff"
        origins = [(k, v) for k, v in words(scene, "ticket_origin").items() if k != staff]
        _choices(self, "origin", origins)
        _choices(self, "kind", list(words(scene, "ticket_kind").items()))


class CodeForm(forms.Form):
    code = forms.CharField(label="查询码", max_length=32)


class RouteForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    handler = forms.ModelChoiceField(Unit.objects.none(), label="分给", empty_label="请选择")
    note = forms.CharField(label="分办意见", max_length=300, required=False)

    def __init__(self, *args: Any, scene: Scene, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = Unit.objects.filter(pk__in=[u.pk for u in scene.units])  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label="答复", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class RateForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    stars = forms.TypedChoiceField(label="满意度", choices=STARS, coerce=int, widget=forms.RadioSelect)
    text = forms.CharField(label="想说的话", max_length=300, required=False)


class ReasonForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label="理由", max_length=300, required=False)


class FilterForm(forms.Form):
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *Ticket.State.choices])
    kind = forms.ChoiceField(label="事项", required=False)
    handler = forms.ModelChoiceField(
        Unit.objects.none(), label="办理单位", required=False, empty_label="全部"
    )
    text = forms.CharField(label="标题、内容或者编号", required=False, max_length=60)

    def __init__(self, *args: Any, scene: Scene, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "kind", [("", "全部"), *words(scene, "ticket_kind").items()])
        units = Unit.objects.filter(handled_tickets__installation=scene.installation).distinct()
        self.fields["handler"].queryset = units  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    starts_at = MomentField(label="召开时间")
    place = forms.CharField(label="地点", max_length=80)
    urgent = forms.BooleanField(label="临时会议", required=False)
    reason = forms.CharField(label="紧急事由", max_length=200, required=False, help_text="临时会议填写。")


class TopicForm(forms.Form):
    topic = forms.ChoiceField(label="类别")
    title = forms.CharField(label="议题", max_length=200)
    detail = forms.CharField(
        label="情况", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, scene: Scene, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "topic", list(words(scene, "topic").items()))


class MinutesForm(forms.Form):
    """Conclusions for each topic, and up to eight decisions."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    chair = forms.CharField(label="主持人", max_length=60)
    present = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label="出席人员",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "inline"}),
    )
    absent = forms.CharField(label="请假人员", max_length=200, required=False)
    summary = forms.CharField(
        label="会议概述", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    DECISIONS = 8

    def __init__(
        self, *args: Any, scene: Scene, people: Any, items: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].queryset = people  # type: ignore[attr-defined]
        self.topics = items
        units = Unit.objects.filter(pk__in=[u.pk for u in scene.units])
        for pk, title in items:
            area = forms.Textarea(attrs={"rows": 2})
            self.fields[f"c{pk}"] = forms.CharField(label=title, required=False, max_length=1000, widget=area)
        for n in range(self.DECISIONS):
            self.fields[f"t{n}"] = forms.CharField(label=f"事项 {n + 1}", required=False, max_length=300)
            self.fields[f"u{n}"] = forms.ModelChoiceField(
                units, label=f"责任单位 {n + 1}", required=False, empty_label="请选择"
            )
            self.fields[f"i{n}"] = forms.TypedChoiceField(
                label=f"出自议题 {n + 1}",
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", "不限"), *((pk, title[:40]) for pk, title in items)],
            )
            self.fields[f"d{n}"] = DayField(label=f"期限 {n + 1}", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for n in range(self.DECISIONS):
            if data.get(f"t{n}") and not data.get(f"u{n}"):
                self.add_error(f"u{n}", "请选择责任单位。")
        return data

    def conclusions(self) -> list[Any]:
        return [self[f"c{pk}"] for pk, _ in self.topics]

    def decisions(self) -> list[tuple[Any, ...]]:
        return [tuple(self[f"{part}{n}"] for part in "tiud") for n in range(self.DECISIONS)]


class DoneForm(forms.Form):
    note = forms.CharField(label="怎样办结的", max_length=300)


class SystemForm(forms.Form):
    name = forms.CharField(label="系统名称", max_length=100)
    purpose = forms.CharField(
        label="用途", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class AdvanceForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    stage = forms.ChoiceField(label="进到")
    happened_on = DayField(label="日期")
    note = forms.CharField(label="依据和说明", max_length=300)
    lead = forms.ModelChoiceField(
        Unit.objects.none(), label="牵头部门", required=False, empty_label="不填", help_text="移交时填写。"
    )
    indicator = forms.ChoiceField(label="指标", required=False, help_text="列入指标时填写。")

    def __init__(self, *args: Any, scene: Scene, system: System, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "stage", [(s, System.Stage(s).label) for s in NEXT[system.stage]])
        self.fields["lead"].queryset = Unit.objects.filter(pk__in=[u.pk for u in scene.units])  # type: ignore[attr-defined]
        _choices(self, "indicator", [("", "—"), *((m.indicator, m.title) for m in scene.by_key.values())])


class EvidenceForm(forms.Form):
    line = forms.CharField(widget=forms.HiddenInput, max_length=40)
    happened_on = DayField(label="日期")
    text = forms.CharField(label="做了什么", max_length=300)
    file = forms.FileField(label="佐证", required=False)


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    class Meta:
        model = AnswerTemplate
        fields = ("title", "kind", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, scene: Scene, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "不限"), *words(scene, "ticket_kind").items()]
        self.fields["kind"] = forms.ChoiceField(label="事项", choices=choices, required=False)


class RequireForm(forms.Form):
    systems = forms.CharField(
        label="系统", required=False, widget=forms.Textarea(attrs={"rows": 5}), help_text="一行写一个系统。"
    )


class SkillForm(forms.Form):
    system = forms.ChoiceField(label="系统")
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="人员", widget=forms.CheckboxSelectMultiple(attrs={"class": "inline"})
    )
    way = forms.ChoiceField(label="方式", choices=Skill.Way.choices)
    happened_on = DayField(label="日期")
    note = forms.CharField(label="依据", max_length=200, help_text="如哪次培训、考核，成绩多少。")

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "system", [(name, name) for name in board.systems])
        people = Person.objects.filter(pk__in=[person.pk for person, _ in board.rows])
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
