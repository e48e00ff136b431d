"""Forms of releases. The acts check again."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from hengjian.apps.bulletins.models import Grade
from hengjian.apps.org.forms import by_court
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.releases.desk import Desk
from hengjian.apps.ui.dates import DayField, MomentField

TABLE_HELP = (
    "xlsx 或 csv；第一行是列名：概念、法院、期间、数值、计量单位，"
    "可以有范围（本院、含所辖法院）、口径、维度、别称、口径版本、数据版本、来源。"
)


def _labels(desk: Desk, vocabulary: str) -> list[tuple[str, str]]:
    return [(key, term.label) for key, term in desk.terms(vocabulary).items()]


def _choices(form: forms.Form, name: str, choices: list[tuple[Any, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    client_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="发布法院", empty_label=None)
    title = forms.CharField(label="标题", max_length=120)
    mode = forms.CharField(
        label="发布方式", max_length=80, help_text="例如：公报、新闻发布会、网页、书面答复。"
    )
    channel = forms.ChoiceField(label="发布渠道")
    grade = forms.ChoiceField(label="知悉范围", help_text="发布以后给谁看。")
    query_channel = forms.CharField(
        label="查询渠道", max_length=200, help_text="发布以后到哪里查：网页、窗口、电话。"
    )
    opens_at = MomentField(
        label="发布时间", required=False, help_text="此前阶段性保密，到时自动开放；空着的，签发即发布。"
    )
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("client_key", uuid4().hex)
        super().__init__(*args, **kwargs)
        houses = [unit.pk for unit in desk.houses]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=houses)  # type: ignore[attr-defined]
        if len(houses) == 1:
            self.fields["unit"].initial = houses[0]
        _choices(self, "channel", _labels(desk, "channel"))
        known = dict(_labels(desk, "grade"))
        _choices(self, "grade", [(key, known.get(key, label)) for key, label in Grade.choices])


class EditForm(ReleaseForm):
    """The same, of one that is there; court and key stay."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["unit"], self.fields["client_key"]


class LineForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="概念", max_length=80, help_text="例如：新收案件数。")
    court = forms.ModelChoiceField(Unit.objects.none(), label="法院", empty_label=None)
    whole = forms.BooleanField(label="含所辖法院", required=False)
    period = forms.CharField(
        label="期间", max_length=20, help_text="2025、2025H1、2025Q3、2025-06 或 2025-01~2025-08。"
    )
    written = forms.CharField(label="数值", max_length=30)
    measure = forms.CharField(label="计量单位", max_length=20, help_text="件、万元、%、天等。")
    definition = forms.CharField(label="口径", max_length=1000, required=False)
    dims = forms.CharField(
        label="维度", max_length=200, required=False, help_text="例如：案件类型=民事；审级=一审。"
    )
    aliases = forms.CharField(
        label="别称", max_length=200, required=False, help_text="别的说法，用顿号隔开。"
    )
    card_version = forms.CharField(label="口径版本", max_length=40, required=False)
    data_version = forms.CharField(label="数据版本", max_length=80, required=False)
    source = forms.CharField(label="来源", max_length=200, help_text="哪份表、哪个系统、什么时候。")

    def __init__(self, *args: Any, courts: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pks = [unit.pk for unit in courts]
        self.fields["court"].queryset = Unit.objects.filter(pk__in=pks)  # type: ignore[attr-defined]


class ComputeForm(forms.Form):
    """Figures the statistics app works out: one, or a table of several cards and courts."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    card = forms.MultipleChoiceField(label="口径", widget=forms.CheckboxSelectMultiple)
    court = forms.ModelChoiceField(Unit.objects.none(), label="法院", empty_label=None)
    whole = forms.BooleanField(label="含所辖法院", required=False)
    each = forms.BooleanField(label="所辖各法院也分别列出", required=False)
    period = forms.CharField(
        label="期间", max_length=20, help_text="2025、2025H1、2025Q3、2025-06 或 2025-01~2025-08。"
    )
    dims = forms.CharField(label="维度", max_length=200, required=False, help_text="例如：案件类别=民事。")

    def __init__(self, *args: Any, cards: list[tuple[str, str]], courts: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["card"].choices = cards  # type: ignore[attr-defined]
        pks = [unit.pk for unit in courts]
        if len(pks) < 2:
            del self.fields["each"]
        self.fields["court"].queryset = Unit.objects.filter(pk__in=pks)  # type: ignore[attr-defined]


class TableForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    file = forms.FileField(label="表格", help_text=TABLE_HELP)
    source = forms.CharField(label="来源", max_length=200, help_text="表里没有“来源”一列的，用这个。")


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class PostponeForm(VersionForm):
    opens_at = MomentField(label="改到")
    reason = forms.CharField(label="理由", max_length=200)


class ReasonForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label="理由", max_length=200)


class ReaderForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label="人员", help_text="按法院排列。")
    reason = forms.CharField(label="事由", max_length=120)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tree = desk.top.descendants(include_self=True)
        people = Person.objects.filter(active=True, unit__in=tree.values("pk")).order_by(
            "unit__position", "staff_no"
        )
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].choices = by_court(tree, people)  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    form = forms.ChoiceField(choices=[(f, f) for f in ("xlsx", "docx", "pdf", "csv")])
    purpose = forms.CharField(max_length=300, required=False)


class WorkingForm(CopyForm):
    period = forms.CharField(max_length=15)
    version = forms.IntegerField(required=False, min_value=1)
    kinds = forms.BooleanField(required=False)


class NoteForm(forms.Form):
    text = forms.CharField(label="注", max_length=300)


class RestateForm(forms.Form):
    doubts = forms.TypedMultipleChoiceField(coerce=int)
    text = forms.CharField(label="缘由", max_length=300)

    def __init__(self, *args: Any, ids: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "doubts", [(pk, str(pk)) for pk in ids])


class ApplicationForm(forms.Form):
    client_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    scope = forms.ChoiceField(label="使用范围", widget=forms.RadioSelect)
    target = forms.ModelChoiceField(
        Unit.objects.none(), label="哪个法院的数据", required=False, help_text="用其他法院的数据时选。"
    )
    wanted = forms.CharField(label="要用的数据", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    purpose = forms.CharField(
        label="用途",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="授权只在这个用途之内有效。",
    )
    until = DayField(label="使用到", help_text="含当日；到期以后不能再领取。")
    external = forms.CharField(
        label="院外申请人",
        max_length=120,
        required=False,
        help_text="统计部门代为受理时填姓名和单位，本人申请的空着。",
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("client_key", uuid4().hex)
        super().__init__(*args, **kwargs)
        _choices(self, "scope", _labels(desk, "use_scope"))
        courts = [unit.pk for unit in desk.courts]
        self.fields["target"].queryset = Unit.objects.filter(pk__in=courts)  # type: ignore[attr-defined]
        self.fields["target"].empty_label = "不选"  # type: ignore[attr-defined]
        if not desk.houses:
            del self.fields["external"]


class ParcelForm(forms.Form):
    title = forms.CharField(label="名称", max_length=120)
    file = forms.FileField(label="表格", help_text="xlsx 或 csv，第一行是列名。")
    source = forms.CharField(label="来源", max_length=200)
    data_version = forms.CharField(label="数据版本", max_length=80, required=False)


class TraceForm(forms.Form):
    text = forms.CharField(
        label="追踪号", max_length=2000, required=False, help_text="从文件上抄下来，或者整段粘贴；HJ- 开头。"
    )
    file = forms.FileField(label="文件", required=False, help_text="怀疑外传的文件：xlsx、docx、pdf、csv。")


class AskForm(forms.Form):
    """What the public and the register search by."""

    q = forms.CharField(label="概念", max_length=80, required=False)
    court = forms.CharField(label="法院", max_length=100, required=False)
    period = forms.CharField(
        label="期间", max_length=20, required=False, widget=forms.TextInput(attrs={"placeholder": "2025H1"})
    )


class CheckForm(forms.Form):
    text = forms.CharField(
        label="文字", required=False, max_length=200_000, widget=forms.Textarea(attrs={"rows": 9}),
        help_text="从文稿、表格里复制粘贴；表格的列之间保留制表符。",
    )  # fmt: skip
    file = forms.FileField(
        label="或者文件", required=False, help_text="docx、xlsx、pdf、txt；只核对，不保存。"
    )
    court = forms.ModelChoiceField(
        Unit.objects.none(), label="文中没有写明法院的，是", required=False, empty_label="不推定",
        help_text="也是“本院”“我院”所指的法院。",
    )  # fmt: skip
    year = forms.IntegerField(
        label="“今年”是",
        required=False,
        min_value=2000,
        max_value=2100,
        help_text="没有写年份的期间也按这一年。",
    )
    csv = forms.BooleanField(label="只要 CSV 结果", required=False)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("year", desk.today.year)
        super().__init__(*args, **kwargs)
        courts = [unit.pk for unit in desk.courts]
        self.fields["court"].queryset = Unit.objects.filter(pk__in=courts)  # type: ignore[attr-defined]
