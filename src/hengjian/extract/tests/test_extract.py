"""One invented judgment from end to end."""

from __future__ import annotations

from hengjian.extract import extract

CIVIL = """江岚省清岚县人民法院
民事判决书
（2024）江0101民初17号
原告：孔令甲，男，1980年3月4日出生，汉族，住清岚县东街。
委托诉讼代理人：严律一，江岚某某律师事务所律师。
被告：清岚县大树建材有限公司（以下简称大树公司），住所地清岚县西街。
法定代表人：华总，总经理。
原告孔令甲与被告大树公司买卖合同纠纷一案，本院于2024年1月8日立案后，依法适用简易程序，于2024年2月1日公开开庭进行了审理。本案现已审理终结。
孔令甲向本院提出诉讼请求：判令被告支付货款20000元。
本院认为，合同有效。依照《中华人民共和国民法典》第五百零九条第一款、第六百二十六条之规定，判决如下：
一、被告大树公司于本判决生效之日起十日内支付原告孔令甲货款一万二千元；
二、驳回原告孔令甲的其他诉讼请求。
案件受理费300元，减半收取150元，由原告孔令甲负担60元，被告大树公司负担90元。
如不服本判决，可在判决书送达之日起十五日内，向本院递交上诉状。
审判员 金审判
二〇二四年二月二十日
书记员 魏记
附：相关法律条文
《中华人民共和国民法典》第一百条 略。
"""


def test_a_civil_judgment_gives_all_its_facts() -> None:
    facts = extract(CIVIL, "c-1")
    firm = "清岚县大树建材有限公司"
    assert facts["id"] == "c-1"
    assert (facts["court"], facts["doc_type"], facts["case_no"]) == (
        "江岚省清岚县人民法院",
        "判决书",
        "（2024）江0101民初17号",
    )
    assert (facts["case_kind"], facts["procedure"], facts["cause"]) == ("民事", "一审", "买卖合同纠纷")
    assert [(one["role"], one["name"], one["kind"]) for one in facts["parties"]] == [
        ("原告", "孔令甲", "自然人"),
        ("被告", firm, "法人"),
    ]
    assert facts["parties"][0]["born_on"] == "1980-03-04"
    assert facts["parties"][0]["address"] == "清岚县东街"
    assert facts["parties"][1]["representatives"] == [{"role": "法定代表人", "name": "华总"}]
    assert (facts["filed_on"], facts["heard_on"], facts["decided_on"]) == (
        "2024-01-08",
        ["2024-02-01"],
        "2024-02-20",
    )
    assert [(one["article"], one["paragraph"]) for one in facts["statutes"]] == [(509, 1), (626, None)]
    assert facts["outcome"] == "部分支持"
    assert facts["payments"] == [{"payer": firm, "payee": "孔令甲", "yuan": 12000}]
    assert (facts["fee_yuan"], facts["fee_borne"]) == (150, {"孔令甲": 60, firm: 90})
    assert (facts["judges"], facts["clerk"]) == ([{"role": "审判员", "name": "金审判"}], "魏记")
    assert facts["doubts"] == []


def test_spans_point_into_the_text_as_given() -> None:
    facts = extract(CIVIL)
    for pointer, wanted in (
        ("/court", "江岚省清岚县人民法院"),
        ("/clerk", "魏记"),
        ("/parties/0/name", "孔令甲"),
    ):
        start, end = facts["spans"][pointer]
        assert CIVIL[start:end] == wanted


def test_an_empty_text_gives_nothing_and_says_so() -> None:
    facts = extract("")
    assert facts["case_no"] is None and facts["parties"] == [] and facts["doubts"]
