"""What is a difference between document and record, and what is only another way of writing."""

from __future__ import annotations

import json

import pytest

from hengjian.extract import extract
from hengjian.extract.compare import compare, unknown_columns

CIVIL = """江岚省清岚县人民法院
民事判决书
（2017）江0101民初17号
原告：孔令甲，男，1980年3月4日出生，汉族，住清岚县东街。
原告：孔令乙，女，1982年3月4日出生，汉族，住清岚县东街。
被告：华有财，男，1979年5月6日出生，汉族，住清岚县西街。
原告孔令甲、孔令乙与被告华有财健康权纠纷一案，本院于2017年1月8日立案后，于2017年2月1日公开开庭进行了审理。
本院认为，依照《中华人民共和国侵权责任法》第十六条之规定，判决如下：
被告华有财于本判决生效之日起十日内赔偿原告孔令甲、孔令乙医疗费12000元。
案件受理费100元，由被告华有财负担。
审判长 金审判
审判员 于审判
人民陪审员 陶陪审
二〇一七年二月二十日
书记员 魏记
"""
CRIMINAL = """江岚省清岚县人民法院
刑事判决书
（2019）江0101刑初8号
公诉机关江岚省清岚县人民检察院。
被告人张大山，男，1990年1月2日出生，住清岚县。
被告人李小河，男，1991年1月2日出生，住清岚县。
清岚县人民检察院指控被告人张大山、李小河犯盗窃罪、抢劫罪，向本院提起公诉。
本院认为，罪名成立。依照《中华人民共和国刑法》第二百六十四条之规定，判决如下：
一、被告人张大山犯盗窃罪，判处有期徒刑三年六个月，并处罚金人民币一万五千元。
二、被告人李小河犯盗窃罪，判处拘役四个月，缓刑六个月，并处罚金人民币二千元。
审判员 金审判
二〇一九年三月二日
书记员 魏记
"""
FACTS = extract(CIVIL, "c")
CRIME = extract(CRIMINAL, "k")


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("法院", "清岚县人民法院"),
        ("法院", "清岚县法院"),
        ("案号", "(2017)江0101民初17号"),
        ("案号", "〔2017〕江0101民初017号"),
        ("判决日期", "2017/2/20"),
        ("判决日期", "2017年02月20日"),
        ("decided_on", "二〇一七年二月二十日"),
        ("案由", "生命权、健康权、身体权纠纷"),
        ("案由", "健康权纠纷"),
        ("原告", "孔令乙、孔令甲"),
        ("当事人", "华有财,孔令甲，孔令乙"),
        ("原告", "孔某甲"),
        ("文书类型", "民事判决书"),
        ("庭审程序", "第一审普通程序"),
        ("审判长", "金审判"),
        ("审判员", "于审判、陶陪审"),
        ("书记员", "魏记（代）"),
        ("payments", "1.2万元"),
        ("案件受理费", "100.00"),
        ("开庭日期", "2017-02-01"),
        ("payments", json.dumps([{"payer": "华有财", "payee": "孔令乙、孔令甲", "yuan": "12,000"}])),
        ("第三人", ""),
        ("/parties/0/born_on", "1980年3月4日"),
        ("parties.1.name", "孔令乙"),
    ],
)
def test_another_way_of_writing_is_no_difference(column: str, cell: str) -> None:
    assert compare(FACTS, {"id": "c", column: cell}) == []


@pytest.mark.parametrize(
    ("column", "cell", "extracted", "note"),
    [
        ("法院", "清岚区人民法院", "江岚省清岚县人民法院", ""),
        ("案号", "（2017）江0101民初71号", "（2017）江0101民初17号", ""),
        ("判决日期", "2017-02-21", "2017-02-20", "相差1天"),
        ("判决日期", "2017-02-30", "2017-02-20", "记录的日期不存在或无法辨认"),
        ("案由", "买卖合同纠纷", "生命权、健康权、身体权纠纷", ""),
        ("原告", "孔今甲、孔令乙", "孔令甲", "只差一个字"),
        ("原告", "华有财", "被告华有财", "文书中是另一方"),
        ("当事人", "孔令甲、孔令乙", "华有财", "记录漏了此人"),
        ("审判长", "于审判", "金审判", "只差一个字"),
        ("书记员", "卫记", "魏记", "只差一个字"),
        ("payments", "120000元", "12000", "差一个数量级或单位"),
        ("fee_yuan", "110", "100", ""),
        ("parties.0.born_on", "1980-04-03", "1980-03-04", ""),
    ],
)
def test_a_difference_is_told_with_its_place(column: str, cell: str, extracted: str, note: str) -> None:
    (found,) = compare(FACTS, {"id": "c", column: cell})
    assert (found.field, found.extracted, found.note) == (column, extracted, note)
    assert found.start is not None and found.end is not None and found.start < found.end


def test_the_quoted_place_is_the_words_of_the_document() -> None:
    (found,) = compare(FACTS, {"id": "c", "书记员": "卫记"})
    assert found.start is not None and CIVIL[found.start : found.end] == "魏记"


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ({"被告人": "张大山", "刑期": "42"}, []),
        ({"被告人": "张大山", "刑期": "三年六个月", "罚金": "1.5万元"}, []),
        ({"被告人": "李小河", "months": "4", "probation_months": "6", "fine_yuan": "2000"}, []),
        ({"被告人": "张大山", "刑期": "36", "罚金": "15000"}, ["刑期"]),
        ({"被告人": "张大川", "刑期": "43"}, ["被告人", "刑期"]),
        ({"被告人": "李小河", "缓刑": "八个月", "主刑": "管制"}, ["缓刑", "主刑"]),
        ({"案由": "盗窃"}, []),
        ({"案由": "诈骗罪"}, ["案由"]),
        (
            {"sentences": json.dumps([{"defendant": "张大山", "final": {"months": 41, "fine_yuan": 15000}}])},
            ["sentences"] * 2,
        ),
    ],
)
def test_terms_and_fines_are_those_of_the_defendant_of_the_row(
    row: dict[str, str], fields: list[str]
) -> None:
    assert [one.field for one in compare(CRIME, {"id": "k", **row})] == fields


def test_what_the_document_does_not_print_is_no_difference() -> None:
    assert compare(CRIME, {"id": "k", "立案日期": "2019-01-01", "案件受理费": "50"}) == []


def test_columns_nobody_knows_are_named() -> None:
    assert unknown_columns(["id", "案号", "电子卷宗", "parties/0/name"]) == ["电子卷宗"]
