"""`make screenshots`: the pictures of the README, taken from the demo with the browser of the tests.

Uses the data in HENGJIAN_DATA_DIR (loads the demo if it is empty) and a server of its own on a free port. The
pictures are small because the pages are flat; where `pngquant` or `optipng` is installed they get smaller still.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PASSWORD = "Qinglan-2026"
HENGJIAN = [sys.executable, "-W", "ignore", "-m", "hengjian"]
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--lang=zh-CN",
]


def inbox(page: Page) -> None:
    page.goto("/")


def review_queue(page: Page) -> None:
    page.goto("/bulletins/review/")


def item_editor(page: Page) -> None:
    """A draft with a figure that does not add up, so that the checks have something to say."""
    page.goto("/bulletins/items/new/")
    page.get_by_label("标题").fill("民一庭推行要素式审判提升物业纠纷化解质效")
    page.get_by_label("正文").fill(
        "本周，民一庭召开要素式审判推进会，通报物业纠纷集中化解情况。\n"
        "今年以来，民一庭对物业纠纷推行要素式庭审和表格式裁判文书，共审结124件，其中调解撤诉80件、判决54件，"
        "平均审理天数缩短12天。\n下一步，民一庭将把要素表推广到机动车交通事故案件。"
    )
    page.get_by_label("发生时间", exact=False).first.fill(time.strftime("%Y-%m-%dT08:30"))
    page.get_by_text("自动保存").wait_for()
    page.evaluate("window.scrollTo(0, 0)")


def notice(page: Page) -> None:
    page.goto("/points/notices/")
    page.locator("main table a").first.click()
    page.wait_for_load_state()


def explain_card(page: Page) -> None:
    """From the newest notice to its first department and the first line of it."""
    notice(page)
    page.locator("td.num a").first.click()
    page.get_by_role("link", name="为什么").first.click()
    page.get_by_role("heading", name="为什么是").wait_for()


def reading_room(page: Page) -> None:
    page.goto("/regs/")
    page.locator("main a[href*='/regs/']").first.click()
    page.get_by_role("link", name="第二十四条").first.click()
    page.wait_for_load_state()


def document(page: Page) -> None:
    """A judgment beside its record, with a difference nobody has decided on yet."""
    page.goto("/papers/")
    rows = page.locator("tr[data-row]")
    rows.filter(has_text="待核对").filter(has_not_text="库中没有").first.locator("a[data-open]").click()
    page.wait_for_load_state()


def statistics(page: Page) -> None:
    page.goto("/statistics/")


def indicators(page: Page) -> None:
    page.goto("/indicators/")


SHOTS: tuple[tuple[str, str, Callable[[Page], None]], ...] = (
    ("inbox", "bianji", inbox),
    ("review-queue", "bianji", review_queue),
    ("item-editor", "xinxiyuan", item_editor),
    ("explain-card", "xinxiyuan", explain_card),
    ("notice", "bianji", notice),
    ("reading-room", "xinxiyuan", reading_room),
    ("document", "jl-qinglan-civil1-lu", document),
    ("statistics", "jl-high-tongji", statistics),
    ("indicators", "zy-jishu", indicators),
)


@contextmanager
def server() -> Iterator[str]:
    subprocess.run([*HENGJIAN, "demo", "--if-empty"], cwd=ROOT, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    running = subprocess.Popen([*HENGJIAN, "serve", "--no-worker", "--port", str(port)], cwd=ROOT)
    try:
        _wait(f"{url}/accounts/login/")
        yield url
    finally:
        running.terminate()
        running.wait(20)


def _wait(url: str) -> None:
    for _ in range(150):
        try:
            urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("the server did not start")


def take(url: str, names: set[str]) -> None:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        sys.exit("no chromium on this machine (Debian: apt-get install chromium)")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=FLAGS, env=os.environ | {"LANGUAGE": "zh_CN"}
        )
        for name, who, go in SHOTS:
            if names and name not in names:
                continue
            context = browser.new_context(
                base_url=url,
                viewport={"width": 1280, "height": 800},
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
            )
            page = context.new_page()
            sign_in(page, who)
            go(page)
            page.screenshot(path=IMAGES / f"{name}.png", animations="disabled", caret="hide")
            context.close()
            shrink(IMAGES / f"{name}.png")
        browser.close()


def sign_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("账号").fill(who)
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state()


def shrink(picture: Path) -> None:
    if pngquant := shutil.which("pngquant"):
        subprocess.run([pngquant, "--force", "--skip-if-larger", "--ext", ".png", str(picture)], check=False)
    elif optipng := shutil.which("optipng"):
        subprocess.run([optipng, "-quiet", str(picture)], check=False)
    print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1024} KB")


if __name__ == "__main__":
    with server() as address:
        take(address, set(sys.argv[1:]))
