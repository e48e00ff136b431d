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
    concluded = {"case_kind", "instance"}  # from the letters of the number
    for one in entries(extract(TEXT, "1"), {}):
        if one.item in concluded:
            continue
        assert one.start is not None and one.end is not None, one.item
        assert 0 <= one.start < one.end <= len(TEXT)
