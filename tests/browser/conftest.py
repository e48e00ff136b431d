"""A real browser before a real server: a small court with a clock the test sets, and people who sign in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from support.browsing import Enter, Place
from support.staging import staged, visits

STARTS = "2024-06-05T10:00"  # a Wednesday
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--lang=zh-CN",
    "--disable-gpu",
]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with staged(tmp_path_factory.mktemp("court"), "support.small_court", STARTS) as court:
        yield court


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def enter(place: Place, browser: Browser) -> Iterator[Enter]:
    """``enter("bianji")`` is a page of that person."""
    with visits(place, browser) as enter_as:
        yield enter_as
