"""A real browser before a real server: a small court with a clock the test sets, and people who sign in."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from support.browsing import DESK, Enter, Place, listen, sign_in

ROOT = Path(__file__).resolve().parents[2]
STARTS = "2024-06-05T10:00"  # a Wednesday
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--lang=zh-CN",
    "--disable-gpu",
]


def _environment(folder: Path) -> dict[str, str]:
    clock = folder / "clock"
    return os.environ | {
        "HENGJIAN_DATA_DIR": str(folder),
        "HENGJIAN_TEST_CLOCK": str(clock),
        "HENGJIAN_SECRET_KEY": "only-for-the-browser-tests",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
        "DATABASE_URL": "",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("court")
    environment = _environment(folder)
    (folder / "clock").write_text(STARTS, encoding="utf-8")
    made = [sys.executable, "-W", "ignore", "-m", "support.small_court", STARTS]
    subprocess.run(made, env=environment, check=True)
    port = _free_port()
    log = folder / "server.log"
    command = [sys.executable, "-W", "ignore", "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    with log.open("wb") as out:
        served = [*command, "--blocking-threads", "4", "support.moved_clock:application"]
        server = subprocess.Popen(served, env=environment, stdout=out, stderr=out)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/accounts/login/", server, log)
        yield Place(url, folder / "clock")
    finally:
        server.terminate()
        server.wait(20)


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
def enter(place: Place, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Enter]:
    """``enter("bianji")`` is a page of that person; signed in once, then the session is shared between tests.

    Whatever the browser complains about (errors in the console, breaches of the content security policy, answers
    of 500) fails the test at its end.
    """
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def enter_as(who: str | None, **options: Any) -> Page:
        options = {"viewport": DESK, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | options
        context = browser.new_context(base_url=place.url, **options)
        context.set_default_timeout(20_000)
        opened.append(context)
        page = context.new_page()
        listen(page, complaints)
        if who is None:
            return page
        if who in place.sessions:
            context.add_cookies(place.sessions[who])
        else:
            sign_in(page, who)
            page.wait_for_url(f"{place.url}/")
            place.sessions[who] = context.cookies()
        return page

    yield enter_as
    for context in opened:
        context.close()
    assert not complaints, "\n".join(complaints)
