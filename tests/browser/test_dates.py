"""Days and moments look the same in a Chinese and an English browser, are tidied as typed, and can be picked."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from support.browsing import Enter

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_a_moment_is_written_year_first_in_any_browser(enter: Enter, locale: str) -> None:
    page = enter("xinxiyuan", locale=locale)
    page.goto("/bulletins/items/new/")
    typed = page.get_by_label("发生时间").first
    typed.fill("2024年6月3日9时5分")
    typed.blur()
    expect(typed).to_have_value("2024-06-03 09:05")
    typed.fill("昨天下午")
    typed.blur()
    expect(typed).to_have_value("昨天下午")


def test_what_the_calendar_gives_stands_in_the_field(enter: Enter) -> None:
    page = enter("xinxiyuan")
    page.goto("/bulletins/items/new/")
    typed = page.get_by_label("发生时间").first
    typed.fill("2024-06-03 09:05")
    typed.blur()
    box = page.locator(".pick").first
    box.get_by_role("button", name="打开日历").click()
    native = box.locator("input[type=datetime-local]")
    expect(native).to_have_value("2024-06-03T09:05")
    native.evaluate("node => { node.value = '2024-06-04T15:30'; node.dispatchEvent(new Event('change')); }")
    expect(typed).to_have_value("2024-06-04 15:30")


def test_without_script_one_types(enter: Enter) -> None:
    page = enter("xinxiyuan", java_script_enabled=False)
    page.goto("/bulletins/items/new/")
    expect(page.get_by_label("发生时间").first).to_have_attribute("placeholder", "年-月-日 时:分")
    expect(page.get_by_role("button", name="打开日历")).to_have_count(0)
