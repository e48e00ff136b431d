"""The rows of long lists are filled into a piece of the template."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from hengjian.apps.ui.parts import addresses
from hengjian.apps.ui.parts.markup import NOTHING, SUB, put, put_if, repeated


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_each_row_fills_the_gaps_by_name() -> None:
    rows = [{"n": 1, "who": "甲"}, {"n": 2, "who": "乙"}]
    assert render("{% lines rows %}<b>{who}</b>{n};{% endlines %}", rows=rows) == "<b>甲</b>1;<b>乙</b>2;"


def test_what_a_row_holds_is_escaped_unless_it_is_markup() -> None:
    rows = [{"text": "<甲 a=\"1\" b='2'> & {n}", "sub": put_if(SUB, "<乙>")}]
    assert render("{% lines rows %}{text}{sub}{% endlines %}", rows=rows) == (
        "&lt;甲 a=&quot;1&quot; b=&#x27;2&#x27;&gt; &amp; {n}" + '<span class="sub">&lt;乙&gt;</span>'
    )


def test_no_rows_no_text() -> None:
    assert render("{% lines rows %}<b>{n}</b>{% endlines %}", rows=[]) == ""


def test_nothing_but_text_stands_inside() -> None:
    with pytest.raises(TemplateSyntaxError, match="gaps"):
        Template("{% lines rows %}{{ x }}{% endlines %}")


@pytest.mark.parametrize("value", ["<&'\">", 7, 1.5, None, True, mark_safe("<b>"), ["<"], reverse])
def test_a_word_is_written_as_django_writes_it(value: object) -> None:
    assert put("{}", value) == conditional_escape(value)


def test_no_text_leaves_no_markup() -> None:
    assert put_if(SUB, "") is NOTHING


def test_an_address_is_that_of_the_route() -> None:
    address = addresses.numbered("audit:entry")
    assert [address(n) for n in (1, 20)] == [reverse("audit:entry", args=[n]) for n in (1, 20)]
    assert addresses.plain("audit:index") == reverse("audit:index")


def test_a_page_that_is_not_there_has_no_address() -> None:
    assert addresses.plain("audit:nowhere") == ""


@given(
    st.lists(
        st.lists(
            st.one_of(st.text(), st.integers(), st.just("\0"), st.just(mark_safe("<b>&</b>"))),
            min_size=2,
            max_size=2,
        )
    )
)
def test_many_words_are_escaped_as_each_of_them(rows: list[list[object]]) -> None:
    one = "".join(format_html("<i>{}</i>{}", *row) for row in rows)
    assert repeated("<i>{}</i>{}", rows) == one
