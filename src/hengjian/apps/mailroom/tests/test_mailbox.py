"""A real mailbox server: read by number, killed and restarted, emptied and renumbered; nothing lost, nothing twice."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from hengjian.apps.bulletins.models import Item
from hengjian.apps.mailroom.intake import fetching, imap, listening
from hengjian.apps.mailroom.intake.fetching import fetch_mail
from hengjian.apps.mailroom.intake.processing import settle_new
from hengjian.apps.mailroom.models import IncomingMail, Mailbox
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from support import dovecot
from support.dovecot import Server
from support.odd_mails import standard

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        dovecot.find_dovecot() is None and not os.environ.get("CI"), reason="dovecot-imapd is not installed"
    ),
]


@pytest.fixture
def server(house: Installation, settings: Any) -> Iterator[Server]:
    with dovecot.server() as made:
        settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_TLS = "127.0.0.1", made.port, False
        settings.IMAP_USER, settings.IMAP_PASSWORD, settings.IMAP_FOLDER = (
            dovecot.USER,
            dovecot.PASSWORD,
            "INBOX",
        )
        yield made


def round_of(robot: Actor) -> int:
    """What the job does: fetch as far as possible, settle what came."""
    try:
        return fetch_mail(robot)
    except HengjianError:
        return 0
    finally:
        settle_new(robot)


def titles() -> list[str]:
    return sorted(Item.objects.values_list("title", flat=True))


def test_mails_are_taken_once_and_left_as_they_are(server: Server, robot: Actor) -> None:
    for n in range(3):
        server.deliver(standard(f"第{n}封", message_id=f"{n}@x"))
    assert round_of(robot) == 3
    assert round_of(robot) == 0
    row = Mailbox.objects.get()
    assert row.last_uid == 3 and row.uidvalidity > 0
    assert titles() == ["第0封", "第1封", "第2封"]
    seen = [p.name for p in (server.folder / "Maildir" / "cur").iterdir()]
    assert not any("S" in name.rpartition(",")[2] for name in seen), "nobody's unread mail is marked as read"


def test_twenty_mails_arrive_once_each_while_the_server_is_killed_and_restarted(
    server: Server, robot: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = imap.Box.fetch
    fetched = 0

    def fetch(box: imap.Box, listed: imap.Listed, most: int) -> bytes:
        nonlocal fetched
        fetched += 1
        if fetched % 4 == 0:  # in the middle of a round, again and again
            server.kill()
        return original(box, listed, most)

    monkeypatch.setattr(imap.Box, "fetch", fetch)
    for n in range(20):
        server.deliver(standard(f"断线{n:02}", message_id=f"cut{n}@x"))
        if n % 5 == 4:
            round_of(robot)
    for _ in range(60):
        if not (server.folder / "run" / "master.pid").exists():
            server.start()
        round_of(robot)
        if Item.objects.count() == 20:
            break
    assert titles() == [f"断线{n:02}" for n in range(20)]
    assert fetched > 20, "it was really cut off"
    monkeypatch.undo()
    if not (server.folder / "run" / "master.pid").exists():
        server.start()
    Mailbox.objects.update(last_uid=0)
    assert round_of(robot) == 0 and Item.objects.count() == 20
    Mailbox.objects.update(uidvalidity=1, last_uid=0)
    assert round_of(robot) == 0 and Item.objects.count() == 20 == IncomingMail.objects.count()


def test_a_message_too_large_is_named_and_does_not_stop_the_next(
    server: Server, robot: Actor, settings: Any
) -> None:
    settings.MAIL_MAX_BYTES = 100_000
    server.deliver(standard("巨大") + b"x" * 300_000)
    server.deliver(standard("正常"))
    round_of(robot)
    big = IncomingMail.objects.get(state="held")
    assert big.size > 300_000 and "超过" in big.reason and big.raw.size <= imap.HEAD
    assert titles() == ["正常"]


def test_a_message_the_server_does_not_hand_out_is_given_up_with_a_note(
    server: Server, robot: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = imap.Box.fetch

    def fetch(box: imap.Box, listed: imap.Listed, most: int) -> bytes:
        if listed.uid == 1:
            raise imap.CannotFetch("信箱服务器取不出第 1 号邮件，请在信箱里查看。")
        return original(box, listed, most)

    monkeypatch.setattr(imap.Box, "fetch", fetch)
    server.deliver(standard("坏的"))
    server.deliver(standard("后面的"))
    assert [round_of(robot) for _ in range(fetching.GIVE_UP)] == [0, 0, 2]
    assert titles() == ["后面的"] and "取不出" in IncomingMail.objects.get(state="held").reason


def test_a_server_that_is_away_is_said_so_in_a_sentence(server: Server, robot: Actor) -> None:
    server.kill()
    with pytest.raises(HengjianError, match="请检查网络"):
        fetch_mail(robot)


def test_news_is_heard_at_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[float] = []
    monkeypatch.setattr(listening, "LISTEN", 3)

    def later() -> None:
        time.sleep(0.5)
        server.deliver(standard("推送"))

    Thread(target=later).start()
    started = time.monotonic()
    listening.listen(lambda: heard.append(time.monotonic() - started), rounds=1)
    assert heard and 0.4 < heard[0] < 3


def test_a_listener_survives_a_server_that_is_away(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr(listening, "sleep", rests.append)
    server.kill()
    listening.listen(lambda: None, rounds=2)
    assert len(rests) == 2


def test_more_mails_than_one_round_takes(server: Server, robot: Actor) -> None:
    """How long a thousand take is measured in benchmarks/mail."""
    number = 120
    for n in range(number):
        server.deliver(standard(f"第{n:04}封信息", message_id=f"k{n}@x"))
    assert fetch_mail(robot) == number
    while IncomingMail.objects.filter(state="new").exists():
        settle_new(robot)
    assert Item.objects.count() == number
