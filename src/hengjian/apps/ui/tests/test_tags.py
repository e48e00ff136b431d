from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from hengjian.apps.org.models import Unit
from hengjian.apps.ui.nav import Shown
from hengjian.apps.ui.parts import icons, shown
from hengjian.apps.ui.parts.colours import COLOURS


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


class Sample(forms.Form):
    title = forms.CharField(label="标题", help_text="一句话。")
    kind = forms.ChoiceField(label="类型", choices=[("a", "动态")], widget=forms.RadioSelect)


def test_a_field_ties_hint_and_error_to_its_control() -> None:
    html = render("{% field form.title %}", form=Sample({}))
    assert 'aria-describedby="id_title_hint id_title_wrong"' in html
    assert 'aria-invalid="true"' in html
    assert html.index("一句话。") < html.index("<input")


def test_radios_are_a_group_with_a_legend() -> None:
    html = render("{% field form.kind %}", form=Sample())
    assert "<fieldset" in html and "<legend>类型" in html


def test_the_error_summary_links_to_each_field_and_names_it() -> None:
    html = render("{% error_summary form %}", form=Sample({}))
    assert 'href="#id_title"' in html and 'href="#id_kind_0"' in html
    assert "标题：" in html


def test_the_error_summary_shows_errors_of_the_whole_form() -> None:
    form = Sample({"title": "x", "kind": "a"})
    form.add_error(None, "已被他人修改。")
    assert "<b>已被他人修改。</b>" in render("{% error_summary form %}", form=form)


def test_no_error_summary_before_the_form_is_sent() -> None:
    assert "errors" not in render("{% error_summary form %}", form=Sample())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("5.00"), 'plus">+5'),
        (Decimal("-0.50"), 'minus">−0.5'),
        (Decimal(0), 'points ">0'),
        (None, "—"),
    ],
)
def test_points_carry_their_sign(value: Decimal | None, expected: str) -> None:
    assert expected in render("{% points value %}", value=value)


def test_a_total_has_no_plus_sign() -> None:
    assert ">57.5衡<" in render("{% points value '衡' False %}", value=Decimal("57.50"))


def test_times_are_local() -> None:
    moment = datetime(2020, 12, 31, 16, 5, tzinfo=UTC)
    html = render("{% when moment %}", moment=moment)
    assert ">2021-01-01 00:05<" in html and "2021年1月1日（周五）00:05" in html


def test_the_year_is_left_out_while_it_is_this_year() -> None:
    assert shown.written(date(2024, 6, 3), today=date(2024, 1, 1)) == "06-03"


def test_articles_are_written_as_printed() -> None:
    assert "第二十四条第二款" in render("{% article '24.2' %}")
    assert "href" not in render("{% article '24.2' %}") and "第二十四条" in render("{% article_name '24' %}")
    assert ">附件 一<" in render("{% article '附件 一' %}")


def test_text_in_tags_is_escaped() -> None:
    html = render("{% tag 'open' text %}{% note text %}{% empty text %}", text="<b>")
    assert "<b>&lt;" in html and html.count("&lt;b&gt;") == 3


def test_a_state_has_one_colour() -> None:
    keys = [key for keys in COLOURS.values() for key in keys]
    assert len(keys) == len(set(keys))
    assert 'tag red"' in render("{% tag 'overdue' '已逾期' %}")


def test_an_unknown_icon_is_a_mistake_of_the_template() -> None:
    with pytest.raises(KeyError):
        icons.svg("unicorn")
    assert "aria-hidden" in icons.svg("clock") and 'aria-label="逾期"' in icons.svg("clock", "逾期")


def test_the_pager_keeps_the_query_and_shows_a_gap() -> None:
    request = RequestFactory().get("/?q=%E8%B0%83&page=4")
    html = render("{% pager page %}", page=Paginator(range(487), 20).page(4), request=request)
    assert "q=%E8%B0%83&amp;page=5" in html and "…" in html and "共 487 条" in html


def test_a_single_page_needs_no_links() -> None:
    html = render("{% pager page %}", page=Paginator([1], 20).page(1), request=None)
    assert "下一页" not in html and "共 1 条" in html


def test_the_same_object_under_a_new_name_is_told_by_its_new_name() -> None:
    unit = Unit(pk=1, name="立案庭")
    assert "立案庭" in shown.tag("vacant", unit)  # type: ignore[arg-type]
    unit.name = "诉讼服务中心"
    assert "诉讼服务中心" in shown.tag("vacant", unit)  # type: ignore[arg-type]


def test_what_was_markup_once_is_not_markup_for_others() -> None:
    assert "<b>" in shown.tag("a", mark_safe("<b>粗</b>")) and "<b>" in icons.svg(
        "clock", mark_safe("<b>粗</b>")
    )
    assert "<b>" not in shown.tag("a", "<b>粗</b>") and "<b>" not in icons.svg("clock", "<b>粗</b>")


HOSTILE = "\"><script>alert(1)</script>'"


def test_markup_written_by_hand_lets_no_foreign_markup_through() -> None:
    entry = Shown(HOSTILE, "/?q=" + HOSTILE, current=True, key=HOSTILE, count=3, hot=True)
    frame = SimpleNamespace(menu=[(HOSTILE, [entry])])
    html = render(
        '{% menu "side" %}{% tag "open" text %}{% tag text %}{% tag "a" "b" colour=text %}{% svg "clock" text %}',
        frame=frame,
        text=HOSTILE,
    )
    assert "<script" not in html and html.count("&lt;script&gt;") == 8
