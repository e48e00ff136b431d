"""A day of the calendar leads to a page its reader may open, or nowhere; a month without anything says so."""

from __future__ import annotations

import re

import pytest

from hengjian.apps.conftest import Story
from hengjian.apps.duties.acts.record import Record, record_fulfilment

pytestmark = pytest.mark.django_db


def test_what_was_held_is_a_link_for_readers_of_the_register_alone(story: Story) -> None:
    actor = story.actor("editor")
    day = story.at.date()
    entry = record_fulfilment(
        actor,
        installation=story.installation,
        clause="registers/training",
        record=Record(
            title="写作培训", happened_on=day, minutes="讲选题。", attendees=(story.person("writer"),)
        ),
    )
    address = f"/registers/entry/{entry.pk}/"
    for who, linked in (("editor", True), ("writer", False)):
        page = story.client(who).get(f"/calendar/?month={day:%Y-%m}").content.decode()
        assert "写作培训" in page
        assert (address in page) == linked, who


def test_every_link_of_a_month_opens(story: Story) -> None:
    client = story.client("editor")
    month = client.get("/calendar/").content.decode().partition('class="table month"')[2]
    links = set(re.findall(r'<li class="[a-z]+"><a href="([^"]*)"', month))
    assert links
    assert [link for link in links if client.get(link).status_code != 200] == []


def test_an_empty_month_says_so(story: Story) -> None:
    assert "本月没有要办的事项" in story.client("writer").get("/calendar/?month=2019-02").content.decode()
