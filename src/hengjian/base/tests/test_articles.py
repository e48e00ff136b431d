"""References to articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.base.articles import ArticleRef, chinese_number
from hengjian.base.errors import HengjianError

NUMBER = st.none() | st.integers(1, 99)
REFS = st.builds(
    ArticleRef, st.integers(1, 999).map(str) | st.just("附件") | st.just("24之二"), NUMBER, NUMBER
)


@given(REFS)
def test_what_is_written_reads_back(ref):
    assert ArticleRef.parse(str(ref)) == ref


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1", "第一条"),
        ("24", "第二十四条"),
        ("24.2", "第二十四条第二款"),
        ("26(3)", "第二十六条第三项"),
        ("14.1(12)", "第十四条第一款第十二项"),
        ("附件", "附件"),
    ],
)
def test_the_label_is_what_a_document_prints(text, label):
    assert ArticleRef.parse(text).label == label


@pytest.mark.parametrize("text", ["", "24.", "24.x", "24(", "24(1)(2)", "24.1.2", "24 2"])
def test_anything_else_is_refused(text):
    with pytest.raises(HengjianError, match="不是条款号"):
        ArticleRef.parse(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "零"), (10, "十"), (11, "十一"), (20, "二十"), (100, "一百"), (110, "一百一十"), (101, "一百零一")],
)
def test_numbers_as_articles_print_them(value, text):
    assert chinese_number(value) == text
