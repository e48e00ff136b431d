"""The same remark on the same words stands once beside a text, with how often."""

from __future__ import annotations

from datetime import date

import pytest

from hengjian.apps.bulletins.checking import findings
from hengjian.apps.bulletins.templatetags.items import gathered
from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.regs.queries import pack_for


def test_five_times_the_same_word_is_one_remark(bureau: Bureau) -> None:
    pack = pack_for(bureau.installation, bureau.at)
    body = "职务任免和奖金发放各有说法。" * 5
    found = findings(pack, "人员问题", body, {"category": "problem"}, date(2024, 6, 5))
    shown = {(one.quote, times) for one, times in gathered(found) if one.code}
    assert {("任免", 5), ("奖金发放", 5)} <= shown
    assert len(found) == sum(times for _, times in gathered(found)), "none is lost"


def test_the_page_says_how_often(bureau: Bureau) -> None:
    client = bureau.client("writer")
    form = {
        "unit": bureau.unit("gate").pk, "title": "人员问题", "body": "职务任免。" * 3, "category": "problem",
        "form": "info", "grade": "internal", "joint": "alone", "client_key": "k1",
    }  # fmt: skip
    page = client.post("/bulletins/items/beside/", form).content.decode()
    if "任免" not in page:
        pytest.fail(page[:500])
    assert page.count("属于具体人事事项") == 1 and "共 3 处" in page
