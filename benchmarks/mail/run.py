"""How long a thousand letters take from a real mailbox (Dovecot) to filed items.

`python benchmarks/mail/run.py [--letters 1000]` beside the physical limit: the same letters read over IMAP and thrown
away. CPU seconds of this process (wall seconds in brackets).
"""

from __future__ import annotations

import argparse
import imaplib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    number = parser.parse_args().letters
    os.environ["HENGJIAN_DATA_DIR"] = tempfile.mkdtemp(prefix="hengjian-mail-")
    from hengjian.web.setup import prepare_database, start_django

    start_django()
    prepare_database()
    from hengjian.apps.conftest import tell
    from support import dovecot
    from support.odd_mails import standard

    tell().installed("wuhua")
    with dovecot.server() as server:
        for n in range(number):
            server.deliver(standard(f"第{n:04}封信息", message_id=f"k{n}@x"))
        bare = _timed(lambda: _read_only(server.port, number))
        ours = _timed(lambda: _take(server.port, number))
    print(
        f"{number} letters: read only {bare[0]:.1f} s ({bare[1]:.1f}), filed {ours[0]:.1f} s ({ours[1]:.1f})"
    )


def _read_only(port: int, number: int) -> None:
    from support import dovecot

    box = imaplib.IMAP4("127.0.0.1", port)
    box.login(dovecot.USER, dovecot.PASSWORD)
    box.select("INBOX", readonly=True)
    for n in range(1, number + 1):
        box.fetch(str(n), "(BODY.PEEK[])")
    box.logout()


def _take(port: int, number: int) -> None:
    from django.conf import settings
    from django.utils import timezone

    from hengjian.apps.bulletins.models import Item
    from hengjian.apps.mailroom.intake.fetching import fetch_mail
    from hengjian.apps.mailroom.intake.processing import settle_new
    from hengjian.apps.mailroom.models import IncomingMail
    from hengjian.apps.org.access import system_actor
    from support import dovecot

    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_TLS = "127.0.0.1", port, False
    settings.IMAP_USER, settings.IMAP_PASSWORD, settings.IMAP_FOLDER = dovecot.USER, dovecot.PASSWORD, "INBOX"
    robot = system_actor("邮件收取", timezone.now())
    fetch_mail(robot)
    while IncomingMail.objects.filter(state="new").exists():
        settle_new(robot)
    print(f"filed: {Item.objects.count()} of {number}", file=sys.stderr)


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.monotonic()
    work()
    return time.process_time() - cpu, time.monotonic() - wall


if __name__ == "__main__":
    main()
