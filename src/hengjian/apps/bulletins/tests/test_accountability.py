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
    case = propose_violation(
        province.actor("editor", "2024-03-06T09:00"), province.installation, unit=province.unit("city2"),
        kind="concealed", description="事后从信访中得知。", happened_at=local("2024-03-01T10:00"),
    )  # fmt: skip
    assert case.item is None and case.state == FaultCase.State.PROPOSED
