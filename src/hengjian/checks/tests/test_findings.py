"""What each check finds, what it lets pass, and where."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.base.errors import HengjianError
from hengjian.checks import Draft, check_text, checklist, may_carry
from hengjian.checks.counting import count_text
from hengjian.policy import load_pack
from hengjian.policy.clauses.check import CountRule, LengthCheck
from hengjian.policy.clauses.definition import Term

PACK = load_pack("longkou")
CLAUSES = [clause for clause in PACK.clauses_of("check") if clause.shape != "length"]
TODAY = date(2024, 6, 30)


def found(text, prefix="", corpus=None):
    draft = Draft(text, {"category": "dynamic"}, corpus or {}, TODAY)
    result = check_text(CLAUSES, draft)
    assert all(draft.text[one.start : one.end] == one.quote for one in result)
    assert all(one.article and one.message.endswith("。") for one in result)
    return [(one.code.partition(".")[2], one.quote) for one in result if one.code.startswith(prefix)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证号11010519491231002X。", [("resident_id", "11010519491231002X")]),
        (
            "号码１１０１０５１９４９１２３１００２Ｘ，",
            [("resident_id", "１１０１０５１９４９１２３１００２Ｘ")],
        ),
        ("110105194912310021", [("resident_id_doubtful", "110105194912310021")]),
        ("110105491231002", [("resident_id_doubtful", "110105491231002")]),
        ("110105194913310021", []),
        ("110105********002X", []),
        ("电话13812345678或138-1234-5678", [("mobile", "13812345678"), ("mobile", "138-1234-5678")]),
        ("联系+8613812345678", [("mobile", "+8613812345678")]),
        ("编号2138123456789", []),
        ("138****5678", []),
        ("账号6222021234567894", [("bank_card", "6222021234567894")]),
        ("账号6222 0212 3456 7894", [("bank_card", "6222 0212 3456 7894")]),
        ("流水6222021234567890", []),
        ("车牌鲁F12345、鲁F·D12345，", [("plate", "鲁F12345"), ("plate", "鲁F·D12345")]),
        ("（2024）鲁0681民初123号", []),
        ("邮箱a.b@example.com联系", [("email", "a.b@example.com")]),
        ("住幸福小区3号楼2单元501室", [("address", "3号楼2单元501室")]),
        ("电话0535-8501234", [("landline", "0535-8501234")]),
        ("原告赵一鸣诉被告李某、被告人欧阳大志犯罪", [("name", "赵一鸣")]),
        ("被申请人：欧阳明，", [("name", "欧阳明")]),
        ("当事人应当到场，被告方面称，被害人张×", []),
    ],
)
def test_personal_data(text, expected):
    assert found(text, "personal") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("该件为绝密文件", [("state_secret", "绝密")]),
        ("合 议 庭 评 议时", [("trial_secret", "合 议 庭 评 议")]),
        ("案件提交审判委员会讨论决定", []),
        ("审判委员会讨论中有少数意见", [("trial_secret", "审判委员会讨论"), ("trial_secret", "少数意见")]),
        ("防止越级上访", [("stability", "越级上访")]),
        ("做好宣传", []),
    ],
)
def test_secrecy_words(text, expected):
    assert found(text, "words") == expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("审结民事案件120件、刑事案件30件，共计160件。", ["total"]),
        ("审结民事案件120件、刑事案件30件，共计150件。", []),
        ("民事1,200件、刑事300件，合计1,500件。", []),
        ("标的额1.2亿元、3.4亿元，合计4.7亿元。", []),
        ("标的额1.2亿元、3.4亿元，合计5.6亿元。", ["total"]),
        ("共审结100件，其中民事80件、刑事30件。", ["total"]),
        ("共审结100件，其中民事60件、刑事30件。", []),
        ("共审结100件，分别为民事60件、刑事30件。", ["total"]),
        ("收案约100件，其中民事80件、刑事30件。", []),
        ("共审结120件，其中调解60件，占45%。", ["share"]),
        ("共审结120件，其中调解60件，占50%。", []),
        ("共审结90件，其中调解60件，占66.67%；", []),
        ("共审结90件，其中调解60件，占66.6%；", []),
        ("收案120件，去年同期100件，同比增长20%。", []),
        ("收案120件，去年同期100件，同比增长25%。", ["growth"]),
        ("收案120件，去年同期100件，同比下降20%。", ["growth"]),
        ("由去年的100件增至120件，增长20%。", []),
        ("从100天降至80天，下降20%。", []),
        ("由100件下降到80件，下降30%。", ["growth"]),
        ("调解案件占120%。", ["percent"]),
        ("收案同比下降120%。", ["percent"]),
        ("收案同比增长120%。", []),
        ("民事80件、刑事30件。共计100件。", []),
        ("医疗费344.5元（其中个人支付2元，其余为医保），鉴定费700元。", []),
        ("押金65元，货款总计2953元，运费247元，合计3200元。", []),
        ("护理费100元、补助560费、交通费300元，合计960元。", []),
        ("开庭3次，参加50人，共计4场。", []),
    ],
)
def test_figures(text, codes):
    assert [code for code, _ in found(text, "figures")] == codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2月30日召开", [("impossible", "2月30日")]),
        ("2023年2月29日召开", [("impossible", "2023年2月29日")]),
        ("2024年2月29日召开", []),
        ("2月29日召开", []),
        ("13月召开", [("impossible", "13月")]),
        ("历时13个月", []),
        ("2024年6月3日（星期二）", [("weekday", "2024年6月3日（星期二）")]),
        ("2024年6月3日（星期一）", []),
        ("2024年6月2日周日", []),
        ("２０２４年６月３１日", [("impossible", "２０２４年６月３１日")]),
        ("2024年6月5日至2024年6月3日", [("order", "2024年6月5日至2024年6月3日")]),
        ("2024年6月5日至6月3日", [("order", "2024年6月5日至6月3日")]),
        ("6月5日至3日", [("order", "6月5日至3日")]),
        ("6月3日至5日", []),
        ("2023年12月30日至2024年1月2日", []),
        ("定于2024年7月1日", [("future", "2024年7月1日")]),
        ("25时到场", [("impossible", "25时")]),
        ("9时75分", [("impossible", "9时75分")]),
        ("24时前，共30点建议，用时30分，比例1:60", []),
        ("30点到场", [("impossible", "30点")]),
        ("增长5.6个百分点，比例3-4", []),
    ],
)
def test_dates(text, expected):
    assert found(text, "dates") == expected


BASE = "我院组织开展涉民生案件集中执行行动，出动干警四十人，执结案件二十件，到位金额三百万元，群众反映良好。"


def test_a_repeated_text_is_named_with_the_passage():
    ((code, quote),) = found(BASE, "duplicate", {"3号": BASE.replace("，", "、")})
    assert (code, quote) == ("near", BASE[:-1])


def test_a_text_that_stands_in_a_longer_one_is_named():
    longer = (
        BASE
        + "下一步，我院将健全长效机制，加强与公安、银行、不动产登记部门的联动，扩大网络查控范围，压实工作责任。"
        * 2
    )
    assert [code for code, _ in found(BASE, "duplicate", {"4号": longer})] == ["contained"]


def test_one_event_in_several_items_is_pointed_out_once():
    parts = {"5号": BASE[:22] + "现场情况另行报送。", "6号": BASE[26:] + "后续将持续跟进。"}
    assert [code for code, _ in found(BASE, "duplicate", parts)] == ["split"]


def test_other_texts_and_very_short_ones_are_let_pass():
    assert (
        found(
            BASE, "duplicate", {"7号": "本院召开党风廉政建设会议，部署年度重点任务，签订责任书。", "8号": ""}
        )
        == []
    )
    assert found("短", "duplicate", {"7号": "短"}) == []


def test_a_draft_is_not_compared_with_itself():
    assert check_text(CLAUSES, Draft(BASE, {}, {"me": BASE}, own="me")) == []


LENGTHS = LengthCheck.model_validate(
    {
        "id": "len", "kind": "check", "shape": "length", "title": "篇幅", "articles": ["2"], "count": "han",
        "ranges": [
            {"when": {"category": ["dynamic"]}, "at_least": 300, "at_most": 500},
            {"when": {"category": ["typical"]}, "at_least": "typical.min", "at_most": 3000, "above": "block"},
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("category", "count", "expected"),
    [
        ("dynamic", 299, [("length.short", "advice")]),
        ("dynamic", 300, []),
        ("dynamic", 500, []),
        ("dynamic", 501, [("length.long", "warn")]),
        ("typical", 1999, [("length.short", "advice")]),
        ("typical", 2000, []),
        ("typical", 3001, [("length.long", "block")]),
        ("problem", 9, []),
    ],
)
def test_length_ranges(category, count, expected):
    result = check_text([LENGTHS], Draft("字" * count, {"category": category}), value_of=lambda name: 2000)
    assert [(one.code, one.severity.value) for one in result] == expected


def test_the_counting_rule_is_stated():
    (one,) = check_text([LENGTHS], Draft("字" * 501, {"category": "dynamic"}))
    assert one.message == "篇幅一般不超过 500 字，现有 501 字（按汉字计：只计汉字），请压缩。"


def test_a_parameter_without_table_is_an_error():
    with pytest.raises(HengjianError, match=r"typical\.min"):
        check_text([LENGTHS], Draft("字", {"category": "typical"}))


@pytest.mark.parametrize(
    ("text", "chars", "han", "words"),
    [
        ("", 0, 0, 0),
        (" \n　", 0, 0, 0),
        ("法院", 2, 2, 2),
        ("A级", 2, 1, 2),
        ("a b", 2, 0, 2),
        ("𬱖，", 2, 1, 2),
    ],
)
def test_counting(text, chars, han, words):
    assert [count_text(text, rule) for rule in CountRule] == [chars, han, words]


def test_the_gravest_comes_first():
    codes = [one.severity.value for one in check_text(CLAUSES, Draft("维稳，电话13812345678，绝密"))]
    assert codes == ["block", "warn", "advice"]


def test_the_special_outlet_may_carry_what_the_general_may_not():
    (clause,) = [c for c in CLAUSES if c.shape == "permission"]
    sensitive = PACK.term("grade", "sensitive")
    refused = may_carry(clause, PACK.term("outlet", "general"), sensitive)
    assert not refused.allowed
    assert "普刊不得刊登" in refused.message
    assert may_carry(clause, PACK.term("outlet", "special"), sensitive).allowed
    assert not may_carry(clause, Term(key="new", label="新刊"), PACK.term("grade", "public")).allowed


def test_the_checklist_is_that_of_the_pack():
    (clause,) = checklist(CLAUSES, {})
    assert PACK.vocabulary(clause.vocabulary)


@given(
    st.text(
        alphabet="年月日时其中占共计由去同期增长下降件元%0123456789.,，、（）至星期一被告王 -@X鲁F",
        max_size=60,
    )
)
def test_no_text_upsets_the_checks(text):
    found(text, corpus={"a": "其中共计由去同期增长下降"})


@given(st.text(max_size=80))
def test_any_character_is_survived(text):
    found(text)
