from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail as outbox

from hengjian.apps.audit.models import Entry
from hengjian.apps.conftest import Story
from hengjian.apps.mailroom import delivery
from hengjian.apps.mailroom.delivery import WAITS, deliver
from hengjian.apps.mailroom.letters import Letter, new_letters, one_line, queue
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.base.times import to_instant

pytestmark = pytest.mark.django_db
NOON = to_instant(datetime(2024, 6, 5, 12))
NIGHT = to_instant(datetime(2024, 6, 5, 23))


@pytest.fixture(autouse=True)
def mail_on(settings: Any) -> None:
    settings.MAIL_OUT = True


def put(story: Story, key: str = "k", **changes: Any) -> OutgoingMail:
    values = {"subject": "待审", "body": "请审核。", **changes}
    queue([Letter(story.person("head"), key, **values)], NOON)
    return OutgoingMail.objects.get(key__startswith=f"{key}:")


class Broken:
    def __init__(self, error: Exception) -> None:
        self.error = error

    def send_messages(self, messages: object) -> int:
        raise self.error

    def close(self) -> None: ...


def test_a_waiting_mail_is_sent_once(story: Story) -> None:
    mail = put(story)
    assert deliver(NOON) == (1, 0)
    assert deliver(NOON + timedelta(hours=1)) == (0, 0)
    (sent,) = outbox.outbox
    assert sent.to == ["head@court.invalid"] and sent.subject == "［衡鉴］待审"
    mail.refresh_from_db()
    assert mail.state == "sent" and mail.sent_at == NOON
    assert Entry.objects.filter(action="mailroom.mail.sent").count() == 1


def test_the_same_key_is_queued_once(story: Story) -> None:
    letter = Letter(story.person("head"), "k", "待审", "……")
    queue([letter], NOON)
    assert new_letters([letter]) == []
    queue([letter], NOON)
    assert OutgoingMail.objects.count() == 1


def test_switched_off_mail_is_held_for_reading_here(story: Story, settings: Any) -> None:
    settings.MAIL_OUT = False
    mail = put(story)
    deliver(NOON)
    mail.refresh_from_db()
    assert mail.state == "held" and not outbox.outbox


def test_at_night_only_the_urgent_goes_out(story: Story) -> None:
    put(story, "calm")
    put(story, "fire", urgent=True)
    assert deliver(NIGHT) == (1, 0)
    assert deliver(NOON + timedelta(days=1)) == (1, 0)


def test_somebody_without_an_address_reads_it_here(story: Story) -> None:
    mail = put(story)
    mail.person.email = ""
    mail.person.save()
    assert deliver(NOON) == (0, 0)
    mail.refresh_from_db()
    assert mail.state == "held" and "没有登记邮箱" in mail.error


def test_a_lost_connection_is_tried_again_later_and_later_and_then_given_up(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = put(story)
    monkeypatch.setattr(delivery, "get_connection", lambda: Broken(SMTPServerDisconnected()))
    now = NOON
    for wait in WAITS:
        assert deliver(now) == (0, 1)
        mail.refresh_from_db()
        assert mail.state == "waiting" and mail.not_before == now + wait
        assert deliver(now + wait - timedelta(seconds=1)) == (0, 0)
        now += wait
    deliver(now)
    mail.refresh_from_db()
    assert mail.state == "failed" and mail.tries == len(WAITS) + 1
    assert Entry.objects.filter(action="mailroom.mail.failed").count() == len(WAITS) + 1


def test_a_refused_address_is_given_up_at_once(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = put(story)
    monkeypatch.setattr(delivery, "get_connection", lambda: Broken(SMTPRecipientsRefused({})))
    deliver(NOON)
    mail.refresh_from_db()
    assert mail.state == "failed" and "拒绝" in mail.error


def test_a_failing_mail_does_not_hold_up_the_others(story: Story) -> None:
    bad = put(story, "bad")
    bad.person.email = "not an address"
    bad.person.save()
    queue([Letter(story.person("writer"), "good", "待审", "……")], NOON)
    assert deliver(NOON) == (1, 1)
    bad.refresh_from_db()
    assert bad.state == "failed"


def test_a_claimed_mail_is_left_to_who_claimed_it(story: Story) -> None:
    mail = put(story)
    OutgoingMail.objects.filter(pk=mail.pk).update(tries=1)
    assert delivery._send(mail, Broken(OSError()), NOON) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["a\nBcc: x@y.invalid", "a\r\n\r\nbody", "a\x00b", "a\u2028b", "a\x85b", "\ta\x0bb"]
)
def test_no_header_can_be_smuggled_into_a_subject(story: Story, text: str) -> None:
    mail = put(story, subject=text)
    assert not any(ord(c) < 32 or c in "\x7f\x85\u2028\u2029" for c in mail.subject)
    deliver(NOON)
    assert list(outbox.outbox[0].message().get_all("Bcc", [])) == []


def test_an_address_with_a_line_break_is_refused(story: Story) -> None:
    mail = put(story)
    mail.person.email = "a@b.invalid\nBcc: x@y.invalid"
    mail.person.save()
    assert deliver(NOON) == (0, 1) and not outbox.outbox


def test_a_long_subject_is_cut_not_refused() -> None:
    assert len(one_line("长" * 500)) == 200
