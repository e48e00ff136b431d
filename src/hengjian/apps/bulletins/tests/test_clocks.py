"""The clocks of an item follow its facts: first filing, call, stages; a return does not restart them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hengjian.apps.bulletins.acts.decide import approve
from hengjian.apps.bulletins.acts.emergency import report, report_stage
from hengjian.apps.bulletins.acts.office import return_item
from hengjian.apps.bulletins.acts.phone import PhoneCall, record_call
from hengjian.apps.bulletins.acts.propose_late import propose_late
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.acts.undo import undo
from hengjian.apps.bulletins.clocks import clocks_of, clocks_of_many, in_words, late_offers
from hengjian.apps.bulletins.models import FaultCase
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError


def states(item, at):
    return {r.stage: r.state.value for r in clocks_of(item, at)}


@pytest.fixture
def emergency(desk):
    def go(minutes, learned=None, key="e"):
        start = desk.clock
        desk.tick(minutes)
        return report(
            desk.story.actor("writer", desk.clock),
            installation=desk.story.installation,
            unit=desk.story.unit("civil1"),
            what="持械伤人",
            where="立案大厅",
            occurred_at=start,
            learned_at=start + timedelta(minutes=learned) if learned else None,
            client_key=key,
        )

    return go


def test_an_item_without_a_limit_has_no_clock(desk):
    assert clocks_of(desk.draft(), desk.clock) == []


def test_a_running_clock_says_what_is_left(desk):
    item = desk.draft(category="dynamic", occurred_at=desk.clock)
    (result,) = clocks_of(item, desk.clock)
    assert result.state.value == "pending"
    assert in_words(result, item.occurred_at + timedelta(hours=46, minutes=30)) == "还剩 1 小时 30 分"


def test_the_filing_stops_the_clock_not_the_hand_over_to_review(desk):
    item = desk.in_review(category="dynamic", occurred_at=desk.clock)
    late = item.occurred_at + timedelta(hours=49)
    assert states(item, late) == {"report": "missed"}
    item = approve(desk.story.actor("head", late), item)
    assert states(item, late) == {"report": "late"}


def test_a_return_does_not_make_a_timely_report_late(desk):
    item = desk.filed(category="dynamic", occurred_at=desk.clock)
    item = desk.do(return_item, "editor", item, reasons=["facts"])
    assert states(item, item.occurred_at + timedelta(days=9)) == {"report": "met"}


def test_a_filing_undone_as_a_slip_never_happened(desk):
    item = desk.filed(category="dynamic", occurred_at=desk.clock)
    item = desk.do(undo, "head", item)
    assert states(item, item.occurred_at + timedelta(days=9)) == {"report": "missed"}


@pytest.mark.parametrize(
    ("minutes", "learned", "state"), [(15, None, "met"), (16, None, "late"), (16, 5, "met")]
)
def test_the_quarter_of_an_hour_runs_from_the_event_or_from_knowing(emergency, desk, minutes, learned, state):
    item = emergency(minutes, learned)
    assert states(item, desk.clock)["first"] == state


def test_a_call_stops_the_first_clock_and_asks_for_the_written_report(emergency, desk):
    item = emergency(40)
    call = PhoneCall(item.occurred_at + timedelta(minutes=3), "甲", "乙", "值班室", "情况")
    desk.do(record_call, "duty", item, call=call)
    found = states(item, desk.clock)
    assert (found["first"], found["written"]) == ("met", "pending")


def test_the_detail_is_the_supplement_not_the_first_report(emergency, desk):
    item = emergency(5)
    assert states(item, desk.clock)["detail"] == "pending"
    desk.tick(60)
    desk.do(report_stage, "writer", item, stage="supplement", text="详情", client_key="s")
    assert states(item, desk.clock)["detail"] == "met"


def test_a_full_report_in_the_ordinary_way_is_the_detail_too(desk):
    item = desk.draft(category="major", subtype="disaster", occurred_at=desk.clock)
    item = desk.do(approve, "leader", desk.do(submit, "writer", item))
    assert states(item, desk.clock)["detail"] == "met"


def test_a_missed_limit_is_offered_and_proposed_once(emergency, desk):
    item = emergency(30)
    (offer,) = late_offers([item], desk.clock)
    assert offer.reference == "duties/report-sensitive.first"
    assert not FaultCase.objects.exists()
    case = desk.do(propose_late, "editor", item, reference=offer.reference)
    assert (case.kind, case.clock, case.state) == ("late", offer.reference, "proposed")
    assert "迟报 15 分钟" in case.description
    assert late_offers([item], desk.clock) == []
    with pytest.raises(HengjianError, match="已经提出过"):
        desk.do(propose_late, "editor", item, reference=offer.reference)


def test_departments_do_not_propose(emergency, desk):
    with pytest.raises(Denied):
        desk.do(propose_late, "head", emergency(30), reference="duties/report-sensitive.first")


def test_the_clocks_of_many_items_take_a_constant_number_of_queries(
    emergency, desk, django_assert_max_num_queries
):
    items = [emergency(n, key=f"e{n}") for n in (5, 20, 3)]
    with django_assert_max_num_queries(6):
        assert len(clocks_of_many(items, desk.clock)) == 3
