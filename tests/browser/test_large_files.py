"""A large file in parts: the network breaks half-way, the same button goes on from there; what came is what was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.test_cases import GOOD, HEAD, province
from support.browsing import DESK, Place, sign_in

__all__ = ["province"]
pytestmark = pytest.mark.browser


@pytest.fixture
def page(province: Place, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=province.url, viewport=DESK, locale="zh-CN")
    context.set_default_timeout(60_000)
    found = context.new_page()
    sign_in(found, "jl-qinglan-tongji")
    found.wait_for_url(f"{province.url}/")
    yield found
    context.close()


def test_a_large_file_goes_on_where_the_network_broke(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "全年案件.csv"
    row = GOOD.replace("闻若川", "闻若川" + "、".join(["某某某"] * 120))
    lines = [row.replace("k1,", f"big{n},").replace("民初1号", f"民初{n + 1000}号") for n in range(9_000)]
    file.write_bytes((HEAD + "".join(lines)).encode("utf-8"))
    sent: list[str] = []

    def part(route: Route) -> None:
        if route.request.method == "PUT":
            sent.append(route.request.url)
            if len(sent) > 1 and len(sent) < 7:
                route.abort()
                return
        route.continue_()

    page.route(re.compile("/api/cases/sendings/"), part)
    page.goto("/cases/uploads/")
    page.get_by_label("文件").first.set_input_files(str(file))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("[data-words]")).to_contain_text("网络中断", timeout=60_000)
    page.reload()
    expect(page.locator("main")).to_contain_text("没有传完的文件")
    page.get_by_label("文件").first.set_input_files(str(file))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("main")).to_contain_text("各列对应", timeout=60_000)
    expect(page.get_by_role("button", name=re.compile("入库 9000 行"))).to_be_visible()
    assert "offset=0" in sent[0] and not any("offset=0" in url for url in sent[1:])
