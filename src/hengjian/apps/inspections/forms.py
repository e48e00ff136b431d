"""Forms of the desk. They read what was typed and offer what there is to choose; the acts decide."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from hengjian.apps.inspections import records, words
from hengjian.apps.inspections.acts.team import fit_members
from hengjian.apps.inspections.models import Evidence, FrozenCopy, HeadCheck, Inspection, Request
from hengjian.apps.org.access import Actor
from hengjian.apps.org.forms import by_court
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.org.queries import HOUSES
from hengjian.apps.ui.dates import DayField, MomentField
from hengjian.policy import Pack


def area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


STEPS = ("inspection", "finding", "practice", "member")


def inspection_of(subject: Any) -> Inspection | None:
    """The inspection something belongs to, however many steps away; None for what belongs to none."""
    while subject is not None and not isinstance(subject, Inspection):
        subject = next((getattr(subject, name) for name in STEPS if hasattr(subject, name)), None)
    return subject


class DoForm(forms.Form):
    """``subject`` is what the act is about, ``inspection`` the inspection it belongs to (None outside of one)."""

    def __init__(self, *args: Any, actor: Actor, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.subject = actor, subject
        if hasattr(subject, "version"):
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=subject.version, required=False
            )
        if "client_key" in self.fields:
            self.fields["client_key"].initial = uuid4().hex
        self.prepare()

    def prepare(self) -> None:
        """Fill in what can be chosen."""

    @property
    def inspection(self) -> Inspection:
        found = inspection_of(self.subject)
        assert found is not None
        return found

    @property
    def pack(self) -> Pack:
        return words.pack_for_inspection(self.inspection, self.actor.at)

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def departments(self) -> Any:
        return self.inspection.court.descendants(include_self=True).exclude(kind=Unit.Kind.GROUP)

    def people(self) -> Any:
        return Person.objects.filter(unit__in=self.departments(), active=True).select_related("unit")


class WithKey(DoForm):
    client_key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.unit}）"


class PeopleChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class Nothing(DoForm):
    pass


class ReasonForm(DoForm):
    reason = forms.CharField(label="理由", max_length=300, widget=area(2))


class PlanForm(forms.Form):
    client_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    title = forms.CharField(label="名称", max_length=120, help_text="如“2026年案件信息质量检查”。")
    mode = forms.ChoiceField(label="方式", widget=forms.RadioSelect)
    purpose = forms.CharField(label="目的和依据", max_length=2000, widget=area(3))
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期", help_text="检查人员查阅冻结记录的权限，默认到这一天为止。")
    courts = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="被检查的法院", widget=forms.CheckboxSelectMultiple,
        help_text="抽查的，勾选从哪些法院里抽。",
    )  # fmt: skip
    count = forms.IntegerField(label="抽取几个", min_value=1, required=False, help_text="只有抽查填写。")
    seed = forms.CharField(
        label="种子", max_length=80, required=False, help_text="只有抽查填写。用公开的数值，如开奖号码，别人可以重算。"
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, house: Unit, pack: Pack, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("client_key", uuid4().hex)
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = words.choices(pack, "inspection_mode")  # type: ignore[attr-defined]
        courts = house.descendants(include_self=True).filter(kind=Unit.Kind.COURT)
        self.fields["courts"].queryset = courts.order_by("position", "pk")  # type: ignore[attr-defined]


class ScopeForm(DoForm):
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="被检查的部门", widget=forms.CheckboxSelectMultiple
    )
    cases = forms.CharField(
        label="案件范围", required=False, max_length=2000, widget=area(3), help_text="用文字写明，一行一组。"
    )
    sample = forms.CharField(
        label="样本",
        required=False,
        max_length=120,
        help_text="随机抽查的期间，如“2026-02”：抽中的案件在检查开始时全部冻结。",
    )

    def prepare(self) -> None:
        self.offer("units", self.departments().order_by("position", "pk"))


class MemberForm(DoForm):
    person = PersonChoice(Person.objects.none(), label="检查人员", help_text="按法院排列。")
    lead = forms.BooleanField(label="任组长", required=False)

    def prepare(self) -> None:
        house = self.inspection.plan.house
        tree = house.descendants(include_self=True)
        people = Person.objects.filter(unit__in=tree, active=True).exclude(user=None)
        self.offer("person", people.order_by("unit__position", "staff_no"))
        self.fields["person"].choices = by_court(tree, people.order_by("unit__position", "staff_no"))  # type: ignore[attr-defined]


class DeclareForm(DoForm):
    conflict = forms.CharField(
        label="应当回避的情形", required=False, max_length=300, widget=area(2),
        help_text="与被检查的部门、人员、案件有利害关系的，写在这里，您即退出本次检查；没有的留空。",
    )  # fmt: skip


class OrderForm(DoForm):
    access_until = MomentField(
        label="查阅权限截止",
        required=False,
        help_text="检查人员可以查阅冻结记录到何时；不填的到计划结束日为止。",
    )


class GrantForm(DoForm):
    starts_at = MomentField(label="起")
    ends_at = MomentField(label="止")


class RequestForm(WithKey):
    power = forms.ChoiceField(label="文书")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="送达部门")
    subject = forms.CharField(label="事由", max_length=120)
    questions = forms.CharField(
        label="查询事项或资料", max_length=4000, widget=area(6), help_text="一行一项，印出时自动编号。"
    )
    due_on = DayField(label="答复期限", required=False, help_text="正文没有规定期限；不填的显示“未规定”。")

    def prepare(self) -> None:
        self.choose("power", words.choices(self.pack, "power", ("inquiry", "records")))
        self.offer("unit", self.departments().order_by("position", "pk"))


class AnswerForm(WithKey):
    text = forms.CharField(label="答复", max_length=4000, widget=area(8))
    file = forms.FileField(
        label="资料", required=False, help_text="收存为证据，出具校验值。多份资料可打成一个 zip。"
    )


class AssessForm(DoForm):
    state = forms.ChoiceField(
        label="答复情况", widget=forms.RadioSelect,
        choices=[(s, Request.State(s).label) for s in ("full", "partly", "refused")],
    )  # fmt: skip
    note = forms.CharField(label="核对意见", required=False, max_length=500, widget=area(3))
    kind = forms.ChoiceField(
        label="属于哪种行为", required=False, help_text="拒绝的登记进不配合检查的登记簿。"
    )

    def prepare(self) -> None:
        self.choose("kind", words.choices(self.pack, "forbidden_act"))


class RefusalForm(DoForm):
    unit = forms.ModelChoiceField(Unit.objects.none(), label="部门")
    kind = forms.ChoiceField(label="行为")
    text = forms.CharField(label="情况", max_length=2000, widget=area(4))

    def prepare(self) -> None:
        self.choose("kind", words.choices(self.pack, "forbidden_act"))
        self.offer("unit", self.departments().order_by("position", "pk"))


class ExplainForm(DoForm):
    text = forms.CharField(label="说明", max_length=2000, widget=area(4))


class InterviewForm(DoForm):
    person = PersonChoice(
        Person.objects.none(), label="被询问人", required=False, help_text="本院人员从名单里选。"
    )
    name = forms.CharField(label="姓名和职务", max_length=80)
    place = forms.CharField(label="地点", max_length=80)
    began_at = MomentField(label="开始时间")
    ended_at = MomentField(label="结束时间")
    askers = PeopleChoice(Person.objects.none(), label="在场的检查人员")
    text = forms.CharField(label="记录", max_length=20000, widget=area(12), help_text="问、答各起一行。")

    def prepare(self) -> None:
        self.offer("person", self.people())
        team = [member.person_id for member in fit_members(self.inspection)]
        self.offer("askers", Person.objects.filter(pk__in=team))


class ReadBackForm(DoForm):
    corrections = forms.CharField(
        label="更正和补充", required=False, max_length=4000, widget=area(4),
        help_text="被询问人要求更正的写在这里，原来的记录不动。",
    )  # fmt: skip


class SignForm(DoForm):
    how = forms.CharField(
        label="签名方式", required=False, max_length=300,
        help_text="本人登录签名的不填；纸质签名的，扫描收存后写证据号。",
    )  # fmt: skip


class EvidenceForm(WithKey):
    title = forms.CharField(label="证据名称", max_length=120)
    source = forms.CharField(label="来源", max_length=200, help_text="从哪里、由谁提供或者制作。")
    power = forms.ChoiceField(label="取得方式", initial="copy")
    taken_at = MomentField(label="取得时间")
    file = forms.FileField(label="文件", help_text="文书、表格、照片、录音、录像。")

    def prepare(self) -> None:
        self.choose("power", words.choices(self.pack, "power"))


class MoveForm(DoForm):
    to = forms.CharField(label="接收人", max_length=60)
    note = forms.CharField(label="说明", required=False, max_length=200)


class NoteForm(DoForm):
    note = forms.CharField(label="说明", required=False, max_length=300)


class FreezeForm(DoForm):
    kind = forms.ChoiceField(label="记录类别")
    keys = forms.CharField(label="记录标识", widget=area(6), max_length=20000, help_text="一行一个。")

    def prepare(self) -> None:
        self.choose("kind", [(kind.key, kind.label) for kind in records.kinds()])


class HeadForm(DoForm):
    head = forms.ChoiceField(label="检查内容")
    result = forms.ChoiceField(label="结果", widget=forms.RadioSelect, choices=HeadCheck.Result.choices)
    note = forms.CharField(label="检查情况", required=False, max_length=2000, widget=area(4))

    def prepare(self) -> None:
        self.choose("head", words.choices(self.pack, "inspection_head"))


class FindingForm(DoForm):
    head = forms.ChoiceField(label="检查内容")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任部门")
    title = forms.CharField(label="问题", max_length=120)
    text = forms.CharField(label="事实和依据", max_length=4000, widget=area(6))
    cause = forms.ChoiceField(label="原因", required=False)
    alleged = forms.ChoiceField(
        label="待认定的原因", required=False,
        help_text="认为是故意的选这里：由检查人员分别认定、本人答复、上级确认，系统不推定。",
    )  # fmt: skip
    person = PersonChoice(Person.objects.none(), label="有关人员", required=False)
    evidence = forms.ModelMultipleChoiceField(
        Evidence.objects.none(), label="证据", required=False, widget=forms.CheckboxSelectMultiple
    )
    copies = forms.ModelMultipleChoiceField(FrozenCopy.objects.none(), label="冻结的记录", required=False)

    def prepare(self) -> None:
        pack = self.pack
        self.choose("head", words.choices(pack, "inspection_head"))
        listed = words.terms(pack, "cause")
        plain = [(c.key, c.label) for c in listed if not words.needs_intent(c)]
        intent = [(c.key, c.label) for c in listed if words.needs_intent(c)]
        self.choose("cause", [("", "—"), *plain])
        self.choose("alleged", [("", "—"), *intent])
        self.offer("unit", self.departments().order_by("position", "pk"))
        self.offer("person", self.people())
        self.offer("evidence", self.inspection.evidence.all())
        self.offer("copies", self.inspection.copies.all())


class ReplyForm(DoForm):
    accepts = forms.TypedChoiceField(
        label="对这个问题", widget=forms.RadioSelect, choices=[("1", "承认"), ("0", "有异议")],
        coerce=lambda value: value in (True, "1", "True"),
    )  # fmt: skip
    text = forms.CharField(label="答复", max_length=4000, widget=area(6))


class ViewForm(DoForm):
    intended = forms.TypedChoiceField(
        label="我的认定", widget=forms.RadioSelect, choices=[("1", "是故意"), ("0", "不是故意，或者证据不足")],
        coerce=lambda value: value in (True, "1", "True"),
    )  # fmt: skip
    grounds = forms.CharField(label="理由和证据", max_length=4000, widget=area(6))


class SilenceForm(DoForm):
    text = forms.CharField(label="通知和催告的情况", max_length=2000, widget=area(3))


class ReportForm(DoForm):
    summary = forms.CharField(label="检查情况", max_length=8000, widget=area(8))
    outcomes = forms.MultipleChoiceField(label="处理", required=False, widget=forms.CheckboxSelectMultiple)
    silent = forms.CharField(label="没有答复的，催告情况", required=False, max_length=1000, widget=area(2))

    def prepare(self) -> None:
        self.choose("outcomes", words.choices(self.pack, "inspection_outcome"))
        self.fields["summary"].initial = self.inspection.summary


class RectifyForm(DoForm):
    opinion = forms.CharField(label="改进意见", max_length=2000, widget=area(5))
    due_on = DayField(
        label="整改期限", required=False, help_text="正文没有数字；不填的显示“未规定”，不计逾期。"
    )


class ExtendForm(DoForm):
    until = DayField(label="延长到")
    reason = forms.CharField(label="理由", max_length=300, widget=area(2))
    decided_by = forms.CharField(label="决定人（机构）", max_length=80)


class RecheckForm(DoForm):
    on = DayField(label="复查日期")
    result = forms.CharField(label="复查情况", max_length=500, widget=area(3))
    again = forms.BooleanField(label="没有改好，重新整改", required=False)


class PracticeForm(DoForm):
    unit = forms.ModelChoiceField(Unit.objects.none(), label="部门")
    title = forms.CharField(label="做法", max_length=120)
    text = forms.CharField(label="内容和成效", max_length=4000, widget=area(6))

    def prepare(self) -> None:
        self.offer("unit", self.departments().order_by("position", "pk"))


class SpreadForm(DoForm):
    courts = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="推广到", widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        house = self.subject.inspection.plan.house
        known = self.subject.spreads.values("court_id")
        courts = house.descendants(include_self=True).filter(kind__in=HOUSES).exclude(pk__in=known)
        self.offer("courts", courts.exclude(pk=self.subject.inspection.court_id).order_by("position", "pk"))
