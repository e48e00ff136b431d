"""A court that also takes reports by mail: the pack that names a mail channel is installed beside the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hengjian.apps.conftest import Story
from hengjian.apps.mailroom.acts.take import Arrival, take_in
from hengjian.apps.mailroom.intake.processing import settle_all
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.org.access import Actor, system_actor
from hengjian.apps.regs.models import Installation

Receive = Callable[..., IncomingMail]


@pytest.fixture
def house(story: Story, settings: Any, tmp_path: Path) -> Installation:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MAIL_IN_DIR = tmp_path / "mail-in"
    settings.MAIL_RECEIPT_DOMAINS = frozenset({"dept.invalid"})
    return story.installed("wuhua")


@pytest.fixture
def robot(story: Story) -> Actor:
    return system_actor("邮件收取", story.at)


@pytest.fixture
def receive(house: Installation, robot: Actor) -> Receive:
    """Take a message in and settle it, as the worker does."""

    def receive(data: bytes, at: datetime | None = None) -> IncomingMail:
        source = IncomingMail.Source.FOLDER
        mail, _ = take_in(robot, Arrival(house, data, source, at or robot.at))
        settle_all(robot, [mail] if mail.state == IncomingMail.State.NEW else [])
        mail.refresh_from_db()
        return mail

    return receive
