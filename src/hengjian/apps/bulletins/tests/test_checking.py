"""Text checks beside the form: one count, the department's own items as what a text might repeat, blocks at filing."""

from __future__ import annotations

from datetime import date

import pytest

from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.checking import counted, findings, similar
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError

DAY = date(2024, 6, 5)
FIELDS = {"category": "dynamic"}


@pytest.fixture
def pack(story):
    return pack_for(story.installation, story.at)


def test_the_counter_and_the_finding_name_the_same_number(pack):
    body = "短文。" * 5
    shown = counted(pack, body, FIELDS, DAY)
    (short,) = [
        one for one in findings(pack, "很长的标题不计入", body, FIELDS, DAY) if one.code == "length.short"
    ]
    assert f"现有 {shown.count} 字" in short.message
    assert (shown.count, shown.over) == (15, False)


def test_the_title_is_read_for_everything_else(pack):
    codes = {one.code for one in findings(pack, "联系电话13800138000", "正文。", FIELDS, DAY)}
    assert "personal.mobile" in codes


def test_the_gravest_come_first(pack):
    found = findings(pack, "题", "身份证号11010519491231002X，电话13800138000。", FIELDS, DAY)
    assert found[0].severity == "block"


def test_a_text_is_compared_with_what_the_department_may_see(desk, pack):
    first = desk.draft(title="第一篇")
    assert set(similar(desk.actor("writer"), None, first.unit_id)) == {"第一篇"}
    assert similar(desk.actor("writer"), first, first.unit_id) == {}
    assert similar(desk.actor("neighbour"), None, first.unit_id) == {}


def test_what_a_rule_blocks_is_not_filed(desk):
    item = desk.draft(body="当事人身份证号11010519491231002X。")
    with pytest.raises(HengjianError, match="不能报送"):
        desk.do(submit, "writer", item)
