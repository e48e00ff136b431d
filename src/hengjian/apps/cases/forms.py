"""Forms of this app."""

from __future__ import annotations

from typing import Any

from django import forms

from hengjian.apps.cases.models import Dataset, Finding
from hengjian.apps.org.models import Unit
from hengjian.apps.ui.dates import DayField


class FilterForm(forms.Form):
    """What of the findings is looked at."""

    q = forms.CharField(label="案号、标识", required=False, max_length=60)
    court = forms.ModelChoiceField(Unit.objects.none(), label="法院", required=False, empty_label="全部")
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *Finding.State.choices])
    severity = forms.ChoiceField(
        label="程度", required=False, choices=[("", "全部"), ("error", "错误"), ("warning", "提示")]
    )
    rule = forms.CharField(label="规则", required=False, max_length=80)

    def __init__(self, *args: Any, courts: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["court"].queryset = Unit.objects.filter(pk__in=[c.pk for c in courts])  # type: ignore[attr-defined]


class JudgeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label="判断", widget=forms.RadioSelect)
    why = forms.CharField(
        label="理由", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, verdicts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = verdicts  # type: ignore[attr-defined]


class WaiveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    until = DayField(label="到期日", help_text="到期后问题重新列出。")


class CorrectForm(forms.Form):
    """One text field for each item offered; only what differs from the store is a change."""

    client_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label="理由和依据的文书", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label, value in offered:
            self.fields[f"item-{key}"] = forms.CharField(
                label=label, required=False, max_length=500, initial=value
            )
        self.order_fields([f"item-{key}" for key, _, _ in offered])

    def changes(self) -> dict[str, str]:
        return {
            name.removeprefix("item-"): self.cleaned_data[name]
            for name in self.changed_data
            if name.startswith("item-")
        }


class UploadForm(forms.Form):
    dataset = forms.ModelChoiceField(Dataset.objects.none(), label="数据集", empty_label=None)
    court = forms.ModelChoiceField(Unit.objects.none(), label="法院", empty_label=None)
    file = forms.FileField(label="文件", help_text="CSV（UTF-8 或 GBK）、xlsx 或 Parquet，第一行是列名。")

    def __init__(self, *args: Any, datasets: Any, courts: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dataset"].queryset = datasets  # type: ignore[attr-defined]
        self.fields["court"].queryset = Unit.objects.filter(pk__in=[c.pk for c in courts])  # type: ignore[attr-defined]


class TicketForm(forms.Form):
    title = forms.CharField(label="问题", max_length=100)
    text = forms.CharField(label="情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class TextForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="说明", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RuleForm(forms.Form):
    """A rule as its author writes it; trial rows one a line: ``查出: 列=值; 列=值``."""

    key = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{1,38}$", label="编号", help_text="字母、数字，如 LOCAL-01。"
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="名称", max_length=100)
    basis = forms.CharField(label="依据", max_length=100)
    fails_when = forms.CharField(
        label="不符合的条件",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text="对一行数据的判断，为真即不符合；空值不判。列和函数见右栏。",
    )
    severity = forms.ChoiceField(label="程度", choices=[("error", "错误"), ("warning", "提示")])
    owner = forms.ChoiceField(
        label="改正部门",
        choices=[("filing", "立案部门"), ("trial", "审判业务部门"), ("execution", "执行部门")],
    )
    tests = forms.CharField(
        label="试验行",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="一行一个，如：查出：closed_on=2023-03-01；accepted_on=2023-03-02。不应查出的以“不查出：”开头。",
    )

    def clean_tests(self) -> list[dict[str, Any]]:
        rows = []
        for number, line in enumerate(self.cleaned_data["tests"].splitlines(), start=1):
            if not line.strip():
                continue
            head, colon, rest = line.replace("：", ":", 1).partition(":")
            if not colon or head.strip() not in ("查出", "不查出"):
                raise forms.ValidationError(f"第 {number} 行要以“查出：”或“不查出：”开头。")
            values = {}
            for part in rest.replace("；", ";").split(";"):
                name, sign, value = part.partition("=")
                if sign:
                    values[name.strip()] = value.strip()
            if not values:
                raise forms.ValidationError(f"第 {number} 行没有写列和值，如 closed_on=2023-03-01。")
            rows.append({"found": head.strip() == "查出", "values": values})
        return rows


class DayForm(forms.Form):
    day = DayField(label="日期")


class DrawForm(forms.Form):
    period = forms.RegexField(r"^\d{4}-\d{2}$", label="月份", help_text="如 2026-10。")
    seed = forms.CharField(
        label="种子", max_length=100, help_text="抽取以后才能知道的公开数，如当日收盘指数。"
    )
    seed_source = forms.CharField(
        label="种子的来源", max_length=200, help_text="哪一天公布的什么数，任何人都能查到。"
    )


class ReviewForm(forms.Form):
    wrong = forms.MultipleChoiceField(
        label="有误的信息项", required=False, widget=forms.CheckboxSelectMultiple
    )
    remark = forms.CharField(label="说明", required=False, max_length=300)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wrong"].choices = choices  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    period = forms.RegexField(r"^\d{4}-\d{2}$", label="月份", help_text="如 2026-10；期满并检查过才能拟。")


class ReportTextForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=200)
    remark = forms.CharField(
        label="综合分析",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="印在总体情况之后：本月的特点、共性原因、下月的要求。",
    )


class NoteForm(forms.Form):
    """Why a kind of problem came up in the own court and what will be done."""

    rule = forms.ChoiceField(label="问题")
    cause = forms.CharField(label="原因", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    measure = forms.CharField(label="改进措施", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = DayField(label="完成期限", required=False, help_text="不填的，报告里写“未规定”。")

    def __init__(self, *args: Any, rules: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = rules  # type: ignore[attr-defined]


class FollowForm(forms.Form):
    outcome = forms.CharField(label="落实情况", max_length=500)
    done = forms.BooleanField(label="已落实", required=False)
