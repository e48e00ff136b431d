"""Time grows with the length of the text: long texts of the kind that breaks careless patterns."""

from __future__ import annotations

import time

import pytest

from hengjian.extract import extract

LENGTH = 160_000
SECONDS = 8.0  # generous: each takes well under one second on an idle core
HEAD = (
    "清岚县人民法院\n民事判决书\n（2024）江0101民初1号\n原告：孔令甲，男。\n被告：华有财，男。\n"
    "原告孔令甲与被告华有财买卖合同纠纷一案，本院立案后审理。\n"
)
ORDER = "本院认为，依照《中华人民共和国民法典》第一条之规定，判决如下：\n"
TAIL = "\n审判员 金审判\n二〇二四年二月二十日\n书记员 魏记\n"
UNITS = (
    "、",
    "（",
    "《",
    " ",
    "<",
    "&nbsp;",
    "第一条、",
    "（2018）京",
    "二〇",
    "0",
    "，000",
    "审判员",
    "被告人",
    "被告人甲犯",
    "犯",
    "甲、",
    "支付1元",
    "由被告承担",
    "案件受理费1元",
    "一、",
    "以上共同",
    "本院认为",
    "法院",
    "一案",
    "即：维持",
    "2018年1月1日",
    "委托代理人：",
    "判决如下：",
    "来源：",
    "- 1 -",
    "号、",
    "被告单位（",
    "（江岚）",
)


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_takes_no_longer_than_its_length_asks(unit: str) -> None:
    filling = unit * (LENGTH // 4 // len(unit))
    spoilt = HEAD[:40] + filling + HEAD[40:] + ORDER + filling + TAIL + filling
    began = time.process_time()
    extract(filling * 4)
    extract(spoilt)
    assert time.process_time() - began < SECONDS


def test_a_case_with_thousands_of_parties() -> None:
    plaintiffs = "".join(f"原告：孔{number:04}，男，1980年1月2日出生，住清岚县。\n" for number in range(1500))
    orders = "".join(f"被告华有财赔偿原告孔{number:04}损失{number + 1}元；\n" for number in range(1500))
    text = HEAD.replace("被告：", f"{plaintiffs}被告：", 1) + ORDER + orders + TAIL
    began = time.process_time()
    facts = extract(text)
    assert time.process_time() - began < SECONDS
    assert len(facts["parties"]) == 1502 and len(facts["payments"]) == 1500
    assert facts["payments"][-1] == {"payer": "华有财", "payee": "孔1499", "yuan": 1500}
