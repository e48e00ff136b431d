"""A place made by a module of ``support``, served with its own clock, and visits to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from browser.conftest import _environment, _free_port, _wait_for
from support.browsing import DESK, PHONE, Place, listen, sign_in

Visit = Callable[..., Page]


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
    """``enter(who, size)``: a page of that person. What the browser complains about fails the test at its end."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def enter(who: str, size: dict[str, int] = DESK, **options: Any) -> Page:
        context = browser.new_context(
            base_url=place.url, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", **options
        )
        context.set_default_timeout(20_000)
        opened.append(context)
        page = context.new_page()
        listen(page, complaints)
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
