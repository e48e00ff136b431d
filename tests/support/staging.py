"""A place made by a module of ``support``, served with its own clock, and visits to it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from support.browsing import DESK, PHONE, Place, listen, sign_in

Visit = Callable[..., Page]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30_000  # milliseconds


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


@contextmanager
def staged(folder: Path, module: str, starts: str) -> Iterator[Place]:
    """Make the data with ``python -m module starts``, serve it, hand out where it is."""
    environment = _environment(folder)
    (folder / "clock").write_text(starts, encoding="utf-8")
    subprocess.run([sys.executable, "-W", "ignore", "-m", module, starts], env=environment, check=True)
    port, log = _free_port(), folder / "server.log"
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


@contextmanager
def visits(place: Place, browser: Browser) -> Iterator[Visit]:
    """``enter(who, size)``: a page of that person, signed in once, then the session is shared between tests; None:
    somebody from the public.

    Whatever the browser complains about (errors in the console, breaches of the content security policy, answers
    of 500) fails the test at its end.
    """
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def enter(who: str | None, size: dict[str, int] = DESK, **options: Any) -> Page:
        options = {"viewport": size, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | options
        context = browser.new_context(base_url=place.url, **options)
        context.set_default_timeout(PATIENCE)
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

    yield enter
    for context in opened:
        context.close()
    assert not complaints, "\n".join(complaints)


@contextmanager
def one_page_each(place: Place, browser: Browser, prefix: str) -> Iterator[Visit]:
    """``enter(who)``: the one page that person keeps through the test; logins begin with ``prefix``."""
    pages: dict[str | None, Page] = {}
    with visits(place, browser) as visit:

        def enter(who: str | None) -> Page:
            if who not in pages:
                pages[who] = visit(None if who is None else f"{prefix}{who}")
            return pages[who]

        yield enter


def faults(page: Page, address: str) -> list[str]:
    """What axe finds wide, what does not fit wide or narrow."""
    page.set_viewport_size(DESK)
    answer = page.goto(address)
    found = [] if answer and answer.status == 200 else [f"{address}: {answer and answer.status}"]
    if page.locator("h1").count() != 1:
        found.append(f"{address}: not one heading")
    for violation in Axe().run(page).response["violations"]:
        found.append(f"{address}: {violation['id']}: {violation['nodes'][0]['html'][:140]}")
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        spare = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if spare > 0:
            found.append(f"{address}: {spare} px too wide at {size['width']}")
    return found
