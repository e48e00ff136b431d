"""Reports before the event: the clock runs to a planned moment, the supplement counts with the first."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.clocks import clocks_of
from hengjian.apps.bulletins.models import Item
from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.duties.plans.units import governed_by
from hengjian.apps.duties.quota import submissions
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_instant
from hengjian.clocks import State

EVENT = to_instant(datetime(2024, 6, 10, 9))
PLANNED = {"category": "dynamic", "subtype": "planned", "planned_at": EVENT}


def states(item: Item, at: datetime) -> dict[str, State]:
    return {result.stage: result.state for result in clocks_of(item, at)}


def test_without_the_planned_moment_it_cannot_be_filed(bureau: Bureau) -> None:
    item = bureau.draft("gate", category="dynamic", subtype="planned")
    with pytest.raises(HengjianError, match="发布或举行时间"):
        submit(bureau.actor("writer"), item)


def test_other_dynamic_items_have_no_clock(bureau: Bureau) -> None:
    item = bureau.filed("gate", category="dynamic", subtype="implementation")
    assert states(item, bureau.at) == {}


@pytest.mark.parametrize(("minutes", "kept"), [(-1, True), (0, False), (60, False)])
def test_the_report_comes_before_the_event(bureau: Bureau, minutes: int, kept: bool) -> None:
    at = EVENT + timedelta(minutes=minutes)
    item = bureau.filed("gate", at, **PLANNED)
    assert (states(item, EVENT + timedelta(days=1))["advance"] is State.MET) is kept


def test_the_inbox_reminds_of_a_draft_before_the_event_and_of_the_result_after(bureau: Bureau) -> None:
    draft = bureau.draft("gate", title="还没报的", **PLANNED)
    rows = [
        r
        for r in rows_for(bureau.actor("writer", EVENT - timedelta(days=1)))
        if r.title.endswith(draft.title)
    ]
    assert len(rows) == 1
    assert rows[0].due_at == datetime(2024, 6, 10, 9)
    filed = bureau.filed("gate", title="已报的", **PLANNED)
    after = rows_for(bureau.actor("writer", EVENT + timedelta(days=1)))
    assert [r.title for r in after if r.kind == "补报成效"] == [filed.title]


def test_the_pair_counts_once_and_stops_the_second_clock(bureau: Bureau) -> None:
    first = bureau.filed("gate", **PLANNED)
    later = EVENT + timedelta(days=2)
    second = bureau.filed("gate", later, title="成效", category="dynamic", subtype="planned", completes=first)
    governed = governed_by(bureau.installation, later)
    counted = submissions(governed, [bureau.unit("gate")], datetime(2024, 1, 1).date(), later.date())
    assert sum(len(moments) for moments in counted.values()) == 1
    assert states(first, later)["result"] is State.MET
    assert states(second, later) == {}
    assert not [r for r in rows_for(bureau.actor("writer", later)) if r.kind == "补报成效"]


def test_only_an_item_reported_before_can_be_completed(bureau: Bureau) -> None:
    ordinary = bureau.filed("gate")
    with pytest.raises(HengjianError, match="事前"):
        bureau.draft("gate", completes=ordinary)


def test_the_editor_offers_the_fields_here_and_not_in_a_court(bureau: Bureau) -> None:
    first = bureau.filed("gate", title="宪法宣传周预告", **PLANNED)
    page = bureau.client("writer").get(f"/bulletins/items/new/?completes={first.pk}").content.decode()
    assert "发布或举行时间" in page
    assert "宪法宣传周预告（成效）" in page
    assert "合算一篇" in page


def test_a_court_has_no_such_fields(story: object) -> None:
    page = story.client("writer").get("/bulletins/items/new/").content.decode()  # type: ignore[attr-defined]
    assert "发布或举行时间" not in page
