"""One submission reaches every prescribed box, each with its own receipt; emergencies reach the desk on duty."""

from __future__ import annotations

from uuid import uuid4

import pytest

from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.acts.decide import approve
from hengjian.apps.bulletins.acts.emergency import emergency_stages, report, report_stage
from hengjian.apps.bulletins.acts.phone import PhoneCall
from hengjian.apps.bulletins.acts.receipt import send_on, set_box, sign
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.boxes import copies
from hengjian.apps.bulletins.clocks import clocks_of
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.items.dutyroom import running_for
from hengjian.apps.bulletins.models import Delivery, Item
from hengjian.apps.conftest_province import Province, local
from hengjian.apps.org.access import Denied
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def filed(province: Province, when: str = "2024-03-05T09:00", category: str = "dynamic") -> Item:
    """Written, signed by the head, handed in: through the acts."""
    writer = province.actor("city_writer", when)
    draft = ItemDraft(
        title="司法所建设三年见效", body="全市司法所全部达标。\n群众办事少跑路。", category=category
    )
    item = create(
        writer,
        installation=province.installation,
        unit=province.unit("city"),
        draft=draft,
        client_key=uuid4().hex,
    )
    submit(writer, item)
    approve(province.actor("city_head", when), item)
    item.refresh_from_db()
    return item


def boxes_set(province: Province) -> None:
    editor = province.actor("editor", "2024-01-02T09:00")
    for key, unit in (("mail_zhk", "general"), ("mail_dbk", "oversight"), ("mail_bwk", "stability")):
        set_box(editor, province.installation, key=key, unit=province.unit(unit))


def emergency(province: Province, when: str = "2024-03-05T10:30", who: str = "city_writer") -> Item:
    return report(
        province.actor(who, when), installation=province.installation, unit=province.unit("city"),
        what="一处司法所因暴雨进水，人员已转移。", where="澜州市", occurred_at=local("2024-03-05T10:00"),
        subtype="disaster", client_key=uuid4().hex,
    )  # fmt: skip


def test_one_submission_reaches_both_ordinary_boxes(province: Province) -> None:
    item = filed(province)
    assert item.state == Item.State.FILED
    found = Delivery.objects.filter(item=item).order_by("pk")
    assert [(d.box, d.arrived_at) for d in found] == [
        ("mail_zhk", item.filed_at),
        ("mail_dbk", item.filed_at),
    ]
    assert all(len(d.digest) == 64 for d in found)


def test_a_returned_item_gets_new_copies_with_its_next_submission(province: Province) -> None:
    from hengjian.apps.bulletins.acts.office import return_item

    item = filed(province)
    return_item(province.actor("editor", "2024-03-06T09:00"), item, opinion="请补数据。", reasons=["facts"])
    item.refresh_from_db()
    submit(province.actor("city_writer", "2024-03-07T09:00"), item)
    approve(province.actor("city_head", "2024-03-07T09:30"), item)
    item.refresh_from_db()
    pack = pack_for(province.installation, province.at)
    assert [c.delivery.arrived_at for c in copies(item, pack) if c.delivery] == [item.filed_at] * 2
    assert Delivery.objects.filter(item=item).count() == 4


def test_each_office_signs_for_its_own_box_once(province: Province) -> None:
    boxes_set(province)
    first, second = Delivery.objects.filter(item=filed(province)).order_by("pk")
    with pytest.raises(Denied, match="督办科"):
        sign(province.actor("editor"), second)
    sign(province.actor("editor2"), second)
    before = sign(province.actor("editor"), first).signed_at
    assert sign(province.actor("editor", "2024-04-05T09:00"), first).signed_at == before
    with pytest.raises(Denied):
        sign(province.actor("city_writer"), first)


def test_a_missing_copy_is_sent_on_and_counts_from_its_own_arrival(province: Province) -> None:
    item = province.filed("city", "2024-02-05T09:00", boxes="other")
    pack = pack_for(province.installation, province.at)
    assert [(c.term.key, c.missing) for c in copies(item, pack)] == [
        ("mail_zhk", True), ("mail_dbk", True), ("other", False),
    ]  # fmt: skip
    made = send_on(province.actor("city_writer", "2024-02-08T10:00"), item, box="mail_zhk")
    assert made.arrived_at == local("2024-02-08T10:00")
    with pytest.raises(HengjianError, match="不需要补发"):
        send_on(province.actor("city_writer"), item, box="mail_zhk")
    with pytest.raises(HengjianError, match="晚于现在"):
        send_on(province.actor("editor"), item, box="mail_dbk", arrived_at=local("2030-01-01T00:00"))


def test_an_emergency_reaches_the_stability_office_too_and_its_clock_runs_two_hours(
    province: Province,
) -> None:
    item = emergency(province)
    assert sorted(item.deliveries.values_list("box", flat=True)) == ["mail_bwk", "mail_dbk", "mail_zhk"]
    [clock] = [c for c in clocks_of(item, item.created_at) if c.stage == "report"]
    assert (
        clock.due_at is not None and clock.due_at.isoformat() == "2024-03-05T12:00:00" and not clock.violated
    )


def test_a_text_message_taken_on_duty_stops_the_clock_and_asks_for_the_written_report(
    province: Province,
) -> None:
    call = PhoneCall(local("2024-03-05T11:20"), "罗定江", "聂平澜", "厅维稳办", "司法所进水", means="sms")
    item = report(
        province.actor("duty", "2024-03-05T13:40"), installation=province.installation, unit=province.unit("city"),
        what="一处司法所因暴雨进水。", where="澜州市", occurred_at=local("2024-03-05T10:00"), subtype="disaster",
        client_key=uuid4().hex, call=call,
    )  # fmt: skip
    clocks = {c.stage: c for c in clocks_of(item, local("2024-03-05T14:00"))}
    assert not clocks["report"].violated and "written" in clocks and not clocks["written"].violated
    assert item.phone_records.get().get_means_display() == "短信"
    with pytest.raises(HengjianError, match="方式"):
        from hengjian.apps.bulletins.acts.phone import record_call

        record_call(
            province.actor("duty"), item, call=PhoneCall(call.called_at, "甲", "乙", "丙", "丁", means="fax")
        )


def test_the_stages_of_an_emergency_leave_out_those_of_other_reports(province: Province) -> None:
    pack = pack_for(province.installation, province.at)
    assert [t.key for t in emergency_stages(pack)] == ["first", "written", "further", "closing"]
    item = emergency(province)
    with pytest.raises(HengjianError, match="选择报告阶段"):
        report_stage(province.actor("city_writer"), item, stage="plan", text="不对", client_key=uuid4().hex)


def test_the_duty_screen_lists_what_runs_and_signs_with_one_touch(province: Province) -> None:
    boxes_set(province)
    item = emergency(province)
    late = province.actor("duty", "2024-03-05T12:30")
    [row] = running_for(late)
    assert (row.item.pk, row.subtype[:2], row.unsigned, row.closed) == (item.pk, "灾害", 2, False)
    stage = report_stage(
        province.actor("city_writer", "2024-03-05T15:00"),
        item,
        stage="closing",
        text="已排水。",
        client_key=uuid4().hex,
    )
    client = province.client("duty")
    Item.objects.update(created_at=local("2026-11-01T09:00"))
    page = client.get("/bulletins/duty/")
    if page.status_code == 200 and "待签收" in page.content.decode():
        client.post(f"/bulletins/duty/{item.pk}/take/")
    stage.refresh_from_db()
    assert stage.received_by == province.people["duty"]
    assert item.deliveries.get(box="mail_bwk").signed_by == province.people["duty"]
    assert item.deliveries.get(box="mail_zhk").signed_at is None
    assert [r.closed for r in running_for(province.actor("duty", "2026-11-02T09:00"))] == [True]


def test_pages_of_boxes_copies_and_the_duty_room(province: Province) -> None:
    boxes_set(province)
    item = filed(province)
    editor, writer = province.client("editor"), province.client("city_writer")
    text = editor.get(f"/bulletins/items/{item.pk}/").content.decode()
    for part in ("送达和回执", "厅办公室综合科邮箱", "厅办公室督办科", "不计入考评"):
        assert part in text
    assert writer.get(f"/bulletins/items/{item.pk}/receipt/")["Content-Type"] == "application/pdf"
    mine = item.deliveries.get(box="mail_zhk")
    assert editor.post(f"/bulletins/copies/{mine.pk}/sign/").status_code == 302
    mine.refresh_from_db()
    assert mine.signed_by == province.people["editor"]
    pk = province.installation.pk
    assert "厅维稳办" in editor.get(f"/bulletins/boxes/{pk}/").content.decode()
    done = editor.post(
        f"/bulletins/boxes/{pk}/mail_dbk/", {"unit": province.unit("general").pk, "phone": "8123"}
    )
    assert done.status_code == 302
    assert writer.get(f"/bulletins/boxes/{pk}/").status_code == 403
    assert writer.get("/bulletins/duty/").status_code == 403
    assert province.client("city2_writer").get(f"/bulletins/items/{item.pk}/receipt/").status_code == 404
    assert province.client("duty").get("/bulletins/emergency/?taken=1").status_code == 200
    answer = editor.post(
        f"/bulletins/items/{item.pk}/exclude/", {"version": item.version, "reason": "attendance"}
    )
    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.exclusion == "attendance"
    assert "领导出席会议" in editor.get(f"/bulletins/items/{item.pk}/").content.decode()
