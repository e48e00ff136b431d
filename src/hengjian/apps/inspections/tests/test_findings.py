"""Heads, causes, intent that only people establish, the report two sign, rectification, good practice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back, withdraw
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.inspections import access
from hengjian.apps.inspections.acts import findings, intent, practice, rectify, report, team
from hengjian.apps.inspections.conftest import Circle
from hengjian.apps.inspections.models import Finding, Inspection, Rectification
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def test_a_problem_without_evidence_is_none(circle: Circle) -> None:
    row = circle.begun()
    text = findings.FindingText("truth", "录入不实", "事实")
    with pytest.raises(HengjianError, match="没有依据的不能登记"):
        findings.record(circle.actor("one"), row, unit=circle.units["filing"], text=text)


def test_a_cause_must_be_one_the_text_lists_under_the_head(circle: Circle) -> None:
    row = circle.begun()
    with pytest.raises(HengjianError, match="没有这个原因"):
        circle.finding(row, head="timeliness", cause="negligence")
    with pytest.raises(HengjianError, match="没有列原因"):
        circle.finding(row, head="analysis", cause="negligence")


def test_intent_cannot_be_written_down_by_one(circle: Circle) -> None:
    row = circle.begun()
    with pytest.raises(HengjianError, match="不能直接填写"):
        circle.finding(row, cause="fraud")
    found = circle.finding(row, alleged="fraud")
    assert found.cause == "" and found.intent == Finding.Intent.VIEWS


def test_intent_needs_a_person_who_can_answer(circle: Circle) -> None:
    row = circle.begun()
    piece = circle.evidence(row)
    text = findings.FindingText("truth", "录入不实", "事实", alleged="fraud")
    with pytest.raises(HengjianError, match="写明是谁"):
        findings.record(circle.actor("one"), row, unit=circle.units["filing"], text=text, evidence=[piece])


def _viewed(circle: Circle) -> tuple[Inspection, Finding]:
    row = circle.begun()
    found = circle.finding(row, alleged="fraud")
    for key in ("one", "two"):
        intent.give_view(circle.actor(key), found, intended=True, grounds="登记簿与系统两个日期，证据1。")
        found.refresh_from_db()
    return row, found


def test_two_views_the_reply_and_the_confirmation_establish_it(circle: Circle) -> None:
    row, found = _viewed(circle)
    assert found.intent == Finding.Intent.REPLY and found.cause == ""
    with pytest.raises(HengjianError, match="还没有送交"):
        intent.personal_reply(circle.actor("clerk"), found, accepts=False, text="不是故意。")
    circle.handed(row)
    intent.personal_reply(circle.actor("clerk"), found, accepts=False, text="不是故意，是看错。")
    found.refresh_from_db()
    assert found.intent == Finding.Intent.CONFIRM and found.cause == ""
    course = running.current(found)
    assert course is not None
    for who in ("one", "stat", "head"):
        with pytest.raises(Denied):
            agree(circle.actor(who), course)
    agree(circle.actor("high_stat"), course, opinion="事实清楚，予以确认。")
    found.refresh_from_db()
    assert (found.intent, found.cause) == (Finding.Intent.ESTABLISHED, "fraud")


def test_one_inspector_who_holds_otherwise_ends_it(circle: Circle) -> None:
    found = circle.finding(circle.begun(), alleged="fraud")
    intent.give_view(circle.actor("one"), found, intended=True, grounds="一")
    found.refresh_from_db()
    with pytest.raises(HengjianError, match="已经认定过"):
        intent.give_view(circle.actor("one"), found, intended=False, grounds="改")
    intent.give_view(circle.actor("two"), found, intended=False, grounds="证据不足")
    found.refresh_from_db()
    assert (found.intent, found.cause) == (Finding.Intent.NOT_ESTABLISHED, "")


def test_what_is_not_confirmed_above_is_not_established(circle: Circle) -> None:
    row, found = _viewed(circle)
    circle.handed(row)
    intent.personal_reply(circle.actor("clerk"), found, accepts=False, text="不是故意。")
    course = running.current(found)
    assert course is not None
    send_back(circle.actor("high_two"), course, reason="证据不足")
    found.refresh_from_db()
    assert (found.intent, found.cause) == (Finding.Intent.NOT_ESTABLISHED, "")


def test_nobody_answers_in_the_place_of_the_person(circle: Circle) -> None:
    row, found = _viewed(circle)
    circle.handed(row)
    with pytest.raises(Denied):
        intent.personal_reply(circle.actor("head"), found, accepts=True, text="代答")
    intent.record_silence(circle.actor("one"), found, text="3月5日、6日两次通知。")
    assert found.replies.get().text.startswith("（检查组登记）本人没有答复")


def test_views_stay_apart_until_all_are_given(circle: Circle) -> None:
    found = circle.finding(circle.begun(), alleged="fraud")
    intent.give_view(circle.actor("one"), found, intended=True, grounds="登记簿上的笔迹")
    page = circle.client("two").get(f"/inspections/findings/{found.pk}/").content.decode()
    assert "登记簿上的笔迹" not in page and "互相看不到" in page


def test_all_heads_are_gone_through_before_it_is_handed_over(circle: Circle) -> None:
    row = circle.begun()
    circle.finding(row)
    with pytest.raises(HengjianError, match="没有逐项填写：数据完整性"):
        findings.hand(circle.actor("one"), row)
    with pytest.raises(HengjianError, match="不能填“未发现问题”"):
        findings.check_head(circle.actor("one"), row, head="truth", result="fine")
    with pytest.raises(HengjianError, match="写明理由"):
        findings.check_head(circle.actor("one"), row, head="secrecy", result="outside")


def test_letters_are_settled_before_it_is_handed_over(circle: Circle) -> None:
    row = circle.begun()
    circle.letter(row)
    with pytest.raises(HengjianError, match="还有文书没有答复"):
        circle.handed(row)


def test_drafts_of_problems_stay_with_the_team(circle: Circle) -> None:
    row = circle.begun()
    found = circle.finding(row)
    assert not access.visible_findings(circle.actor("head")).exists()
    circle.handed(row)
    assert access.visible_findings(circle.actor("head")).get() == found
    for who in ("civil_head", "other_head", "clerk"):
        assert not access.visible_findings(circle.actor(who)).exists(), who


def test_the_report_waits_for_replies_and_for_two_signatures(circle: Circle) -> None:
    row = circle.begun()
    found = circle.finding(row, cause="negligence")
    circle.handed(row)
    with pytest.raises(HengjianError, match="问题1还没有答复"):
        report.submit(circle.actor("one"), row, summary="好", outcomes=[])
    findings.reply(circle.actor("head"), found, accepts=True, text="属实。")
    report.submit(circle.actor("one"), row, summary="好", outcomes=["rectify"])
    course = running.current(row)
    assert course is not None
    agree(circle.actor("one"), course)
    row.refresh_from_db()
    assert row.state == Inspection.State.REPORTING
    with pytest.raises(Denied):
        agree(circle.actor("stat"), course)
    course.refresh_from_db()
    agree(circle.actor("two"), course)
    row.refresh_from_db()
    assert row.state == Inspection.State.REPORTED


def test_a_report_sent_back_can_be_submitted_again(circle: Circle) -> None:
    row = circle.handed(circle.begun())
    report.submit(circle.actor("one"), row, summary="好", outcomes=[])
    course = running.current(row)
    assert course is not None
    send_back(circle.actor("two"), course, reason="漏写一项")
    row.refresh_from_db()
    assert row.state == Inspection.State.REPLYING
    report.submit(circle.actor("two"), row, summary="更好", outcomes=[])


# rectification


def _ordered(circle: Circle, days: int | None = 20) -> tuple[Inspection, Rectification]:
    row, found = circle.reported()
    due = (circle.at + timedelta(days=days)).date() if days is not None else None
    return row, rectify.order(circle.actor("stat"), found, opinion="逐案核对立案日期。", due_on=due)


def test_an_opinion_is_offered_once_while_it_is_carried_out(circle: Circle) -> None:
    _, work = _ordered(circle)
    offered = f"/do/finding/{work.finding_id}/rectify/"
    assert (
        offered not in circle.client("stat").get(f"/inspections/findings/{work.finding_id}/").content.decode()
    )
    _step(circle, work, "head")
    _step(circle, work, "one")
    assert offered in circle.client("stat").get(f"/inspections/findings/{work.finding_id}/").content.decode()


def _step(circle: Circle, work: Rectification, who: str, **more: str) -> None:
    course = running.current(work)
    assert course is not None
    agree(circle.actor(who), course, **more)
    work.refresh_from_db()


def test_the_unit_rectifies_and_an_inspector_accepts(circle: Circle) -> None:
    row, work = _ordered(circle)
    with pytest.raises(HengjianError, match="还有整改没有验收"):
        report.close(circle.actor("stat"), row)
    with pytest.raises(Denied):
        _step(circle, work, "civil_head")
    _step(circle, work, "head", opinion="已核对 320 件。")
    assert work.state == Rectification.State.HANDED
    with pytest.raises(Denied):
        _step(circle, work, "head")
    _step(circle, work, "one")
    assert work.state == Rectification.State.ACCEPTED
    report.close(circle.actor("stat"), row)
    row.refresh_from_db()
    member = row.team.select_related("seat").get(person=circle.people["one"])
    assert member.seat is not None and member.seat.valid_to is not None
    assert access.grant_now(circle.actor("one"), row) is None


def test_what_is_not_accepted_goes_on_under_the_same_limit(circle: Circle) -> None:
    _, work = _ordered(circle)
    _step(circle, work, "head")
    course = running.current(work)
    assert course is not None
    send_back(circle.actor("two"), course, reason="还有两件没改")
    work.refresh_from_db()
    assert work.state == Rectification.State.OPEN and work.done_at is None
    page = circle.client("head").get(f"/inspections/rectifications/{work.pk}/").content.decode()
    assert "此前的办理" in page and "还有两件没改" in page
    _step(circle, work, "head")
    _step(circle, work, "two")
    assert work.state == Rectification.State.ACCEPTED


def test_taken_back_by_whoever_ordered_it_is_void(circle: Circle) -> None:
    row, work = _ordered(circle)
    course = running.current(work)
    assert course is not None
    withdraw(circle.actor("stat"), course)
    work.refresh_from_db()
    assert work.state == Rectification.State.CANCELLED
    report.close(circle.actor("stat"), row)


def test_an_extension_says_why_and_who_decided(circle: Circle) -> None:
    _, work = _ordered(circle)
    assert work.due_on is not None
    later = work.due_on + timedelta(days=10)
    with pytest.raises(HengjianError, match="决定人"):
        rectify.extend(circle.actor("stat"), work, until=later, reason="案件多", decided_by=" ")
    made = rectify.extend(circle.actor("stat"), work, until=later, reason="案件多", decided_by="审判委员会")
    work.refresh_from_db()
    assert (made.before, work.due_on) == (later - timedelta(days=10), later)
    long_after = circle.actor("stat", 24 * 60 * 60)
    with pytest.raises(HengjianError, match="已经过去"):
        rectify.extend(long_after, work, until=later + timedelta(1), reason="案件多", decided_by="审判委员会")
    with pytest.raises(Denied):
        rectify.extend(circle.actor("head"), work, until=later + timedelta(1), reason="一", decided_by="二")


def test_without_a_limit_there_is_nothing_to_extend_and_nothing_late(circle: Circle) -> None:
    _, work = _ordered(circle, None)
    page = circle.client("head").get(f"/inspections/rectifications/{work.pk}/").content.decode()
    assert "未规定" in page and "已逾期" not in page
    with pytest.raises(HengjianError, match="没有规定期限"):
        rectify.extend(
            circle.actor("stat"), work, until=circle.at.date() + timedelta(9), reason="一", decided_by="二"
        )


def test_a_failed_recheck_opens_it_again(circle: Circle) -> None:
    _, work = _ordered(circle)
    _step(circle, work, "head")
    _step(circle, work, "one")
    with pytest.raises(HengjianError, match="不早于"):
        rectify.recheck(circle.actor("one", 30), work, on=circle.at.date() - timedelta(9), result="早了")
    rectify.recheck(circle.actor("one", 30), work, on=circle.at.date(), result="又有两件", again=True)
    work.refresh_from_db()
    assert work.state == Rectification.State.OPEN and work.recheck == "又有两件"


# good practice


def test_a_practice_is_spread_and_acknowledged(circle: Circle) -> None:
    row = circle.begun()
    made = practice.record(
        circle.actor("one"), row, unit=circle.units["filing"], title="扫码核对", text="立案窗口扫码。"
    )
    assert not access.visible_practices(circle.actor("three")).exists()
    (sent,) = practice.spread(circle.actor("stat"), made, courts=[circle.units["other"]])
    assert practice.spread(circle.actor("stat"), made, courts=[circle.units["other"]]) == []
    assert access.visible_practices(circle.actor("three")).get() == made
    with pytest.raises(Denied):
        practice.acknowledge(circle.actor("other_head"), sent)
    practice.acknowledge(circle.actor("three"), sent, note="4月起试用。")
    sent.refresh_from_db()
    assert sent.read_by == circle.people["three"]


def test_a_member_who_leaves_loses_grants_and_the_right_to_work(circle: Circle) -> None:
    row = circle.begun()
    member = row.team.get(person=circle.people["two"])
    team.remove_member(circle.actor("stat"), member, reason="生病")
    with pytest.raises(Denied):
        circle.letter(row, by="two")
    assert access.grant_now(circle.actor("two"), row) is None


def test_the_limit_stands_in_the_inbox_once_and_moves_with_an_extension(circle: Circle) -> None:
    _, work = _ordered(circle)

    def waiting(days: float = 0) -> list[tuple[str, str]]:
        rows = rows_for(circle.actor("head", days))
        return [(row.state.value, str(row.due_at)) for row in rows if row.title == str(work)]

    ((state, due),) = waiting(21)
    assert state == "overdue" and due.startswith(str(circle.at.date() + timedelta(days=21)))
    later = circle.at.date() + timedelta(days=30)
    rectify.extend(circle.actor("stat"), work, until=later, reason="案件多", decided_by="院长")
    assert waiting(21)[0][0] != "overdue"
