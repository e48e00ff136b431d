"""Who signs a notice, in what order: the flow clause of the pack says it, step by step."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts import decide
from hengjian.apps.approvals.models import Course, CourseStep
from hengjian.apps.approvals.queries import steps_waiting_for
from hengjian.apps.bulletins import flows
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.access import Denied
from hengjian.apps.org.models import Appointment
from hengjian.apps.points import approval
from hengjian.apps.points.acts import notices
from hengjian.apps.points.conftest import Desk
from hengjian.apps.points.models import Notice
from hengjian.apps.points.queries import visible_notices
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.policy import load_pack
from hengjian.policy.clauses.flow import Flow

pytestmark = pytest.mark.django_db
S = CourseStep.State


@pytest.fixture
def draft(desk: Desk) -> Notice:
    desk.fact("adopt", desk.item("civil1"), "2024-06-05T09:00", "bulletin")
    return notices.prepare(
        desk.editor("2024-07-01T09:00"), desk.story.installation, clause="notices/monthly", period="2024-06"
    )


def sent(desk: Desk, draft: Notice, when: str = "2024-07-02T08:30") -> Notice:
    return notices.submit(desk.editor(when), draft, version=draft.version)


def states(notice: Notice) -> list[tuple[str, str]]:
    return [(step.key, step.state) for step in running.steps_of(approval.course_of(notice))]


def signatures(notice: Notice) -> list[tuple[str, str]]:
    steps = running.steps_of(approval.course_of(notice))
    return [(str(s.person), s.signed_as) for step in steps for s in step.signatures.all()]


def test_handing_over_is_the_signature_of_the_drafting_office(desk: Desk, draft: Notice) -> None:
    notice = sent(desk, draft)
    assert notice.state == Notice.State.SUBMITTED
    assert states(notice) == [
        ("editor", S.APPROVED),
        ("supervising_leader", S.OPEN),
        ("president", S.WAITING),
    ]
    assert signatures(notice) == [(str(desk.story.person("editor")), "信息编辑")]


def test_it_passes_from_hand_to_hand(desk: Desk, draft: Notice) -> None:
    notice = sent(desk, draft)
    leader, president = desk.leader(), desk.president()
    assert [s.course.subject for s in steps_waiting_for(leader)] == [notice] and draft in visible_notices(
        leader
    )
    notice = notices.approve(leader, notice, version=notice.version, opinion="数字已核。")
    assert notice.state == Notice.State.SUBMITTED and notice.approved_by is None
    assert steps_waiting_for(leader) == [] and len(steps_waiting_for(president)) == 1
    with pytest.raises(Denied, match="主要领导签发"):
        notices.approve(leader, notice, version=notice.version)
    notice = notices.approve(president, notice, version=notice.version)
    assert (notice.state, notice.approved_by) == (Notice.State.APPROVED, desk.story.person("president"))


def test_everybody_whose_turn_comes_is_told(desk: Desk, draft: Notice) -> None:
    notice = sent(desk, draft)
    told = OutgoingMail.objects.filter(key__startswith="course:")
    assert [mail.person for mail in told] == [desk.story.person("leader")]
    notices.approve(desk.leader(), notice, version=notice.version)
    assert told.filter(person=desk.story.person("president")).count() == 1


def test_a_higher_officer_signs_for_the_leader_where_the_flow_allows_it(desk: Desk, draft: Notice) -> None:
    notice = notices.approve(desk.president(), sent(desk, draft), version=draft.version + 1)
    assert notice.state == Notice.State.APPROVED
    assert [post for _, post in signatures(notice)] == ["信息编辑", "院长（代签）", "院长"]


@pytest.mark.parametrize(
    "who", ["writer", "head", "editor", "office_head", "party", "neighbour_head", "auditor"]
)
def test_nobody_else_signs_or_sends_back(desk: Desk, draft: Notice, who: str) -> None:
    notice = sent(desk, draft)
    with pytest.raises(Denied):
        notices.approve(desk.story.actor(who), notice, version=notice.version)
    with pytest.raises(Denied):
        notices.send_back(desk.story.actor(who), notice, version=notice.version, reason="不妥")
    assert steps_waiting_for(desk.story.actor(who)) == []


@pytest.mark.parametrize("who", ["leader", "president"])
def test_sent_back_with_a_reason_it_goes_the_whole_way_again(desk: Desk, draft: Notice, who: str) -> None:
    notice = sent(desk, draft)
    actor = {"leader": desk.leader(), "president": desk.president()}[who]
    with pytest.raises(HengjianError, match="理由"):
        notices.send_back(actor, notice, version=notice.version, reason=" ")
    notice = notices.send_back(actor, notice, version=notice.version, reason="请补充按语")
    assert (notice.state, notice.opinion) == (Notice.State.RETURNED, "请补充按语")
    assert states(notice)[1:] == [("supervising_leader", S.RETURNED), ("president", S.VOID)]
    again = notices.prepare(
        desk.editor(), desk.story.installation, clause="notices/monthly", period="2024-06"
    )
    assert again.pk == notice.pk
    notice = sent(desk, again, "2024-07-03T08:30")
    assert notice.courses.count() == 2 and notice.opinion == ""
    assert states(notice)[1] == ("supervising_leader", S.OPEN)


def test_recalled_it_waits_for_nobody(desk: Desk, draft: Notice) -> None:
    notice = sent(desk, draft)
    notice = notices.recall(desk.editor("2024-07-02T09:30"), notice, version=notice.version)
    assert notice.state == Notice.State.DRAFT and steps_waiting_for(desk.leader()) == []


def test_a_post_without_a_holder_is_named_before_anything_is_sent(desk: Desk, draft: Notice) -> None:
    Appointment.objects.filter(post__role="president").delete()
    with pytest.raises(HengjianError, match=r"“主要领导签发”要由1人办理，现在除提出人外"):
        sent(desk, draft)
    assert not Course.objects.exists()


def test_the_head_of_the_office_may_do_what_its_editor_may(desk: Desk) -> None:
    pack = pack_for(desk.story.installation, desk.story.at)
    assert flows.stand_ins(pack, "editor") == ["office_head"]
    assert flows.stand_ins(pack, "supervising_leader") == []
    assert flows.stand_ins(pack, "no_such_role") == []


def with_flow(monkeypatch: pytest.MonkeyPatch, *steps: dict[str, Any]) -> None:
    flow = Flow.model_validate(
        {"id": "flows/other", "kind": "flow", "title": "审批", "articles": ["27"], "steps": steps}
    )
    monkeypatch.setattr(approval, "flow_of", lambda pack, clause: flow)


def test_two_persons_means_two_different_persons(
    desk: Desk, draft: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_flow(
        monkeypatch,
        {"key": "draft", "title": "拟稿", "role": "editor"},
        {"key": "two", "title": "双人审核", "role": "dept_head", "or_above": True, "persons": 2},
    )
    notice = sent(desk, draft)
    assert states(notice) == [("draft", S.APPROVED), ("two", S.OPEN)]
    notice = notices.approve(desk.leader(), notice, version=notice.version)
    with pytest.raises(Denied, match="已经签过"):
        notices.approve(desk.leader(), notice, version=notice.version)
    notice = notices.approve(desk.president(), notice, version=notice.version)
    assert notice.state == Notice.State.APPROVED


def test_steps_side_by_side_do_not_wait_for_each_other(
    desk: Desk, draft: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_flow(
        monkeypatch,
        {"key": "group", "title": "党组审议", "role": "party_group"},
        {"key": "leader", "title": "分管审核", "role": "supervising_leader", "same_time_as": "group"},
        {"key": "president", "title": "签发", "role": "president"},
    )
    notice = sent(desk, draft)
    assert states(notice) == [("group", S.OPEN), ("leader", S.OPEN), ("president", S.WAITING)]
    notice = notices.approve(desk.leader(), notice, version=notice.version)
    assert steps_waiting_for(desk.president()) == []
    notice = notices.approve(desk.story.actor("party", desk.leader().at), notice, version=notice.version)
    assert len(steps_waiting_for(desk.president())) == 1


@pytest.mark.parametrize("pack", ["longkou", "wuhua", "hubei", "jiaozuo", "shandong"])
def test_every_notice_of_every_pack_names_its_flow(pack: str) -> None:
    loaded = load_pack(pack)
    for rule in loaded.clauses_of("notice"):
        assert approval.flow_of(loaded, rule.id).steps


def test_the_page_offers_the_step_to_whose_turn_it_is_only(desk: Desk, draft: Notice) -> None:
    notice = sent(desk, draft)

    def page(client: Client) -> str:
        return client.get(f"/points/notices/{notice.pk}/").content.decode()

    assert "分管院领导审核" in page(desk.story.client("editor"))
    assert "/act/approve/" not in page(desk.story.client("editor"))
    assert "/act/approve/" in page(desk.story.client("leader"))
    assert desk.story.client("writer").get(f"/points/notices/{notice.pk}/").status_code == 404


def test_by_the_door_of_all_approvals_it_is_the_same_notice(desk: Desk, draft: Notice) -> None:
    notice = sent(desk, draft)
    course = approval.course_of(notice)
    decide.send_back(desk.leader(), course, reason="请补充按语")
    notice.refresh_from_db()
    assert (notice.state, notice.opinion) == (Notice.State.RETURNED, "请补充按语")
    notice = sent(desk, notice, "2024-07-03T08:30")
    course = approval.course_of(notice)
    decide.agree(desk.leader(), course, opinion="数字已核。")
    decide.agree(desk.president(), course)
    notice.refresh_from_db()
    assert (notice.state, notice.approved_by) == (Notice.State.APPROVED, desk.story.person("president"))


def test_by_no_door_are_figures_signed_the_ledger_no_longer_shows(desk: Desk, draft: Notice) -> None:
    notice = sent(desk, draft)
    desk.fact("adopt", desk.item("civil2"), "2024-06-06T09:00", "bulletin")
    with pytest.raises(HengjianError, match="又有变动"):
        decide.agree(desk.leader(), approval.course_of(notice))
    assert states(notice)[1] == ("supervising_leader", S.OPEN)


def test_who_drafted_may_not_sign_what_another_handed_over(desk: Desk, draft: Notice) -> None:
    Notice.objects.update(prepared_by=desk.story.person("leader"))
    notice = sent(desk, draft)
    with pytest.raises(Denied, match="不能自己审批"):
        notices.approve(desk.leader(), notice, version=notice.version)
    assert notices.approve(desk.president(), notice, version=notice.version).state == Notice.State.APPROVED
