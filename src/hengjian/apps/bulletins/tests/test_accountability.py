"""Late, omitted or concealed urgent information: evidence, the unit's answer, a decision by those the text names, no points."""

from __future__ import annotations

import pytest

from hengjian.apps.bulletins.desk.acts.fault import (
    decide_fault,
    propose_fault,
    propose_violation,
    reply_fault,
)
from hengjian.apps.bulletins.models import FaultCase
from hengjian.apps.conftest_province import Province, local
from hengjian.apps.org.access import Denied
from hengjian.apps.points.acts.posting import post_open
from hengjian.apps.points.queries import score_of
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def test_a_late_emergency_is_answered_and_decided_by_the_party_group_and_costs_no_points(
    province: Province,
) -> None:
    item = province.filed("city", "2024-03-05T15:00", "urgent")
    editor = province.actor("editor", "2024-03-06T09:00")
    about = {"unit": province.unit("city"), "kind": "late", "description": "事发五小时后才报。"}
    with pytest.raises(HengjianError, match="后果"):
        propose_fault(editor, item, happened_at=local("2024-03-05T15:00"), **about)
    case = propose_fault(editor, item, happened_at=local("2024-03-05T15:00"), severity="serious", **about)
    assert case.value == "serious"
    party = province.actor("party", "2024-03-08T09:00")
    with pytest.raises(HengjianError, match="还没有答复"):
        decide_fault(party, case, confirmed=True, reason="属实。")
    reply_fault(province.actor("city_head", "2024-03-07T09:00"), case, text="当时通信中断。")
    with pytest.raises(Denied, match="厅党委"):
        decide_fault(province.actor("office_head", "2024-03-08T09:00"), case, confirmed=True, reason="属实。")
    case = decide_fault(party, case, confirmed=True, reason="属实，贻误处置，移送。")
    assert case.state == FaultCase.State.CONFIRMED and case.fact is not None
    post_open(editor, province.installation)
    assert score_of(province.installation, province.unit("city"), "2024Q1") == 0


def test_what_was_concealed_left_no_item_and_is_put_to_the_unit(province: Province) -> None:
    about = {"unit": province.unit("city2"), "kind": "concealed", "description": "事后从信访中得知。"}
    editor, moment = province.actor("editor", "2024-03-06T09:00"), local("2024-03-01T10:00")
    with pytest.raises(HengjianError, match="后果"):
        propose_violation(editor, province.installation, happened_at=moment, **about)
    case = propose_violation(editor, province.installation, happened_at=moment, severity="serious", **about)
    assert case.item is None and case.state == FaultCase.State.PROPOSED
    assert case.value == "serious"


def test_the_office_finds_the_door_for_what_left_no_item(province: Province) -> None:
    editor = province.client("editor")
    assert "没有稿件的情形" in editor.get("/bulletins/faults/").content.decode()
    form = {"unit": province.unit("city2").pk, "kind": "omitted", "severity": "serious",
            "happened_at": "2024-03-01T10:00", "description": "群体性事件没有报告。"}  # fmt: skip
    assert editor.post("/bulletins/faults/violation/", form | {"severity": ""}).status_code == 422
    assert editor.post("/bulletins/faults/violation/", form).status_code == 302
    case = FaultCase.objects.get()
    assert (case.kind, case.value, case.item) == ("omitted", "serious", None)
    assert province.client("city_head").get("/bulletins/faults/violation/").status_code == 403


def test_the_list_of_items_is_asked_by_bureau_and_by_the_types_of_the_own_regulation(
    province: Province,
) -> None:
    page = province.client("editor").get("/bulletins/items/").content.decode()
    assert f'<option value="{province.unit("city").pk}">' in page
    assert "困难问题类" in page and "重大案（事）件" not in page


def test_shares_speak_the_word_of_the_regulation(province: Province) -> None:
    item = province.filed("city", "2024-03-05T15:00", "urgent")
    url = f"/bulletins/items/{item.pk}/shares/{province.unit('city').pk}/"
    page = province.client("city_writer").get(url).content.decode()
    assert "所得的得分按份额" in page and "衡按" not in page
