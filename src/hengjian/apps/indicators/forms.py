"""Forms of this app. The acts check again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from hengjian.apps.cases.dictionary import CaseItem
from hengjian.apps.indicators.acts.cards import CardText
from hengjian.apps.indicators.models import Card
from hengjian.apps.indicators.who import Scene
from hengjian.apps.ui.dates import DayField
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period


class PeriodField(forms.CharField):
    """``2022-08``, ``2022H1``, ``2022`` → Period."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "期间")
        super().__init__(max_length=12, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Period.parse(text)
        except HengjianError as error:
            raise forms.ValidationError(error.message) from None


class QueryForm(forms.Form):
    period = PeriodField(required=False, help_text="如 2022-08、2022H1、2022。")
    unit = forms.ChoiceField(label="单位", required=False)

    def __init__(self, *args: Any, scene: Scene, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everyone = len(scene.seen) == len(scene.units)
        choices = [("", "各单位合计")] if everyone else []
        choices += [(str(u.pk), str(u)) for u in scene.units if u.pk in scene.seen]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]


class CardForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    class Meta:
        model = Card
        fields = ("numerator", "denominator", "cutoff", "excluded", "source", "since")
        widgets = {
            "numerator": forms.Textarea(attrs={"rows": 2}),
            "denominator": forms.Textarea(attrs={"rows": 2}),
            "excluded": forms.Textarea(attrs={"rows": 2}),
        }
        field_classes = {"since": DayField}
        help_texts = {
            "numerator": "数的是什么，如“当月网上立案的件数”。",
            "denominator": "和什么相比，如“当月立案的总件数”。",
            "cutoff": "取哪一刻的数，如“每月末日 24 时”。",
            "excluded": "哪些案件不算，没有的不填。",
            "source": "从哪个系统取数。",
        }

    date = forms.ChoiceField(
        label="统计日期", required=False, help_text="由案件记录计算的才选：日期落在当期的案件算进来。"
    )
    department = forms.ChoiceField(
        label="部门按哪一项区分", required=False, help_text="不选的，责任部门对本院全部案件负责。"
    )
    among = forms.CharField(
        label="分母只算哪些案件", required=False, max_length=2000, help_text="条件，如 case_kind = '刑事'。"
    )
    top = forms.CharField(
        label="其中哪些计入分子",
        required=False,
        max_length=2000,
        help_text="条件，如 filed_online = '是'；可用 AND、OR、NOT、IS NULL 和大小比较。",
    )
    top_of = forms.ChoiceField(label="分子合计哪一项", required=False, help_text="不选的，数案件。")
    bottom_of = forms.ChoiceField(label="分母合计哪一项", required=False, help_text="不选的，数案件。")
    COUNTING = ("date", "department", "among", "top", "top_of", "bottom_of")

    def __init__(self, *args: Any, items: Mapping[str, CaseItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = {
            "date": [i for i in items.values() if i.type == "DATE"],
            "department": [i for i in items.values() if i.type == "VARCHAR" and not i.codes],
            "top_of": [i for i in items.values() if i.type not in ("DATE", "VARCHAR")],
        }
        listed["bottom_of"] = listed["top_of"]
        for name, choices in listed.items():
            self.fields[name].choices = [("", "不选"), *((i.key, i.label) for i in choices)]  # type: ignore[attr-defined]
        if not items:
            for name in self.COUNTING:
                del self.fields[name]

    @property
    def text_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.Meta.fields]

    @property
    def counting_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.COUNTING if name in self.fields]

    def text(self) -> CardText:
        data = self.cleaned_data
        return CardText(
            **{name: data[name] for name in self.Meta.fields},
            formula={name: data.get(name, "") for name in self.COUNTING},
        )


class DecideCardForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    decided_by = forms.CharField(label="确定机构", max_length=100)
    document = forms.CharField(label="依据", max_length=200, help_text="如第几次例会的纪要。")


class TargetForm(forms.Form):
    since = DayField(label="起用日期")
    value = forms.DecimalField(
        label="标准",
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=4,
        help_text="留空表示停用原标准。",
    )
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    source = forms.CharField(label="依据的上级通报", max_length=200)


class OpinionForm(forms.Form):
    opinion = forms.CharField(label="意见", max_length=300, required=False)


class BenchmarkForm(forms.Form):
    period = PeriodField()
    average = forms.DecimalField(
        label="全省平均", required=False, min_value=0, decimal_places=4, max_digits=12
    )
    excellent = forms.DecimalField(
        label="优秀标准", required=False, min_value=0, decimal_places=4, max_digits=12
    )
    rank = forms.IntegerField(label="名次", required=False, min_value=1, help_text="没有公布的留空。")
    ranked = forms.IntegerField(label="参加排名数", required=False, min_value=1)
    source = forms.CharField(label="出处", max_length=200)


class FiguresForm(forms.Form):
    """A row a unit: numerator, denominator or value, and for what stands a reason."""

    evidence = forms.CharField(label="依据", max_length=300, help_text="数据出自哪里，如某系统某日导出。")
    answer = forms.CharField(
        label="存疑说明", max_length=300, required=False, help_text="系统提示存疑、确认无误的，在这里说明。"
    )
    reason = forms.CharField(
        label="更正理由", max_length=300, required=False, help_text="改动已报的数时填写。"
    )
    file = forms.FileField(label="佐证文件", required=False)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = units
        for pk, name in units:
            for part, label in (("n", "分子"), ("d", "分母"), ("v", "数值")):
                self.fields[f"{part}{pk}"] = forms.DecimalField(
                    label=f"{name}{label}", required=False, min_value=0, max_digits=14, decimal_places=4
                )

    def lines(self) -> list[tuple[str, list[Any]]]:
        return [(name, [self[f"{part}{pk}"] for part in "ndv"]) for pk, name in self.rows]


class UploadForm(forms.Form):
    title = forms.CharField(
        label="通报名称", max_length=200, help_text="如“省法院 2022 年 8 月信息化应用通报”。"
    )
    period = PeriodField()
    file = forms.FileField(label="Excel 文件", help_text="xlsx 格式。")


class FeedForm(forms.Form):
    period = PeriodField(help_text="如 2022-08、2022H1、2022。")


class LineForm(forms.Form):
    line = forms.CharField(label="条线", max_length=60, help_text="如省法院立案条线。")
    document = forms.CharField(label="考核文件", max_length=200)
    item = forms.CharField(label="考核项目", max_length=200)
    target = forms.CharField(label="条线标准", max_length=60, required=False)
    same = forms.BooleanField(
        label="口径一致", required=False, initial=True, help_text="一致的，同一个数两处用，不再另报。"
    )
    note = forms.CharField(label="差别和处理", max_length=300, required=False, help_text="口径不一致的必填。")


class RecordsForm(forms.Form):
    file = forms.FileField(
        label="案件记录", help_text="xlsx 或 CSV，第一行是列名，一行一件；更正的案件再传一次就是更正。"
    )


class ComputeForm(forms.Form):
    reason = forms.CharField(
        label="重算的理由", max_length=300, required=False, help_text="已有的数会变时必填，原数留存。"
    )


class PrepareForm(forms.Form):
    clause = forms.ChoiceField(label="通报种类")
    period = PeriodField(help_text="月通报写 2022-08，半年写 2022H2，年通报写 2022。")
    ranked = forms.BooleanField(
        label="列出名次", required=False, help_text="默认不排名；排名前请确认有依据。"
    )
    intervals = forms.BooleanField(label="以区间表示各单位的数", required=False)

    def __init__(self, *args: Any, scene: Scene, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = [c for c in scene.pack.clauses_of("notice") if any(s.of == "indicators" for s in c.sections)]
        self.fields["clause"].choices = [(c.id, c.title) for c in rules]  # type: ignore[attr-defined]


class NoticeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=200)
    remark = forms.CharField(label="按语", required=False, widget=forms.Textarea(attrs={"rows": 4}))


class VerbForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    opinion = forms.CharField(label="意见", max_length=300, required=False)


class ExplanationForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label="原因分析", widget=forms.Textarea(attrs={"rows": 5}))
    measures = forms.CharField(label="整改措施", widget=forms.Textarea(attrs={"rows": 5}))
    promised_on = DayField(label="承诺达标日期", required=False)
