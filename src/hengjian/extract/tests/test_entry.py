"""Facts as a row: what a clerk would type, each with its place."""

from __future__ import annotations

from hengjian.extract import extract
from hengjian.extract.entry import entries

TEXT = """清岚县人民法院
刑事判决书
（2026）鲁9901刑初3号
公诉机关清岚县人民检察院。
被告人宁禾，男，1980年2月3日出生，汉族，住清岚县东街1号。
本院认为，被告人宁禾的行为已构成盗窃罪。依照《中华人民共和国刑法》第二百六十四条之规定，判决如下：
被告人宁禾犯盗窃罪，判处有期徒刑八个月，并处罚金人民币二千元。
审判员　安衡
二〇二六年二月三日
书记员　魏记
"""


def row(record: dict[str, str]) -> dict[str, tuple[str, bool]]:
    return {one.item: (one.value, one.differs) for one in entries(extract(TEXT, "1"), record)}


def test_a_single_defendant_fills_the_row_and_no_probation_is_an_empty_cell() -> None:
    found = row({})
    assert found["prison_months"] == ("8", False)
    assert found["fine_amount"] == ("2000", False)
    assert found["charge"][0].startswith("盗窃")
    assert "probation_months" not in found


def test_every_digit_of_an_amount_is_kept_and_a_single_judge_presides_over_nobody() -> None:
    civil = {
        "fee_yuan": 123456.78,
        "judges": [{"role": "审判员", "name": "安衡"}],
        "parties": [],
        "sentences": [],
    }
    assert [(one.item, one.value) for one in entries(civil | {"spans": {}}, {})] == [("fee_due", "123456.78")]


def test_only_what_contradicts_differs() -> None:
    found = row({"decided_on": "2026-02-03", "clerk": "卫记", "prison_months": "18", "presiding_judge": ""})
    assert [found[key][1] for key in ("decided_on", "clerk", "prison_months")] == [False, True, True]


def test_every_printed_value_stands_where_its_place_says() -> None:
    concluded = {
        "case_kind",
        "instance",
        "party_count",
    }  # from the letters of the number; a count stands nowhere
    for one in entries(extract(TEXT, "1"), {}):
        if one.item in concluded:
            continue
        assert one.start is not None and one.end is not None, one.item
        assert 0 <= one.start < one.end <= len(TEXT)


CIVIL = """清岚县人民法院
民事判决书
（2026）鲁9901民初3号
原告：宁禾，男，1980年2月3日出生，汉族，住清岚县东街1号。
委托诉讼代理人：方圆，江岚明镜律师事务所律师。
被告：路川，女，1985年5月6日出生，汉族，住清岚县西街2号。
被告：清岚县川禾商贸有限公司，住所地清岚县南街3号。
法定代表人：路川，经理。
原告宁禾与被告路川、清岚县川禾商贸有限公司买卖合同纠纷一案，本院于2026年1月6日立案后进行了审理。判决如下：
一、被告路川于本判决生效之日起十日内支付原告宁禾货款10000元；
二、被告清岚县川禾商贸有限公司于本判决生效之日起十日内支付原告宁禾货款2500.50元；
三、驳回原告宁禾的其他诉讼请求。
审判员　安衡
二〇二六年二月三日
书记员　魏记
"""


def civil(record: dict[str, str], text: str = CIVIL) -> dict[str, tuple[str, bool, bool]]:
    return {one.item: (one.value, one.differs, one.compared) for one in entries(extract(text, "1"), record)}


def test_what_the_head_and_the_order_say_of_parties_and_money_fills_the_row() -> None:
    found = civil({})
    assert found["plaintiff_born_on"][0] == "1980-02-03"
    assert found["plaintiff_address"][0] == "清岚县东街1号"
    assert (
        "defendant_born_on" not in found and "defendant_address" not in found
    )  # two of them: one cell cannot tell
    assert (found["defendant"][0], found["party_count"][0]) == ("路川、清岚县川禾商贸有限公司", "3")
    assert found["agents"][0] == "1"  # who represents a firm by law is no agent
    assert found["awarded_amount"][0] == "12500.5"


def test_amounts_and_days_are_compared_and_what_records_count_their_own_way_is_not() -> None:
    found = civil({"awarded_amount": "12,500.50", "plaintiff_born_on": "1980-02-04", "party_count": "2"})
    assert found["awarded_amount"][1:] == (False, True)
    assert found["plaintiff_born_on"][1:] == (True, True)
    assert found["party_count"][1:] == (False, False)


def test_money_that_goes_both_ways_is_no_amount_awarded() -> None:
    both = CIVIL.replace("三、驳回原告宁禾的其他诉讼请求", "三、原告宁禾返还被告路川保证金500元")
    assert "awarded_amount" not in civil({}, both)
