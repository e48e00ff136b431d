"""Invented content for the pattern page."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from hengjian.apps.ui.dates import DayField

ROWS = [
    ("0412", "民一庭推行“庭前会议＋要素表”做法", "民一庭", "in_review", "待审核", "soon", "5小时", "18"),
    ("0411", "涉企执行案件出现三个新情况", "执行局", "returned", "退回修改", "", "—", "18"),
    ("0410", "全市首例数据权益纠纷今日开庭", "民三庭", "filed", "待签收", "overdue", "已超过2小时", "14"),
    ("0409", "诉前鉴定平均用时缩短至11日", "立案庭", "received", "已签收", "", "—", "21"),
    ("0408", "关于基层治理的几点建议", "研究室", "shelved", "不予采用", "", "—", "24"),
]


class SampleForm(forms.Form):
    title = forms.CharField(label="标题", max_length=50, help_text="一句话说清事实，不超过50个字。")
    kind = forms.ChoiceField(
        label="类型",
        choices=[("a", "工作动态"), ("b", "经验做法"), ("c", "问题建议")],
        widget=forms.RadioSelect,
        help_text="类型决定报送时限和得分。",
    )
    unit = forms.ChoiceField(label="报送部门", choices=[("", "请选择"), ("1", "民一庭"), ("2", "刑庭")])
    happened_on = DayField(label="发生日期", required=False)
    text = forms.CharField(label="正文", widget=forms.Textarea, required=False)
    checked = forms.BooleanField(label="已核对数据、姓名和案号", help_text="差错会扣分，请逐项核对。")


class SampleQuery(forms.Form):
    q = forms.CharField(
        label="关键词", required=False, widget=forms.TextInput(attrs={"placeholder": "标题、编号"})
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), ("in_review", "待审核")])
    since = DayField(label="报送日期起", required=False)


def context(request: HttpRequest) -> dict[str, object]:
    wrong = SampleForm({"title": "", "kind": "a", "unit": ""}, prefix="wrong")
    return {
        "form": SampleForm(),
        "wrong": wrong,
        "query": SampleQuery(request.GET or None),
        "rows": ROWS,
        "page": Paginator(range(487), 20).get_page(request.GET.get("page", 4)),
        "now": datetime(2026, 11, 22, 9, 14),
        "plus": Decimal("5.00"),
        "minus": Decimal("-3"),
        "nought": Decimal(0),
        "weeks": [
            ("45周", "2篇", "done"),
            ("46周", "1篇", "done"),
            ("47周", "0篇", "missed"),
            ("48周", "还差1篇", "now"),
        ],
    }
