"""The pack in force: readings count from the day they were decided for, the nearest installation governs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hengjian.apps.regs import queries
from hengjian.apps.regs.models import ReadingDecision

PACK = """
id: small
title: 小办法
issuer: 清岚县人民法院
since: 2020-01-01
"""
READINGS = """
- id: R01
  articles: ["1"]
  question: 一事是否一分
  options: {default: 是, each: 否}
"""


@pytest.fixture
def small(story, tmp_path, settings):
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK)
    (folder / "readings.yaml").write_text(READINGS)
    (folder / "articles.yaml").write_text('- article: "1"\n  gist: 一事一分\n  statement: 仅供测试\n')
    settings.PACKS_DIR = tmp_path
    return story.installed("small")


def test_without_a_decision_the_default_is_read(small, at):
    assert queries.pack_for(small, at).chosen("R01") == "default"


def test_a_decision_counts_from_its_day_and_a_later_one_supersedes(small, at):
    for option, day in [("each", date(2024, 6, 5)), ("default", date(2024, 7, 1))]:
        ReadingDecision.objects.create(
            installation=small,
            reading="R01",
            option=option,
            decided_by="院党组",
            effective_from=day,
            decided_at=at,
        )
    before, after = at - timedelta(days=1), at + timedelta(days=60)
    read = [queries.pack_for(small, moment).chosen("R01") for moment in (before, at, after)]
    assert read == ["default", "each", "default"]


def test_a_pack_is_loaded_once(small, at):
    assert queries.pack_for(small, at) is queries.pack_for(small, at)


def test_a_department_is_governed_by_the_installation_of_its_court(story):
    assert queries.installation_of(story.unit("civil1"), "longkou") == story.installation
    assert queries.installation_of(story.unit("other_court")) is None


def test_changed_files_are_read_again(small, at, tmp_path, monkeypatch):
    assert queries.pack_for(small, at).info.title == "小办法"
    (tmp_path / "small" / "pack.yaml").write_text(PACK.replace("小办法", "新办法"))
    later = queries.time.monotonic() + queries.LOOK_AGAIN_SECONDS
    monkeypatch.setattr(queries.time, "monotonic", lambda: later)
    assert queries.pack_for(small, at).info.title == "新办法"


def test_the_day_entered_by_the_office_counts_where_the_pack_only_assumes_one(small, at, tmp_path):
    small.in_force_from = date(2021, 5, 1)
    assert queries.pack_for(small, at).info.since == date(2020, 1, 1)
    (tmp_path / "small" / "pack.yaml").write_text(PACK + "since_assumed: true\nsince_reason: 未写\n")
    queries._stamp.cache_clear()
    assert queries.pack_for(small, at).info.since == date(2021, 5, 1)


def test_a_decision_the_new_files_do_not_know_is_left_out_and_said(small, at):
    ReadingDecision.objects.create(
        installation=small, reading="R99", option="x", decided_by="院党组",
        effective_from=date(2024, 1, 1), decided_at=at,
    )  # fmt: skip
    pack = queries.pack_for(small, at)
    assert [d.reading for d in queries.forgotten(small, pack)] == ["R99"]
