"""The agenda assembles itself, the minutes give duties, the registry hands systems over."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hengjian.apps.desk.acts import meetings, registry, tickets
from hengjian.apps.desk.forms import MinutesForm
from hengjian.apps.desk.models import Decision, Meeting
from hengjian.apps.desk.printing import minutes_document
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.indicators.acts import notices
from hengjian.apps.indicators.acts.cards import CardText, draft_card
from hengjian.apps.indicators.conftest import City, local
from hengjian.apps.org.access import Denied
from hengjian.apps.org.models import Person, Unit
from hengjian.base.errors import HengjianError
from hengjian.documents import Paragraph

pytestmark = pytest.mark.django_db


def called(city: City, **more: object) -> Meeting:
    return meetings.call(
        city.actor("tech"), city.installation, starts_at=local("2022-09-05T15:00"), place="三楼会议室", **more
    )  # type: ignore[arg-type]


def ask(city: City, **more: str) -> None:
    fields = {
        "kind": "proposal",
        "origin": "staff",
        "title": "建议加扫码签到",
        "body": "方便。",
        "client_key": uuid4().hex,
    }
    tickets.raise_ticket(city.actor("civil"), city.installation, ticket=tickets.TicketIn(**(fields | more)))


def minuted(city: City, meeting: Meeting) -> Meeting:
    after = local("2022-09-05T17:00")
    return meetings.minute(
        city.actor("tech", after),
        meeting,
        version=meeting.version,
        chair="顾怀远",
        present=[city.people["leader"], city.people["tech"]],
        absent="",
        summary="研究了网上开庭的问题。",
        conclusions={item.pk: "同意。" for item in meeting.items.all()},
        decisions=[meetings.DecisionIn("更换第三法庭交换机", city.units["审管办"], date(2022, 9, 20))],
    )


def test_the_agenda_has_what_is_open(city: City) -> None:
    ask(city)
    city.report("filing_rate", "立案庭", 90, 100)
    text = CardText("一", "二", "月末", "系统", date(2022, 8, 1))
    draft_card(city.actor("filing"), city.installation, indicator="filing_rate", text=text)
    titles = [item.title for item in called(city).items.all()]
    assert titles == ["建议加扫码签到", "2022年8月网上立案率未达标", "网上立案率指标口径"]


def test_overdue_promises_come_back(city: City) -> None:
    minuted(city, called(city))
    later = city.actor("tech", local("2022-09-26T09:00"))
    again = meetings.call(later, city.installation, starts_at=local("2022-09-27T15:00"), place="三楼")
    assert any("逾期事项：更换第三法庭交换机" in item.title for item in again.items.all())
    assert again.number == 2


def test_a_notice_waiting_comes_to_the_meeting(city: City) -> None:
    city.report("filing_rate", "立案庭", 99, 100)
    city.card("filing_rate")
    notices.prepare(city.actor("tech"), city.installation, clause="notices/monthly", period="2022-08")
    assert any(item.topic == "notice" for item in called(city).items.all())


def test_collecting_again_adds_only_what_is_new(city: City) -> None:
    ask(city)
    meeting = called(city)
    meetings.drop(city.actor("tech"), meeting.items.get())
    ask(city, title="建议二")
    meeting = meetings.collect(city.actor("tech"), meeting, version=meeting.version)
    assert [(i.title, i.dropped) for i in meeting.items.all()] == [
        ("建议加扫码签到", True),
        ("建议二", False),
    ]


def test_members_bring_topics_and_staff_do_not(city: City) -> None:
    meeting = called(city)
    meetings.add_topic(city.actor("filing"), meeting, topic="problem", title="电子送达失败率高")
    with pytest.raises(Denied):
        meetings.add_topic(city.actor("civil_staff"), meeting, topic="problem", title="一")


def test_an_urgent_meeting_says_why(city: City) -> None:
    with pytest.raises(HengjianError, match="紧急事由"):
        called(city, urgent=True)
    assert str(called(city, urgent=True, reason="系统全面中断")) == "2022年第1次临时会议"


def test_a_meeting_not_yet_held_has_no_minutes(city: City) -> None:
    meeting = called(city)
    with pytest.raises(HengjianError, match="还没有开"):
        meetings.minute(
            city.actor("tech"), meeting, version=meeting.version, chair="顾怀远", present=[city.people["tech"]],
            absent="", summary="", conclusions={}, decisions=[],
        )  # fmt: skip


def test_decisions_stand_in_the_inbox_until_they_are_done(city: City) -> None:
    meeting = minuted(city, called(city))
    row = next(r for r in rows_for(city.actor("management")) if r.kind == "例会议定事项")
    assert "更换第三法庭交换机" in row.title and row.due_at is not None
    decision = Decision.objects.get()
    with pytest.raises(Denied, match="审管办"):
        meetings.fulfil(city.actor("criminal"), decision, note="好")
    meetings.fulfil(city.actor("management"), decision, note="九月十二日换好")
    assert not [r for r in rows_for(city.actor("management")) if r.kind == "例会议定事项"]
    assert meetings.report(city.actor("tech"), meeting, version=meeting.version).state == "reported"


def test_the_biweekly_meeting_is_asked_for(city: City) -> None:
    kinds = [r for r in rows_for(city.actor("tech")) if r.kind == "例会"]
    assert len(kinds) == 1 and kinds[0].article == "组织领导"
    called(city)
    assert not [r for r in rows_for(city.actor("tech")) if r.kind == "例会"]


def test_pages_and_documents(city: City) -> None:
    ask(city)
    tech = city.client("tech")
    form = {"starts_at": "2022-09-05T15:00", "place": "三楼会议室"}
    where = tech.post("/desk/meetings/", form)["Location"]
    meeting = Meeting.objects.get()
    item = meeting.items.get()
    body = tech.get(where).content.decode()
    assert "形成纪要" in body and "建议加扫码签到" in body
    data = {
        "version": meeting.version, "chair": "顾怀远", "present": [city.people["leader"].pk], "absent": "", "summary": "",
        f"c{item.pk}": "采纳。", "t0": "开发扫码签到", "u0": city.units["技术处"].pk, "d0": "2022-10-01",
    }  # fmt: skip
    assert tech.post(f"{where}act/minute/", {**data, "u0": ""}).status_code == 422
    assert tech.post(f"{where}act/minute/", data).status_code == 302
    for what, suffix in (("agenda", "pdf"), ("minutes", "docx"), ("minutes", "pdf")):
        assert tech.get(f"{where}{what}/{suffix}/").status_code == 200
    assert city.client("criminal").get(where).status_code == 404
    assert city.client("criminal").post("/desk/meetings/", form).status_code == 403
    decision = Decision.objects.get()
    assert tech.post(f"/desk/decisions/{decision.pk}/done/", {"note": "上线"}).status_code == 302


def test_a_system_goes_step_by_step_to_its_lead_and_indicator(city: City) -> None:
    tech = city.actor("tech")
    system = registry.register_system(tech, city.installation, name="诉讼风险评估")
    day = date(2022, 9, 1)
    with pytest.raises(HengjianError, match="下一步可以是：已论证"):
        registry.advance(tech, system, version=1, stage="handed", happened_on=day, note="移交")
    for version, stage in enumerate(("studied", "built", "trained"), 1):
        system = registry.advance(tech, system, version=version, stage=stage, happened_on=day, note="报告")
    with pytest.raises(HengjianError, match="牵头部门"):
        registry.advance(tech, system, version=4, stage="handed", happened_on=day, note="移交单")
    lead = city.units["立案庭"]
    system = registry.advance(
        tech, system, version=4, stage="handed", happened_on=day, note="移交单", lead=lead
    )
    assert "诉讼风险评估" in city.client("filing").get("/desk/checklist/").content.decode()
    system = registry.advance(
        tech, system, version=5, stage="measured", happened_on=day, note="纪要", indicator="filing_rate"
    )
    assert city.client("filing").get(f"/desk/systems/{system.pk}/").status_code == 200
    assert city.client("tech").get("/desk/systems/").status_code == 200


def test_a_lead_enters_what_it_did_about_its_own_lines_only(city: City) -> None:
    line = "row:18"  # 电子送达, 立案庭
    made = registry.record_evidence(
        city.actor("filing"), city.installation, line=line, happened_on=date(2022, 9, 1), text="组织推广培训"
    )
    with pytest.raises(Denied, match="立案庭"):
        registry.record_evidence(
            city.actor("civil"), city.installation, line=line, happened_on=date(2022, 9, 1), text="一"
        )
    body = city.client("filing").get("/desk/checklist/?y=2022").content.decode()
    assert "组织推广培训" in body
    registry.withdraw_evidence(city.actor("filing"), made, reason="登错")
    assert "组织推广培训" not in city.client("filing").get("/desk/checklist/?y=2022").content.decode()


def test_a_date_in_the_future_is_no_evidence(city: City) -> None:
    with pytest.raises(HengjianError, match="晚于今天"):
        tomorrow = (city.at + timedelta(days=1)).date()
        registry.record_evidence(
            city.actor("filing"), city.installation, line="row:18", happened_on=tomorrow, text="一"
        )


def test_a_decision_keeps_the_topic_it_came_from(city: City) -> None:
    ask(city)
    meeting = called(city)
    item = meeting.items.get()
    later = local("2022-09-05T17:00")
    meetings.minute(
        city.actor("tech", later), meeting, version=meeting.version, chair="顾怀远",
        present=[city.people["leader"]], absent="", summary="", conclusions={item.pk: "同意试行。"},
        decisions=[meetings.DecisionIn("在第一法庭试行", city.units["审管办"], date(2022, 9, 20), item)],
    )  # fmt: skip
    page = city.client("tech").get(f"/desk/meetings/{meeting.pk}/").content.decode()
    ticket = item.source.removeprefix("ticket:")
    assert f"/desk/tickets/{ticket}/" in page and "出自议题：建议加扫码签到" in page
    told = [b.text for b in minutes_document(city.scene(), meeting).blocks if isinstance(b, Paragraph)]
    assert "议定：由审管办负责，在第一法庭试行，于2022年9月20日前办结。" in told
    raised = city.client("tech").get(f"/desk/tickets/{ticket}/").content.decode()
    assert "例会研究" in raised and "同意试行。" in raised


def test_the_minutes_form_offers_the_topics(city: City) -> None:
    ask(city)
    meeting = called(city)
    item = meeting.items.get()
    form = MinutesForm(
        {
            "version": meeting.version, "chair": "顾怀远", "present": [city.people["leader"].pk],
            "t0": "试行", "u0": city.units["审管办"].pk, "i0": item.pk,
        },
        scene=city.scene(), people=Person.objects.all(), items=[(item.pk, item.title)],
    )  # fmt: skip
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["i0"], form.cleaned_data["i1"]) == (item.pk, None)


def test_registers_go_out_as_workbooks_and_papers_come_back(city: City) -> None:
    registry.register_system(city.actor("tech"), city.installation, name="语音转写", purpose="")
    paper = SimpleUploadedFile("会议记录.pdf", b"%PDF-1.4 minutes")
    made = registry.record_evidence(
        city.actor("filing"),
        city.installation,
        line="row:18",
        happened_on=date(2022, 9, 1),
        text="推进会",
        file=paper,
    )
    client = city.client("filing")
    for address in ("/desk/checklist/export/?y=2022", "/desk/systems/export/", "/desk/tickets/export/"):
        assert client.get(address)["Content-Type"].startswith("application/vnd.openxml")
    assert client.get(f"/desk/checklist/{made.pk}/file/").content == b"%PDF-1.4 minutes"
    page = client.get("/desk/checklist/?y=2022").content.decode()
    assert f"/desk/checklist/{made.pk}/withdraw/" in page
    assert client.post(f"/desk/checklist/{made.pk}/withdraw/", {"text": "登错"}).status_code == 302


def test_duties_that_are_no_systems_stand_in_the_checklist_only(city: City) -> None:
    city.units["宣教处"] = Unit.objects.create(
        code="xj", name="宣教处", kind="department", parent=city.units["court"], valid_from=date(2020, 1, 1)
    )
    client = city.client("tech")
    assert "培训教育计划的拟定和管理" in client.get("/desk/checklist/").content.decode()
    assert "培训教育计划的拟定和管理" not in client.get("/desk/systems/").content.decode()
    made = registry.record_evidence(
        city.actor("tech"),
        city.installation,
        line="duty:12",
        happened_on=date(2022, 9, 1),
        text="印发年度计划",
    )
    assert made.unit == city.units["宣教处"]
