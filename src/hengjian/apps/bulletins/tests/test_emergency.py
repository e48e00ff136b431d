"""The emergency lane: one screen, filed at once, everybody alerted, signatures and details afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hengjian.apps.bulletins.acts.decide import approve, send_back
from hengjian.apps.bulletins.acts.emergency import acknowledge, report, report_stage
from hengjian.apps.bulletins.acts.lane import leave_lane
from hengjian.apps.bulletins.acts.office import receive
from hengjian.apps.bulletins.acts.phone import PhoneCall, record_call
from hengjian.apps.bulletins.acts.print_report import print_report
from hengjian.apps.bulletins.emergency_paper import emergency_document
from hengjian.apps.bulletins.models import Fact, Item
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.access import Denied
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError


@pytest.fixture
def raise_alarm(desk):
    def go(by="writer", unit="civil1", key="e1", **changes):
        occurred = desk.clock
        values = {
            "what": "当事人情绪激动，在立案大厅持械伤人。\n已报警。",
            "where": "立案大厅",
            "occurred_at": occurred,
            "client_key": key,
            "installation": desk.story.installation,
            "unit": desk.story.unit(unit),
        }
        desk.tick(4)
        return desk.do(report, by, **{**values, **changes})

    return go


def test_the_report_is_filed_in_the_same_breath(raise_alarm, desk):
    item = raise_alarm()
    assert (item.state, item.lane, item.number) == (Item.State.FILED, Item.Lane.EMERGENCY, "2024-0001")
    assert (item.category, item.subtype, item.outlet, item.grade) == (
        "major",
        "emergency",
        "special",
        "sensitive",
    )
    assert item.title == "立案大厅：当事人情绪激动，在立案大厅持械伤人"
    kinds = Fact.objects.standing().filter(item=item).values_list("kind", "value")
    assert set(kinds) == {("submit", ""), ("report", "first")}


def test_who_reports_for_the_own_department_is_its_author(raise_alarm, desk):
    item = raise_alarm()
    named = [(each.person, each.unit) for each in item.authorships.all()]
    assert named == [(desk.story.person("writer"), desk.story.unit("civil1"))]


def test_the_title_does_not_name_the_place_twice(raise_alarm):
    item = raise_alarm(where="立案大厅", what="立案大厅两名当事人发生冲突。已拨打急救电话。")
    assert item.title == "立案大厅两名当事人发生冲突"


def test_signatures_follow_and_do_not_hold_the_report(raise_alarm, desk):
    item = desk.do(approve, "head", raise_alarm())
    assert item.state == Item.State.FILED
    item = desk.do(receive, "editor", item)
    item = desk.do(approve, "leader", item)
    assert item.state == Item.State.RECEIVED
    assert item.steps.filter(key__startswith="present:", state="open").count() == 1


def test_everybody_the_clause_names_and_the_duty_post_are_alerted_urgently(raise_alarm, desk):
    item = raise_alarm()
    mails = OutgoingMail.objects.filter(urgent=True)
    people = {mail.person for mail in mails}
    expected = ("head", "deputy", "leader", "president", "editor", "office_head", "duty")
    assert people == {desk.story.person(key) for key in expected}
    assert all(item.title not in mail.subject + mail.body for mail in mails)


def test_the_same_form_sent_twice_reports_once(raise_alarm):
    assert raise_alarm(key="once").pk == raise_alarm(key="once").pk
    assert Item.objects.count() == 1


@pytest.mark.parametrize("who", ["neighbour", "outsider", "leader", "editor", "disabled", "sysadmin"])
def test_others_cannot_report_for_the_department(raise_alarm, who):
    with pytest.raises(Denied):
        raise_alarm(by=who)


def test_the_duty_post_reports_for_any_department(raise_alarm):
    assert raise_alarm(by="duty", unit="criminal").state == Item.State.FILED


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"what": " "}, "发生了什么"),
        ({"where": ""}, "在哪里"),
        ({"subtype": "novel_case"}, "紧急通道只用于"),
    ],
)
def test_what_is_missing_or_misplaced_is_said(raise_alarm, changes, message):
    with pytest.raises(HengjianError, match=message):
        raise_alarm(**changes)


def test_times_in_the_future_or_out_of_order_are_refused(raise_alarm, desk):
    with pytest.raises(HengjianError, match="晚于现在"):
        raise_alarm(occurred_at=desk.clock + timedelta(days=1))
    with pytest.raises(HengjianError, match="早于发生时间"):
        raise_alarm(learned_at=desk.clock - timedelta(hours=1))


def test_stages_follow_each_with_its_time_and_alert(raise_alarm, desk):
    item = raise_alarm()
    before = OutgoingMail.objects.filter(urgent=True).count()
    made = desk.do(
        report_stage, "writer", item, stage="supplement", text="伤者二人，均已送医。", client_key="s2"
    )
    assert (made.n, made.reported_at) == (2, desk.clock)
    assert OutgoingMail.objects.filter(urgent=True).count() == 2 * before
    again = desk.do(
        report_stage, "writer", item, stage="supplement", text="伤者二人，均已送医。", client_key="s2"
    )
    assert again.pk == made.pk


def test_after_the_final_report_nothing_more_follows(raise_alarm, desk):
    item = raise_alarm()
    desk.do(report_stage, "writer", item, stage="final", text="处置完毕。", client_key="s2")
    with pytest.raises(HengjianError, match="终报"):
        desk.do(report_stage, "writer", item, stage="follow_up", text="又有变化。", client_key="s3")


def test_stages_belong_to_the_lane_and_to_the_vocabulary(raise_alarm, desk):
    with pytest.raises(HengjianError, match="紧急通道"):
        desk.do(report_stage, "writer", desk.filed(), stage="supplement", text="补充。", client_key="s")
    with pytest.raises(HengjianError, match="补报、续报、终报"):
        desk.do(report_stage, "writer", raise_alarm(), stage="first", text="再来一次。", client_key="s")


def test_a_stage_is_acknowledged_once_by_the_duty_post(raise_alarm, desk):
    first = raise_alarm().stage_reports.get()
    with pytest.raises(Denied):
        desk.do(acknowledge, "writer", first)
    assert desk.do(acknowledge, "duty", first).received_by == desk.story.person("duty")
    with pytest.raises(HengjianError, match="已经签收"):
        desk.do(acknowledge, "duty", first)


def test_a_call_is_recorded_with_both_sides_and_kept_once(raise_alarm, desk):
    item = raise_alarm()
    call = PhoneCall(item.occurred_at + timedelta(minutes=2), "林知微", "方守夜", "院总值班室", "持械伤人")
    desk.do(record_call, "duty", item, call=call)
    desk.do(record_call, "writer", item, call=call)
    assert item.phone_records.count() == 1


@pytest.mark.parametrize("minutes", [-1, 600])
def test_a_call_before_the_event_or_in_the_future_is_refused(raise_alarm, desk, minutes):
    item = raise_alarm()
    call = PhoneCall(item.occurred_at + timedelta(minutes=minutes), "甲", "乙", "值班室", "内容")
    with pytest.raises(HengjianError, match="通话时间"):
        desk.do(record_call, "duty", item, call=call)


def test_a_return_keeps_the_report_on_record(raise_alarm, desk):
    item = desk.do(send_back, "head", raise_alarm(), opinion="经过写清楚")
    assert item.state == Item.State.RETURNED
    assert Fact.objects.filter(item=item, kind="submit", withdrawn_by__cause="returned").exists()


def test_the_office_closes_a_misuse_of_the_lane(raise_alarm, desk):
    item = desk.do(leave_lane, "editor", raise_alarm(), reason="不是突发事件")
    assert (item.lane, item.state, item.importance) == (Item.Lane.NORMAL, Item.State.RETURNED, "important")
    with pytest.raises(Denied):
        desk.do(leave_lane, "writer", raise_alarm(key="e2"), reason="不是突发事件")


def test_the_report_is_printed_for_those_who_receive_it(raise_alarm, desk):
    item = raise_alarm()
    desk.tick(20)
    desk.do(report_stage, "writer", item, stage="supplement", text="两人受伤，已送医。", client_key="s")
    name, kind, data = desk.do(print_report, "duty", item, form="pdf")
    assert (name, kind) == ("紧急报告2024-0001.pdf", "application/pdf") and data.startswith(b"%PDF")
    document = emergency_document(item, pack_for(item.installation, desk.clock), desk.clock)
    text = plain_text(document)
    assert document.urgency == "特急" and "内部资料" in document.secrecy
    assert "两人受伤，已送医。" in text and "尚未签收" in text and "审核手续正在补办" in text
    assert text.count("在立案大厅持械伤人") == 1
    for who in ("writer", "head", "neighbour", "auditor"):
        with pytest.raises(Denied):
            desk.do(print_report, who, item, form="pdf")


def test_ordinary_items_have_no_emergency_report(desk):
    with pytest.raises(HengjianError, match="不在紧急通道"):
        desk.do(print_report, "editor", desk.filed(), form="pdf")


def test_a_report_with_a_character_no_font_draws_is_not_printed(raise_alarm, desk):
    item = raise_alarm(what="当事人\U00031350某情绪激动。")
    with pytest.raises(HengjianError, match="没有字体能显示"):
        desk.do(print_report, "duty", item, form="docx")


def test_the_page_offers_the_paper_and_a_stranger_finds_nothing(raise_alarm, desk):
    item = raise_alarm()
    link = f"/bulletins/items/{item.pk}/report.pdf"
    assert link in desk.story.client("duty").get(f"/bulletins/items/{item.pk}/").content.decode()
    assert link not in desk.story.client("writer").get(f"/bulletins/items/{item.pk}/").content.decode()
    assert desk.story.client("duty").get(link)["Content-Type"] == "application/pdf"
    assert desk.story.client("duty").get(f"/api/bulletins/items/{item.pk}/report.docx").status_code == 200
    assert desk.story.client("neighbour").get(link).status_code == 404
    assert desk.story.client("writer").get(link).status_code == 403


def plain_text(document):
    found = []
    for block in document.blocks:
        for row in getattr(block, "rows", ()):
            found.append("".join(map(str, row)))
        found.append(str(getattr(block, "text", "")))
    return "\n".join(found)


def test_both_starts_of_the_clock_are_shown(raise_alarm, desk):
    """The fifteen minutes run from learning of it; the page shows what the event itself would have given."""
    occurred = desk.clock
    desk.tick(3)
    item = raise_alarm(occurred_at=occurred, learned_at=desk.clock)
    page = desk.story.client("duty").get(f"/bulletins/items/{item.pk}/").content.decode()
    assert "期限 6月5日 10:18（从发生起算为 6月5日 10:15）" in page
    assert page.count("从发生起算为") == 1  # the two hours of the detail run from the event alone
