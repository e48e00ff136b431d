"""What a pack answers."""

import pytest

from hengjian.base.errors import HengjianError
from hengjian.policy import load_pack


def test_full_ids_carry_the_pack(mini):
    assert mini.full_id(mini.clause("flows/important")) == "mini/flows/important"
    assert mini.clause("mini/flows/important") is mini.clause("flows/important")


def test_terms_keep_their_order_and_attributes(mini):
    assert [(t.key, str(t.attrs["weight"])) for t in mini.vocabulary("category")] == [
        ("plain", "1"),
        ("important", "2.5"),
    ]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda p: p.vocabulary("colour"), "没有定义“colour”"),
        (lambda p: p.term("category", "odd"), "“category”里没有“odd”"),
        (lambda p: p.clause("x/y"), "没有条款规则“x/y”"),
        (lambda p: p.article("44"), "没有第 44 条"),
        (lambda p: p.article("?"), "不是条款号"),
    ],
)
def test_an_unknown_name_is_an_error_that_says_so(mini, ask, message):
    with pytest.raises(HengjianError, match=message):
        ask(mini)


def test_an_article_is_found_by_any_reference_into_it(mini):
    assert mini.article("2.1(3)").gist == "重要信息由院长审核。"


def test_the_digest_changes_with_any_byte_that_has_an_effect(mini, changed):
    assert changed().digest == mini.digest
    assert changed("tables/units.csv", "乙", "丙").digest != mini.digest


def test_change_notes_and_cases_do_not_change_the_digest(mini, changed):
    pack = changed()
    (pack.folder / "CHANGES.md").write_text("x", encoding="utf-8")
    assert load_pack(pack.folder).digest == mini.digest
