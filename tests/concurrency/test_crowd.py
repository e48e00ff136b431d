"""Thirty-two writers at once, on both databases: nothing fails, nothing is lost, nothing happens twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from support import postgres
from support.crowd import EACH, WRITERS
from support.source import ROOT

pytestmark = pytest.mark.slow
ITEMS = (WRITERS + 1) * EACH


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """What the crowd reports; one run of all jobs a database."""
    folder = tmp_path_factory.mktemp("crowd")
    if request.param == "sqlite":
        yield {"vendor": "sqlite"} | run(folder, "")
        return
    if postgres.find_initdb() is None:
        pytest.skip("no PostgreSQL server on this machine")
    with postgres.server() as url:
        yield {"vendor": "postgresql"} | run(folder, url)


def run(folder: Any, url: str) -> dict[str, Any]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"), "HENGJIAN_DATA_DIR": str(folder), "DATABASE_URL": url,
        "HENGJIAN_DB_POOL": "2",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/support/crowd.py"), "lives", "same_item", "same_key", "naive"],
        env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_no_writer_fails(told: dict[str, Any]) -> None:
    assert told["lives"]["failed"] == []
    assert len(told["lives"]["done"]) == ITEMS


def test_everything_acknowledged_is_there(told: dict[str, Any]) -> None:
    lives = told["lives"]
    assert sorted(item for item, _ in lives["done"]) == lives["items"]
    assert sorted(fact for _, fact in lives["done"]) == lives["facts"]
    assert lives["submits"] == ITEMS


def test_numbers_are_given_without_gap_or_repeat(told: dict[str, Any]) -> None:
    numbers = [int(number.split("-")[1]) for number in told["lives"]["numbers"]]
    assert numbers == list(range(1, ITEMS + 1))


def test_audit_chain_is_whole_and_has_no_fork(told: dict[str, Any]) -> None:
    lives = told["lives"]
    assert lives["broken"] == ""
    assert lives["forks"] == 0
    assert lives["entries"] >= ITEMS * 5


def test_of_twelve_editors_of_one_version_one_writes(told: dict[str, Any]) -> None:
    for one in told["same_item"]["rounds"]:
        assert one["failed"] == []
        assert len(one["done"]) == 1 and len(one["refused"]) == 11
        assert one["step"] == 1
        assert one["title"] == one["done"][0]
        assert all("请对照现在的内容核对" in message for message in one["refused"])


def test_the_same_form_sent_by_all_at_once_makes_one(told: dict[str, Any]) -> None:
    for kind in ("items", "facts"):
        assert told["same_key"][kind]["failed"] == []
        assert len(told["same_key"][kind]["done"]) == WRITERS
        assert len(set(told["same_key"][kind]["done"])) == 1
    assert told["same_key"]["counted"]["broken"] == ""


def test_counter_under_lock_counts_all(told: dict[str, Any]) -> None:
    counts = told["naive"]
    assert counts["failed"] == []
    assert sorted(counts["done"]) == list(range(1, 65))
    assert counts["locked"] == 64


def test_counter_without_lock_would_lose_on_postgresql(told: dict[str, Any]) -> None:
    """The control: this suite can see a lost update. On SQLite the IMMEDIATE transaction saves even the naive one."""
    if told["vendor"] == "sqlite":
        assert told["naive"]["naive"] == 64
    else:
        assert told["naive"]["naive"] < 64
