"""From a message to an item: once, on behalf of the department, confirmed by nobody yet."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.acts.office import receive as sign_for
from hengjian.apps.bulletins.models import Fact, Item, ReviewStep
from hengjian.apps.conftest import Story
from hengjian.apps.mailroom import jobs
from hengjian.apps.mailroom.acts.take import Arrival, take_in
from hengjian.apps.mailroom.intake import letter, processing
from hengjian.apps.mailroom.intake.importing import import_files
from hengjian.apps.mailroom.intake.processing import settle_new
from hengjian.apps.mailroom.models import IncomingMail, OutgoingMail
from hengjian.apps.mailroom.tests.conftest import Receive
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from support import odd_pdfs
from support.odd_mails import TEXT, ZH, attached, built, plain, report, standard, word

pytestmark = pytest.mark.django_db


def test_a_mail_becomes_an_item_of_the_department_that_the_office_confirms(
    story: Story, receive: Receive
) -> None:
    arrived = story.at - timedelta(hours=3)
    mail = receive(standard("巡回审理进社区"), arrived)
    item = mail.item
    assert item is not None
    assert (item.title, item.body, item.unit) == ("巡回审理进社区", TEXT, story.unit("civil1"))
    assert item.state == Item.State.FILED and item.created_by is None and item.filed_at == arrived
    assert (item.grade, item.category) == ("public", "dynamic"), "what the pack says of the channel"
    fact = Fact.objects.get(item=item)
    assert fact.kind == "submit" and fact.happened_at == arrived and fact.recorded_at == story.at
    steps = list(item.steps.values_list("state", "label"))
    assert {state for state, _ in steps[:-1]} == {ReviewStep.State.WAIVED}
    assert steps[-1] == (ReviewStep.State.OPEN, "核实来源并签收")
    sign_for(story.actor("editor"), item)
    item.refresh_from_db()
    assert item.state == Item.State.RECEIVED


def test_the_sender_gets_a_receipt_and_the_department_is_told_inside(story: Story, receive: Receive) -> None:
    mail = receive(standard("回执", message_id="one@dept.invalid"))
    receipt = OutgoingMail.objects.get(key=f"answer:filed:{mail.pk}")
    assert mail.item and receipt.to == "a.b@dept.invalid" and mail.item.number in receipt.subject
    assert "民一庭" in receipt.body and receipt.answers == "one@dept.invalid"
    told = OutgoingMail.objects.filter(key__startswith="mail-in:").values_list("person__name", flat=True)
    assert story.person("writer").name in told and story.person("neighbour").name not in told


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-generated\n",
        "Precedence: bulk\n",
        "List-Id: <x>\n",
        "X-Loop: x\n",
        "Return-Path: <>\n",
    ],
)
def test_robots_and_lists_get_no_answer(receive: Receive, headers: str) -> None:
    mail = receive(standard("机器人", headers=headers))
    assert mail.item is not None
    assert not OutgoingMail.objects.filter(key__startswith="answer").exists()


@pytest.mark.parametrize(
    "sender",
    [
        "a@x.invalid, b@y.invalid",
        "alice@example.org)bob@evil.test",
        "no-reply@x.invalid",
        "hengjian@localhost",
        "",
    ],
)
def test_no_answer_where_the_address_is_doubtful_or_our_own(receive: Receive, sender: str) -> None:
    assert receive(standard("地址", sender=sender)).item is not None
    assert not OutgoingMail.objects.filter(key__startswith="answer").exists()


def test_one_address_is_not_answered_without_end(receive: Receive) -> None:
    for n in range(13):
        receive(standard(f"第{n}封"))
    assert OutgoingMail.objects.filter(address="a.b@dept.invalid").count() == 10


def test_the_same_words_sent_again_are_not_filed_again(receive: Receive) -> None:
    first = receive(standard("同一篇", message_id="a@x"))
    second = receive(plain(word("Re: （民事审判第一庭）＋同一篇"), TEXT + "\n", message_id="b@x"))
    assert second.state == "duplicate" and second.original == first and second.item is None
    assert Item.objects.count() == 1


def test_a_borrowed_message_id_does_not_hide_another_mail(receive: Receive) -> None:
    receive(standard("先到的", message_id="same@x"))
    other = receive(standard("后到的", message_id="same@x"))
    assert other.state == "filed" and "Message-ID" in other.notes[-1]


def test_the_same_id_and_title_is_one_mail_exported_twice(receive: Receive) -> None:
    receive(standard("导出", message_id="same@x"))
    again = receive(plain(word("(民一庭)+导出"), TEXT + "（客户端加的一行）", message_id="same@x"))
    assert again.state == "duplicate"


def test_a_named_category_is_believed(receive: Receive) -> None:
    mail = receive(plain(word("(民一庭)+【经验类信息】多元解纷的做法")))
    assert mail.item and mail.item.category == "experience"


def test_files_come_along_with_safe_names(receive: Receive) -> None:
    from email.mime.text import MIMEText

    part = attached("../../x/照片.pdf", b"%PDF-1.4 x", shown="=?utf-8?B?Li4vLi4veC/nhafniYcucGRm?=")
    mail = receive(built("(民一庭)+带附件", MIMEText(TEXT, "plain", "utf-8"), part))
    assert mail.item and [a.name for a in mail.item.attachments.all()] == ["照片.pdf"]


def test_the_text_is_taken_from_a_pdf_and_the_file_kept(receive: Receive) -> None:
    from email.mime.text import MIMEText

    cover = MIMEText("您好：\n附件请查收。", "plain", "utf-8")
    part = attached("稿.pdf", odd_pdfs.pdf("社区巡回审理", TEXT), shown="a.pdf")
    mail = receive(built(f"({ZH})+附件稿", cover, part))
    assert mail.item and mail.item.body == f"社区巡回审理\n{TEXT}"
    assert [a.name for a in mail.item.attachments.all()] == ["a.pdf"]
    assert any("分段是按行推断的" in note for note in mail.notes)


def test_slow_documents_cost_a_letter_only_so_much_time(
    receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from email.mime.text import MIMEText

    monkeypatch.setattr(letter, "PATIENCE", -1.0)
    part = attached("稿.pdf", odd_pdfs.pdf(TEXT), shown="a.pdf")
    mail = receive(built(f"({ZH})+慢附件", MIMEText(TEXT, "plain", "utf-8"), part))
    assert mail.item and mail.item.body == TEXT
    assert [note for note in mail.notes if "已用完读取时间" in note]


def test_a_crash_between_taking_and_reading_loses_nothing(
    house: Installation, robot: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail, _ = take_in(robot, Arrival(house, standard("崩溃"), IncomingMail.Source.FOLDER, robot.at))
    assert mail.state == "new"
    assert settle_new(robot) == {"filed": 1}
    assert settle_new(robot) == {}


def test_a_fault_of_our_own_is_tried_thrice_and_then_laid_before_a_person(
    house: Installation, robot: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(processing, "judge", break_down)
    for title in ("坏", "也坏"):
        take_in(robot, Arrival(house, standard(title), IncomingMail.Source.FOLDER, robot.at))
    for _ in range(3):
        settle_new(robot)
    states = IncomingMail.objects.values_list("state", "reason")
    assert {state for state, _ in states} == {"held"} and all("出错" in reason for _, reason in states)


def test_an_enormous_mail_is_kept_but_not_read(
    house: Installation, robot: Actor, settings: Any, tmp_path: Path
) -> None:
    settings.MAIL_MAX_BYTES = 10_000
    rows, unclear = import_files([("big.eml", standard("大") + b"x" * 20_000), ("small.eml", standard("小"))])
    assert unclear == 1 and [row["state"] for row in rows] == ["已隔离", "已登记"]
    assert "超过" in rows[0]["reason"]


def test_dropped_files_are_taken_and_moved_away(
    house: Installation, story: Story, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hengjian.apps.mailroom.intake.files.SETTLED", -1)
    box = b"".join(b"From x Mon Jan  1 00:00:00 2024\n" + standard(f"箱{n}") + b"\n" for n in range(3))
    drop = settings.MAIL_IN_DIR
    drop.mkdir()
    (drop / "a.eml").write_bytes(standard("单封"))
    (drop / "b.MBOX").write_bytes(box)
    (drop / "empty.eml").write_bytes(b"")
    (drop / "note.txt").write_text("not a mail")
    (drop / "link.eml").symlink_to("/etc/hostname")
    jobs.take_files(story.at)
    jobs.take_files(story.at)
    assert Item.objects.count() == 4
    assert sorted(p.name for p in (drop / "done").iterdir()) == ["a.eml", "b.MBOX"]
    assert "空的" in (drop / "bad" / "empty.txt").read_text()
    assert (drop / "note.txt").exists() and (drop / "link.eml").is_symlink()


def test_a_folder_named_after_a_unit_belongs_to_it(
    house: Installation, story: Story, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hengjian.apps.mailroom.intake.files.SETTLED", -1)
    for code in ("court", "nowhere"):
        folder = settings.MAIL_IN_DIR / code
        folder.mkdir(parents=True)
        (folder / "a.eml").write_bytes(standard(code))
    jobs.take_files(story.at)
    assert [item.title for item in Item.objects.all()] == ["court"]
    assert "不能收信" in (settings.MAIL_IN_DIR / "nowhere" / "bad" / "a.txt").read_text()


def test_a_bounce_makes_somebody_own_the_failure(story: Story, receive: Receive, robot: Actor) -> None:
    from hengjian.apps.mailroom.bounces import id_of

    receive(standard("退信"))
    receipt = OutgoingMail.objects.get(address="a.b@dept.invalid")
    OutgoingMail.objects.filter(pk=receipt.pk).update(state="sent")
    for wrong in (
        report(id_of(receipt), to="somebody@else.invalid"),
        report(id_of(receipt), action="delayed"),
    ):
        receive(wrong)
        receipt.refresh_from_db()
        assert receipt.state == "sent"
    bounce = receive(report(id_of(receipt), to="A.B@dept.invalid"))
    receipt.refresh_from_db()
    assert bounce.bounced == receipt and receipt.state == "failed"
    assert receipt.error == "被退回：对方服务器说没有这个邮箱（5.1.1）。"
    assert Entry.objects.filter(action="mailroom.incoming.read", object_type="mailroom.outgoingmail").exists()
