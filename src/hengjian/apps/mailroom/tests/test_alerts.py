"""Emergencies ring once in every channel, at any hour, and say nothing of their content."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from hengjian.apps.conftest import Story
from hengjian.apps.mailroom.delivery import deliver
from hengjian.apps.mailroom.letters import Letter, queue
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.base.times import to_instant

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # apprise reads imghdr
]
NIGHT = to_instant(datetime(2024, 6, 5, 23))


@pytest.fixture
def heard(settings: Any) -> Iterator[list[dict[str, Any]]]:
    """A robot on the loopback that writes down what it is told."""
    told: list[dict[str, Any]] = []

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Robot)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.ALERT_URLS = [f"json://127.0.0.1:{server.server_port}/secret-token"]
    yield told
    server.shutdown()
    server.server_close()


def tell(story: Story, *, urgent: bool) -> None:
    people = ("head", "leader", "duty")
    queue([Letter(story.person(p), "fire", "紧急：某小区火情", "详情", urgent=urgent) for p in people], NIGHT)


def test_an_emergency_rings_once_and_says_nothing_of_its_content(
    story: Story, heard: list[dict[str, Any]]
) -> None:
    tell(story, urgent=True)
    assert deliver(NIGHT) == (1, 0)
    assert deliver(NIGHT) == (0, 0)
    (message,) = heard
    assert "紧急事项" in message["title"] and "火情" not in json.dumps(message, ensure_ascii=False)
    row = OutgoingMail.objects.exclude(channel="").get()
    assert row.state == "sent" and "secret-token" not in row.key + row.channel + row.recipient


def test_what_is_not_urgent_does_not_ring(story: Story, heard: list[dict[str, Any]]) -> None:
    tell(story, urgent=False)
    deliver(NIGHT)
    assert heard == []


def test_a_channel_that_refuses_is_tried_again_and_said_so(story: Story, settings: Any) -> None:
    settings.ALERT_URLS = ["json://127.0.0.1:9/"]
    tell(story, urgent=True)
    assert deliver(NIGHT) == (0, 1)
    row = OutgoingMail.objects.exclude(channel="").get()
    assert row.state == "waiting" and "HENGJIAN_ALERT_URLS" in row.error
