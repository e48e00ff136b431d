"""A meeting entered once gives every responsible unit its own clocks; a filed item closes a stage."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from hengjian.apps.conftest_province import Province, local
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.matters.acts.matter import add_units, close, record_matter, withdraw_matter
from hengjian.apps.matters.acts.progress import link, undo
from hengjian.apps.matters.models import Matter
from hengjian.apps.org.access import Denied
from hengjian.apps.regs.models import ReadingDecision
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def entered(province: Province, *units: str, when: str = "2024-03-04T15:00", **fields: Any) -> Matter:
    values: dict[str, Any] = {
        "kind": "meeting", "title": "全省司法行政工作会议", "happened_at": local("2024-03-04T09:00"),
        "client_key": uuid4().hex, "units": [province.unit(u) for u in units or ("city", "city2", "legal")],
    }  # fmt: skip
    return record_matter(province.actor("editor", when), province.installation, **{**values, **fields})


def owed(province: Province, who: str, when: str) -> list[DutyRow]:
    return [r for r in rows_for(province.actor(who, when)) if r.kind in ("贯彻落实", "督促落实")]


def test_each_unit_owes_the_plan_in_a_week_and_the_result_in_about_two_months(province: Province) -> None:
    entered(province)
    for who in ("city_writer", "city2_writer"):
        plan, result = owed(province, who, "2024-03-05T09:00")
        assert (plan.due_words, result.due_words) == ("2024年3月11日 24:00", "2024年5月13日 24:00")
        assert plan.article == "4" and "全省司法行政工作会议" in plan.title
    assert owed(province, "point_writer", "2024-03-05T09:00") == []


def test_linking_a_filed_item_closes_the_stage(province: Province) -> None:
    matter = entered(province)
    item = province.filed("city", "2024-03-09T09:00", title="贯彻全省会议的打算")
    mine = matter.assignments.get(unit=province.unit("city"))
    actor = province.actor("city_writer", "2024-03-10T09:00")
    made = link(actor, mine, stage="plan", item=item)
    assert [r.title[:6] for r in owed(province, "city_writer", "2024-03-10T10:00")] == ["落实情况、效"]
    assert link(actor, mine, stage="plan", item=item).pk == made.pk
    undo(actor, made, reason="关联错了。")
    assert len(owed(province, "city_writer", "2024-03-10T10:00")) == 2


def test_only_own_items_filed_after_the_matter_answer_it(province: Province) -> None:
    matter = entered(province)
    mine = matter.assignments.get(unit=province.unit("city"))
    actor = province.actor("city_writer", "2024-03-10T09:00")
    for item, why in (
        (province.filed("city2", "2024-03-09T09:00"), "责任单位自己"),
        (province.filed("city", "2024-03-01T09:00"), "以前就已报送"),
        (province.item("city", state="draft"), "还没有报送"),
    ):
        with pytest.raises(HengjianError, match=why):
            link(actor, mine, stage="plan", item=item)
    with pytest.raises(HengjianError, match="阶段"):
        link(actor, mine, stage="progress", item=province.filed("city", "2024-03-09T10:00"))
    with pytest.raises(Denied):
        link(
            province.actor("city2_writer"),
            mine,
            stage="plan",
            item=province.filed("city", "2024-03-09T11:00"),
        )


def test_the_office_sees_how_many_units_are_late(province: Province) -> None:
    matter = entered(province)
    link(
        province.actor("city_writer", "2024-03-10T09:00"), matter.assignments.get(unit=province.unit("city")),
        stage="plan", item=province.filed("city", "2024-03-09T09:00"),
    )  # fmt: skip
    [row] = owed(province, "editor", "2024-03-12T00:00")
    assert "2个单位逾期" in row.title
    assert not owed(province, "editor", "2024-03-11T23:59")


def test_a_lasting_matter_asks_for_progress_and_for_a_rhythm_once_it_is_decided(province: Province) -> None:
    matter = entered(province, "city", long_term=True)
    stages = [r.title.split("：")[0] for r in owed(province, "city_writer", "2024-03-05T09:00")]
    assert "阶段性进展" in stages
    progress = next(
        r for r in owed(province, "city_writer", "2024-03-05T09:00") if r.title.startswith("阶段性")
    )
    assert progress.due_at is None and "未规定期限" in progress.note
    ReadingDecision.objects.create(
        installation=province.installation, reading="D03", option="quarterly", decided_by="厅办公室",
        effective_from=local("2024-03-05T00:00").date(), decided_at=local("2024-03-05T08:00"),
    )  # fmt: skip
    item = province.filed("city", "2024-04-01T09:00")
    mine = matter.assignments.get()
    link(province.actor("city_writer", "2024-04-02T09:00"), mine, stage="progress", item=item)
    later = next(r for r in owed(province, "city_writer", "2024-04-03T09:00") if r.title.startswith("阶段性"))
    assert later.due_at is not None and later.due_at.month == 7


def test_closing_withdrawing_and_adding_units(province: Province) -> None:
    matter = entered(province, "city")
    office = province.actor("editor", "2024-03-06T09:00")
    add_units(office, matter, units=[province.unit("city"), province.unit("city2")])
    assert matter.assignments.count() == 2
    close(office, matter.assignments.get(unit=province.unit("city")), reason="不涉及。")
    assert owed(province, "city_writer", "2024-03-06T10:00") == []
    assert owed(province, "city2_writer", "2024-03-06T10:00")
    withdraw_matter(office, matter, reason="重复登记。")
    assert owed(province, "city2_writer", "2024-03-06T10:00") == []
    with pytest.raises(HengjianError, match="已经撤销"):
        add_units(office, matter, units=[province.unit("legal")])


def test_a_matter_is_entered_once_and_by_the_office(province: Province) -> None:
    key = uuid4().hex
    first, again = entered(province, client_key=key), entered(province, client_key=key)
    assert first.pk == again.pk and first.assignments.count() == 3
    with pytest.raises(Denied):
        record_matter(
            province.actor("city_writer"), province.installation, kind="meeting", title="会", client_key="x",
            happened_at=local("2024-03-04T09:00"), units=[province.unit("city")],
        )  # fmt: skip
    with pytest.raises(HengjianError, match="来源"):
        entered(province, kind="event")
    with pytest.raises(HengjianError, match="晚于现在"):
        entered(province, happened_at=local("2030-03-04T09:00"))


def test_pages_and_who_may_open_them(province: Province) -> None:
    matter = entered(province, when="2024-03-04T15:00")
    item = province.filed("city", "2024-03-09T09:00")
    editor, writer = province.client("editor"), province.client("city_writer")
    assert "3" in editor.get("/matters/").content.decode()
    text = editor.get(f"/matters/{matter.pk}/").content.decode()
    assert "柳川市司法局" in text and "办结" in text
    mine = writer.get(f"/matters/{matter.pk}/").content.decode()
    assert "柳川市司法局" not in mine and "关联信息" in mine
    assignment = matter.assignments.get(unit=province.unit("city"))
    done = writer.post(f"/matters/units/{assignment.pk}/link/", {"stage": "plan", "item": item.pk})
    assert done.status_code == 302 and assignment.reports.count() == 1
    assert writer.get("/matters/new/").status_code == 403
    assert province.client("point_writer").get(f"/matters/{matter.pk}/").status_code == 404
    form = {
        "kind": "minutes", "title": "第三次厅长办公会纪要", "happened_at": "2024-03-05T09:00",
        "units": [province.unit("legal").pk], "client_key": uuid4().hex,
    }  # fmt: skip
    assert editor.get("/matters/new/").status_code == 200
    assert editor.post("/matters/new/", form).status_code == 302
    assert editor.post(f"/matters/units/{assignment.pk}/close/", {"reason": ""}).status_code == 302
    assert writer.post(f"/matters/units/{assignment.pk}/close/", {"reason": "无"}).status_code == 403
    assert editor.post(f"/matters/{matter.pk}/withdraw/", {"reason": "重复"}).status_code == 302
    found = writer.get(f"/api/matters/{matter.pk}")
    assert found.status_code == 404
    assert editor.get(f"/api/matters/{matter.pk}").json()["title"] == "全省司法行政工作会议"
