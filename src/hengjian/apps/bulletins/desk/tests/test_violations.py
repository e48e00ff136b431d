"""What left no item behind: proposed with evidence, answered by the department, decided as the pack's flow says."""

from __future__ import annotations

from datetime import datetime

import pytest

from hengjian.apps.bulletins.desk.acts.fault import (
    decide_fault,
    propose_fault,
    propose_violation,
    reply_fault,
    withdraw_fault,
)
from hengjian.apps.bulletins.desk.silence import silent_units
from hengjian.apps.bulletins.models import Fact, FaultCase, Item
from hengjian.apps.conftest import Story
from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError


def proposed(bureau: Bureau, kind: str = "omitted") -> FaultCase:
    return propose_violation(
        bureau.actor("editor"),
        bureau.installation,
        unit=bureau.unit("gate"),
        kind=kind,
        description="6月2日的活动没有报送，有县里的简报为证。",
        happened_at=bureau.at,
    )


def inbox(bureau: Bureau, who: str) -> list[str]:
    return [r.next_step for r in rows_for(bureau.actor(who)) if r.kind.startswith("差错")]


def test_the_department_answers_and_the_head_of_the_bureau_decides(bureau: Bureau) -> None:
    case = proposed(bureau)
    assert inbox(bureau, "head") == ["核对；有异议的在认定前申辩"]
    assert inbox(bureau, "office_head") == []
    reply_fault(bureau.actor("head"), case, text="当日电话报告过。")
    assert inbox(bureau, "president") == ["部门已申辩，请认定"]
    case = decide_fault(bureau.actor("president"), case, confirmed=True, reason="属实。")
    fact = Fact.objects.standing().get(kind="omitted")
    assert (fact.unit, fact.item) == (bureau.unit("gate"), None)
    withdraw_fault(bureau.actor("president"), case, reason="另查明已报")
    assert not Fact.objects.standing().filter(kind="omitted").exists()


def test_nobody_else_decides(bureau: Bureau) -> None:
    case = proposed(bureau)
    for who in ("office_head", "vice", "editor"):
        with pytest.raises(Denied):
            decide_fault(bureau.actor(who), case, confirmed=False, reason="x")


def test_the_answer_comes_before_the_decision(bureau: Bureau) -> None:
    case = proposed(bureau, "perfunctory")
    with pytest.raises(HengjianError, match="还没有答复"):
        decide_fault(bureau.actor("president"), case, confirmed=True, reason="属实")
    case = decide_fault(bureau.actor("president"), case, confirmed=True, reason="属实", unanswered=True)
    assert case.state == FaultCase.State.CONFIRMED


def test_dismissing_needs_no_answer(bureau: Bureau) -> None:
    case = decide_fault(bureau.actor("president"), proposed(bureau), confirmed=False, reason="证据不足")
    assert case.state == FaultCase.State.DISMISSED


def test_what_is_held_against_important_items_only_is_refused_for_others(bureau: Bureau) -> None:
    item = bureau.filed("gate")
    values = {"unit": bureau.unit("gate"), "kind": "late", "description": "迟了", "happened_at": bureau.at}
    with pytest.raises(HengjianError, match="重要信息"):
        propose_fault(bureau.actor("editor"), item, **values)  # type: ignore[arg-type]
    Item.objects.filter(pk=item.pk).update(importance="important")
    item.refresh_from_db()
    assert propose_fault(bureau.actor("editor"), item, **values).kind == "late"  # type: ignore[arg-type]


def test_silence_is_counted_in_whole_periods(bureau: Bureau) -> None:
    bureau.filed("gate", datetime(2023, 11, 6, 10))
    bureau.filed("legal", datetime(2024, 2, 6, 10))
    found = {str(s.unit): len(s.periods) for s in silent_units(bureau.installation, bureau.at)}
    assert found["城关司法所"] == 1
    assert "法制股" not in found
    assert found["柳河司法所"] == 8


def test_pages_from_silence_to_the_case(bureau: Bureau) -> None:
    editor, head, president = (bureau.client(who) for who in ("editor", "head", "president"))
    assert "柳河司法所" in editor.get("/bulletins/faults/silence/").content.decode()
    url = f"/bulletins/faults/violation/?unit={bureau.unit('gate').pk}&kind=silent&description=x"
    assert "长期不报" in editor.get(url).content.decode()
    form = {
        "unit": bureau.unit("gate").pk,
        "kind": "silent",
        "happened_at": "2024-06-05T09:00",
        "description": "两季没有报送",
    }
    assert editor.post("/bulletins/faults/violation/", form).status_code == 302
    case = FaultCase.objects.get()
    page = head.get(f"/bulletins/faults/{case.pk}/").content.decode()
    assert "城关司法所（没有稿件）" in page
    head.post(f"/bulletins/faults/{case.pk}/reply/", {"text": "人员变动。"})
    answer = {"verdict": "confirmed", "reason": "属实。"}
    assert president.post(f"/bulletins/faults/{case.pk}/decide/", answer).status_code == 302
    case.refresh_from_db()
    assert case.state == FaultCase.State.CONFIRMED
    assert bureau.client("river_head").get(f"/bulletins/faults/{case.pk}/").status_code == 404
    assert head.get("/bulletins/faults/violation/").status_code == 403


def test_longkou_decides_as_before(story: Story) -> None:
    client = story.client("editor")
    assert "没有稿件的情形" not in client.get("/bulletins/faults/").content.decode()
    assert client.get("/bulletins/faults/violation/").status_code == 404


def test_where_there_are_no_points_shares_name_who_wrote(bureau: Bureau) -> None:
    item = bureau.filed("gate")
    page = bureau.client("writer").get(f"/bulletins/items/{item.pk}/shares/{item.unit_id}/").content.decode()
    assert "由谁主笔、谁参与" in page and "5 " + "衡" not in page
