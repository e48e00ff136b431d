"""Documents a court writes seldom, and sentences that mislead a reader of the usual ones."""

from __future__ import annotations

import re

import pytest

from hengjian.extract import extract

HEAD = "清岚县人民法院\n{title}\n{number}\n"
TAIL = "\n审判员　安衡\n二〇二五年三月八日\n书记员　魏记\n"
PEOPLE = (
    "原告：宁禾，男，1980年2月3日出生，汉族，住清岚县东街1号。\n"
    "被告：路川，女，1985年5月6日出生，汉族，住清岚县西街2号。\n"
)


def names(facts: dict[str, object]) -> list[tuple[str, str]]:
    return [(one["role"], one["name"]) for one in facts["parties"]]  # type: ignore[index, attr-defined]


def civil(
    order: str, *, people: str = PEOPLE, story: str = "原告宁禾与被告路川民间借贷纠纷一案"
) -> dict[str, object]:
    head = HEAD.format(title="民事判决书", number="（2025）江0101民初7号")
    return extract(
        f"{head}{people}{story}，本院于2025年1月3日立案后，公开开庭进行了审理。现已审理终结。\n"
        f"依照《中华人民共和国民法典》第五百七十七条规定，判决如下：\n{order}{TAIL}"
    )


def test_an_order_to_pay_orders_the_payment_and_its_fee() -> None:
    facts = extract(
        HEAD.format(title="支 付 令", number="（2025）江0101民督8号")
        + "申请人：宁禾，男，1980年2月3日出生，汉族，住清岚县东街1号。\n"
        "被申请人：路川，女，1985年5月6日出生，汉族，住清岚县西街2号。\n"
        "申请人宁禾于2025年3月1日向本院申请支付令，称被申请人路川欠其借款20000元。\n"
        "依照《中华人民共和国民事诉讼法》第二百二十五条规定，特发出如下支付令：\n"
        "被申请人路川应当自收到本支付令之日起十五日内，给付申请人宁禾借款20000元。\n"
        "申请费100元，由被申请人路川负担。" + TAIL
    )
    assert (facts["doc_type"], facts["procedure"], facts["fee_yuan"]) == ("支付令", "督促程序", 100)
    assert facts["payments"] == [{"payer": "路川", "payee": "宁禾", "yuan": 20000}]
    assert [one["article"] for one in facts["statutes"]] == [225]


def test_a_reduction_of_sentence_names_the_prisoner_only() -> None:
    facts = extract(
        "澜州市中级人民法院\n刑事裁定书\n（2025）江01刑更100号\n"
        "罪犯路川，男，1985年5月6日出生，汉族，现在江岚省第一监狱服刑。\n"
        "清岚县人民法院于2019年5月6日作出（2019）江0101刑初12号刑事判决，以被告人路川犯抢劫罪，判处有期徒刑十年。"
        "执行机关江岚省第一监狱以罪犯路川确有悔改表现为由，提出减刑建议书。本院于2025年3月5日立案后进行了审理。\n"
        "依照《中华人民共和国刑法》第七十八条之规定，裁定如下：\n对罪犯路川减去有期徒刑七个月。" + TAIL
    )
    assert names(facts) == [("罪犯", "路川")]
    assert (facts["procedure"], facts["filed_on"], facts["sentences"]) == ("刑罚变更", "2025-03-05", [])


def test_a_private_prosecution_told_after_the_parties_is_no_party() -> None:
    facts = extract(
        HEAD.format(title="刑事裁定书", number="（2025）江0101刑初3号")
        + "自诉人宁禾，男，1980年2月3日出生，汉族，住清岚县东街1号。\n"
        "被告人路川，男，1985年5月6日出生，汉族，住清岚县西街2号。\n"
        "自诉人宁禾以被告人路川犯侮辱罪、诽谤罪，于2025年1月5日向本院提起控诉。\n"
        "依照《中华人民共和国刑事诉讼法》第二百一十二条之规定，裁定如下：\n准许自诉人宁禾撤回自诉。" + TAIL
    )
    assert names(facts) == [("自诉人", "宁禾"), ("被告人", "路川")]
    assert (facts["cause"], facts["outcome"]) == ("侮辱罪", "准予撤诉")


def test_an_objection_to_jurisdiction_is_no_part_of_the_cause() -> None:
    facts = civil("驳回上诉，维持原裁定。", story="上诉人路川因与被上诉人宁禾买卖合同纠纷管辖权异议一案")
    assert facts["cause"] == "买卖合同纠纷"


def test_a_foreign_name_keeps_its_spaces_wherever_it_stands() -> None:
    firm = "Blue River Trading LLC"
    people = f"原告：宁禾，男，1980年2月3日出生，汉族，住清岚县东街1号。\n被告：{firm}（蓝河贸易公司），住所地滨河区。\n"
    facts = civil(
        f"{firm}于本判决生效之日起十日内支付宁禾货款5万元。",
        people=people,
        story=f"原告宁禾与被告{firm}买卖合同纠纷一案",
    )
    assert ("被告", firm) in names(facts)
    assert facts["payments"] == [{"payer": firm, "payee": "宁禾", "yuan": 50000}]


@pytest.mark.parametrize(
    ("order", "paid"),
    [
        ("一、原告宁禾返还被告路川垫付款8000元。", [("宁禾", "路川", 8000)]),
        ("一、被告路川赔偿原告宁禾损失50000元，已垫付8000元，尚需支付42000元。", [("路川", "宁禾", 42000)]),
    ],
)
def test_money_advanced_is_paid_back_or_taken_off(order: str, paid: list[tuple[str, str, int]]) -> None:
    payments: list[dict[str, object]] = civil(order)["payments"]  # type: ignore[assignment]
    assert [(one["payer"], one["payee"], one["yuan"]) for one in payments] == paid


def test_lines_cut_by_their_width_are_joined_and_html_blocks_are_lines() -> None:
    text = (
        "清岚县人民法院\n民事判决书\n（2025）\n江0101民初7号\n"
        + PEOPLE
        + "原告宁禾与被告路川健康权纠纷一案，本院立案后进行了审理。\n"
        "依照《最高人民法院\n关于审理人身损害\n赔偿案件适用法律若干问题的解释》第十七条第\n二款规定，判决如下：\n"
        "路川于本判决生效之日起十日内赔偿宁禾5000元。\n审判长安衡\n代理\n审判员田正\n人民\n陪审员方明\n二〇二五年三月八日\n书记员魏记\n"
    )
    facts = extract(text)
    assert facts["case_no"] == "（2025）江0101民初7号"
    assert [(one["article"], one["paragraph"]) for one in facts["statutes"]] == [(17, 2)]
    assert [one["role"] for one in facts["judges"]] == ["审判长", "代理审判员", "人民陪审员"]
    whole = re.sub(r"\n(江|审判员田正|陪审员)", r"\1", text)
    page = "".join(f"<div style='margin:0'>{line}</div>" for line in whole.splitlines())
    again = extract(page)
    assert (again["judges"], again["clerk"], again["decided_on"]) == (facts["judges"], "魏记", "2025-03-08")


def test_what_a_site_adds_below_is_not_signed() -> None:
    facts = civil("驳回原告宁禾的诉讼请求。")
    end = "\n来源：某网站\n打印日期：2020年5月6日\n"
    again = extract(
        HEAD.format(title="民事裁定书", number="（2025）江0101民初7号")
        + PEOPLE
        + "裁定如下：\n准许撤诉。\n审判员安衡\n书记员魏记"
        + end
    )
    assert (facts["clerk"], again["clerk"], again["decided_on"]) == ("魏记", "魏记", None)


def test_a_bracket_in_the_name_of_a_firm_belongs_to_the_name() -> None:
    """In the order bracketed words are left aside; those of a known name are not."""
    facts = extract(
        "清岚县人民法院\n刑事判决书\n（2021）江0101刑初8号\n公诉机关清岚县人民检察院。\n"
        "被告单位青禾（江岚）科技有限公司，住所地清岚县。\n被告人张大山，男，1990年1月2日出生，住清岚县。\n"
        "清岚县人民检察院指控被告单位青禾（江岚）科技有限公司、被告人张大山犯虚开发票罪，向本院提起公诉。\n"
        "本院认为，罪名成立。依照《中华人民共和国刑法》第二百零五条之规定，判决如下：\n"
        "一、被告单位青禾（江岚）科技有限公司犯虚开发票罪，判处罚金人民币五万元（已缴纳）。\n"
        "二、被告人张大山犯虚开发票罪，判处有期徒刑八个月（缓刑一年），并处罚金人民币二千元。\n"
        "审判员 金一\n二〇二一年三月二日\n书记员 魏记\n"
    )
    assert [(one["defendant"], one["final"]["fine_yuan"]) for one in facts["sentences"]] == [
        ("青禾（江岚）科技有限公司", 50000),
        ("张大山", 2000),
    ]
