"""Forms of statistics. The acts check again."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms

from hengjian.apps.statistics.acts.surveys import SAMPLE, TYPES
from hengjian.apps.statistics.models import Analysis, Survey
from hengjian.apps.ui.dates import DayField
from hengjian.base.errors import HengjianError
from hengjian.statistics.model import At, Card, Shape
from hengjian.statistics.spans import Span

Choices = list[tuple[str, str]]
SPAN_HELP = "如 2026-03、2026Q1、2026，累计写 2026-01~2026-06。"


class SpanField(forms.CharField):
    def __init__(self, *, label: str = "期间", required: bool = True) -> None:
        super().__init__(label=label, required=required, max_length=15, help_text=SPAN_HELP)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return Span.parse(text).text
        except HengjianError as error:
            raise forms.ValidationError(error.message) from None


class KeyForm(forms.Form):
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("client_key", uuid4().hex)


class TableForm(forms.Form):
    period = SpanField()
    kinds = forms.BooleanField(label="分案件类别", required=False)
    version = forms.ChoiceField(label="数据版本", required=False)

    def __init__(self, *args: Any, versions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = [("", "最新"), *versions]  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    period = SpanField()
    version = forms.ChoiceField(label="数据版本", required=False)

    def __init__(self, *args: Any, versions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = [("", "最新"), *versions]  # type: ignore[attr-defined]


class TrendForm(forms.Form):
    card = forms.ChoiceField(label="口径")
    court = forms.ChoiceField(label="法院")

    def __init__(self, *args: Any, cards: Choices, courts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["card"].choices = cards  # type: ignore[attr-defined]
        self.fields["court"].choices = courts  # type: ignore[attr-defined]


class ReportForm(KeyForm):
    """From the data, or as the court counted itself with its lists, one case a line."""

    period = SpanField()
    own = forms.ChoiceField(
        label="上报的数",
        choices=[("data", "按最新数据，分案件类别"), ("own", "本院自行统计的合计数")],
        widget=forms.RadioSelect,
        initial="data",
    )
    cases = forms.CharField(
        label="案件清单",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="自行统计时可附，一行一件：口径，案件标识。如：新收，C000123。",
    )
    remark = forms.CharField(label="说明", required=False, max_length=300)

    def __init__(self, *args: Any, cards: list[Card], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = cards
        for card in cards:
            self.fields[f"n_{card.key}"] = forms.DecimalField(
                label=card.title, required=False, min_value=Decimal(0), max_digits=12, decimal_places=0
            )
        self.order_fields(["client_key", "period", "own", *(f"n_{c.key}" for c in cards)])

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[f"n_{card.key}"] for card in self.cards]

    def values(self) -> dict[str, Decimal] | None:
        if self.cleaned_data["own"] != "own":
            return None
        given = {card.key: self.cleaned_data.get(f"n_{card.key}") for card in self.cards}
        return {key: value for key, value in given.items() if value is not None}

    def clean_cases(self) -> dict[str, list[str]]:
        known = {card.title: card.key for card in self.cards} | {card.key: card.key for card in self.cards}
        found: dict[str, list[str]] = {}
        for number, line in enumerate(self.cleaned_data["cases"].splitlines(), start=1):
            if not line.strip():
                continue
            name, comma, case = line.replace("，", ",").partition(",")
            if not comma or name.strip() not in known or not case.strip():
                raise forms.ValidationError(
                    f"第 {number} 行应写“口径，案件标识”，口径是{'、'.join(known)}之一。"
                )
            found.setdefault(known[name.strip()], []).append(case.strip())
        return found


_ITEM = r"^[a-z][a-z0-9_]*$"


class CardForm(KeyForm):
    """A definition card as the statistician writes it; which parts a shape needs, its hint says."""

    key = forms.RegexField(
        r"^[a-z][a-z0-9_]{1,39}$", label="编号", help_text="小写英文字母，如 filed；定了不再改。"
    )
    title = forms.CharField(label="名称", max_length=40)
    unit = forms.CharField(label="单位", max_length=8, initial="件")
    shape = forms.ChoiceField(
        label="算法",
        choices=[(s.value, s.label) for s in Shape],
        help_text="计数：日期在期内的案件；时点存量：某时已开始、没有结束的；合计、平均：对计入的案件求；比率：口径除以口径。",
    )
    date = forms.RegexField(
        _ITEM, label="日期项", required=False, help_text="计数、合计、平均要填，如 closed_on。"
    )
    begun = forms.RegexField(_ITEM, label="开始的日期项", required=False, help_text="时点存量要填。")
    ended = forms.RegexField(_ITEM, label="结束的日期项", required=False, help_text="时点存量要填。")
    at = forms.ChoiceField(
        label="时点", required=False, choices=[("", "—"), (At.FIRST.value, "期初"), (At.END.value, "期末")]
    )
    past = forms.RegexField(
        _ITEM, label="早于时点的日期项", required=False, help_text="时点存量可填，如 due_on。"
    )
    of = forms.CharField(
        label="金额或天数", required=False, max_length=500,
        help_text="合计、平均要填，如 date_diff('day', accepted_on, closed_on)。",
    )  # fmt: skip
    when = forms.CharField(
        label="条件", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text="只数符合的案件，写法同质检规则；空值不数。",
    )  # fmt: skip
    top = forms.CharField(label="分子", required=False, help_text="比率要填，口径编号，几个用空格隔开。")
    bottom = forms.CharField(label="分母", required=False, help_text="比率要填。")
    factor = forms.IntegerField(label="乘以", min_value=1, max_value=10_000, initial=1)
    digits = forms.IntegerField(label="小数位", min_value=0, max_value=4, initial=0)
    dims = forms.CharField(
        label="可分的维度", required=False, help_text="信息项编号，用空格隔开，如 case_kind procedure。"
    )
    basis = forms.CharField(label="依据", required=False, max_length=100)
    owner = forms.CharField(label="负责部门", max_length=40)
    note = forms.CharField(label="说明", required=False, max_length=300)
    since = DayField(label="起用日期")
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def body(self) -> dict[str, Any]:
        """The parts that were filled in, as a card of the pack has them."""
        data = self.cleaned_data
        names = (
            "unit",
            "shape",
            "date",
            "begun",
            "ended",
            "at",
            "past",
            "of",
            "when",
            "basis",
            "owner",
            "note",
        )
        found: dict[str, Any] = {name: data[name] for name in names if data[name]}
        lists = {
            name: re.split(r"[\s,，、]+", data[name].strip())
            for name in ("top", "bottom", "dims")
            if data[name]
        }
        return found | lists | {"factor": data["factor"], "digits": data["digits"]}


class EndForm(KeyForm):
    since = DayField(label="停用日期", help_text="从这一天起不再统计；以前的期间照旧。")
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class SurveyForm(KeyForm):
    way = forms.ChoiceField(label="方式", widget=forms.RadioSelect)
    title = forms.CharField(label="名称", max_length=100)
    purpose = forms.CharField(label="目的和范围", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    questions = forms.CharField(
        label="调查项目",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一项，先写答什么：数、文字、是否。如：数，专职统计人员人数。",
    )
    due_on = DayField(label="截止日期")
    card = forms.ChoiceField(label="总体的口径", required=False)
    span = SpanField(label="总体的期间", required=False)
    share = forms.DecimalField(label="抽取比例（%）", required=False, max_digits=6, decimal_places=3)
    seed = forms.CharField(
        label="种子", required=False, max_length=100, help_text="抽取以后才能知道的公开数。"
    )
    seed_source = forms.CharField(label="种子的来源", required=False, max_length=200)

    sample = ("card", "span", "share", "seed", "seed_source")

    def __init__(self, *args: Any, ways: Choices, cards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = ways  # type: ignore[attr-defined]
        self.fields["card"].choices = [("", "—"), *cards]  # type: ignore[attr-defined]

    def clean_questions(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        for number, line in enumerate(self.cleaned_data["questions"].splitlines(), start=1):
            if not line.strip():
                continue
            kind, comma, label = line.replace("，", ",").partition(",")
            if not comma or kind.strip() not in TYPES or not label.strip():
                raise forms.ValidationError(f"第 {number} 行应写“数，……”“文字，……”或“是否，……”。")
            found.append(
                {"key": f"q{len(found) + 1}", "label": label.strip()[:100], "type": TYPES[kind.strip()]}
            )
        return found

    @property
    def is_sample(self) -> bool:
        return self.data.get("way") == SAMPLE


class OpenForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    courts = forms.MultipleChoiceField(label="调查的法院", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, courts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["courts"].choices = courts  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in survey.questions:
            self.fields[question["key"]] = _answer_field(question)

    def answers(self) -> dict[str, str]:
        return {key: str(value) for key, value in self.cleaned_data.items() if key != "version"}


def _answer_field(question: dict[str, str]) -> forms.Field:
    label = question["label"]
    if question["type"] == "number":
        return forms.DecimalField(label=label, max_digits=14, decimal_places=2)
    if question["type"] == "yes":
        return forms.ChoiceField(label=label, choices=[("是", "是"), ("否", "否")], widget=forms.RadioSelect)
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class TextForm(forms.Form):
    """A version and some text: a conclusion, a reminder, a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label="内容", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label


class AnalysisForm(KeyForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label="种类")
    title = forms.CharField(label="题目", max_length=200)
    span = SpanField()
    authors = forms.CharField(label="作者", max_length=100)
    method = forms.CharField(
        label="方法", required=False, max_length=300, help_text="趋势预测要写明方法和数据版本。"
    )
    body = forms.CharField(label="正文", max_length=30_000, widget=forms.Textarea(attrs={"rows": 14}))

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def fields_given(self) -> dict[str, str]:
        names = ("kind", "title", "span", "authors", "method", "body")
        return {name: self.cleaned_data[name] for name in names}


class CiteForm(forms.Form):
    card = forms.ChoiceField(label="口径")
    court = forms.ChoiceField(label="法院")
    span = SpanField()
    kind = forms.CharField(label="案件类别", required=False, max_length=20, help_text="不填为全部。")

    def __init__(self, *args: Any, cards: Choices, courts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["card"].choices = cards  # type: ignore[attr-defined]
        self.fields["court"].choices = courts  # type: ignore[attr-defined]


class SuggestionForm(KeyForm):
    title = forms.CharField(label="题目", max_length=200)
    addressee = forms.CharField(label="主送单位", max_length=100)
    body = forms.CharField(label="内容", max_length=10_000, widget=forms.Textarea(attrs={"rows": 10}))
    analysis = forms.ModelChoiceField(Analysis.objects.none(), label="依据的分析", required=False)

    def __init__(self, *args: Any, analyses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["analysis"].queryset = analyses  # type: ignore[attr-defined]


class SendForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label="文号", max_length=60)
    sent_on = DayField(label="送达日期")
    reply_by = DayField(label="请于何日前反馈")


class ReplyForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    replied_on = DayField(label="反馈日期")
    adopted = forms.ChoiceField(
        label="采纳", choices=[("yes", "采纳"), ("no", "没有采纳")], widget=forms.RadioSelect
    )
    reply = forms.CharField(label="反馈内容", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class DepartmentReportForm(KeyForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    unit = forms.ChoiceField(label="部门")
    span = SpanField()
    title = forms.CharField(label="题目", max_length=120)
    lines = forms.CharField(
        label="数据", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一个：名称=数 单位，如 已结=120件。名称与口径卡相同的，统计部门可以同案件数据核对。",
    )  # fmt: skip
    body = forms.CharField(
        label="情况", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def fields_given(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("span", "title", "lines", "body")}
