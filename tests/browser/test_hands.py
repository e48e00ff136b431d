"""Without a mouse, without JavaScript, on a telephone; and what is typed is not lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from support.browsing import PHONE, Enter

pytestmark = pytest.mark.browser


def test_without_script_an_item_still_goes_its_way(enter: Enter) -> None:
    title = "民一庭走访物业企业听取意见"
    writer = enter("xinxiyuan", java_script_enabled=False)
    writer.goto("/bulletins/items/new/")
    writer.get_by_label("标题").fill(title)
    writer.get_by_label("正文").fill("6月4日，民一庭走访三家物业企业，听取对诉前调解的意见建议。")
    writer.get_by_label("发生时间", exact=False).first.fill("2024-06-04T15:00")
    writer.get_by_role("button", name="只校验，不保存").click()
    expect(writer.get_by_role("complementary", name="随写随查")).to_contain_text("第十四条")
    writer.get_by_role("button", name="保存并报送").click()
    writer.get_by_role("button", name="确认报送").click()
    expect(writer.get_by_role("status").first).to_contain_text("审核中")
    _decide(enter("tingzhang", java_script_enabled=False), "/bulletins/review/", title, "同意")
    _decide(enter("bianji", java_script_enabled=False), "/bulletins/review/?scope=office", title, "签收")
    writer.reload()
    expect(writer.locator(".tags").first).to_contain_text("已签收")


def _decide(page: Page, queue: str, title: str, button: str) -> None:
    page.goto(queue)
    page.locator("[data-rows] a", has_text=title).click()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status").first).to_contain_text(title)


def _hand_in(page: Page, title: str, body: str) -> None:
    page.goto("/bulletins/items/new/")
    page.get_by_label("标题").fill(title)
    page.get_by_label("正文").fill(body)
    page.get_by_label("发生时间", exact=False).first.fill("2024-06-04T16:00")
    page.get_by_role("button", name="保存并报送").click()
    page.get_by_role("button", name="确认报送").click()
    expect(page.get_by_role("status").first).to_contain_text("审核中")


def test_a_list_is_walked_with_keys(enter: Enter) -> None:
    page = enter("bianji")
    page.goto("/bulletins/items/")
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_class(re.compile("here"))
    page.keyboard.press("k")
    expect(rows.nth(0).locator("[data-open]")).to_be_focused()
    title = rows.nth(0).locator("[data-open]").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    page.wait_for_load_state()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("gs?")
    expect(page.get_by_role("searchbox")).to_have_value("gs?")


def test_the_queue_shows_the_row_the_keys_are_on(enter: Enter) -> None:
    """What A would sign is what the reader sees marked."""
    writer = enter("xinxiyuan")
    for topic in ("鉴定", "送达"):
        _hand_in(writer, f"民一庭开展{topic}流程培训", f"6月4日，民一庭组织{topic}流程培训，九名书记员参加。")
    page = enter("tingzhang")
    page.goto("/bulletins/review/")
    rows = page.locator(".waiting [data-row]")
    assert rows.count() > 1
    second = rows.nth(1).locator("b").inner_text()
    page.keyboard.press("j")
    expect(page.locator(".paper h2")).to_have_text(second)
    expect(page.locator(".waiting .here b")).to_have_text(second)
    first = rows.nth(0).locator("b").inner_text()
    page.keyboard.press("k")
    expect(page.locator(".paper h2")).to_have_text(first)


def test_g_and_a_letter_goes_there_and_question_mark_tells(enter: Enter) -> None:
    page = enter("bianji")
    page.goto("/")
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile("/bulletins/items/$"))
    page.wait_for_load_state()  # the address changes before the page can answer a key
    page.keyboard.press("?")
    keys = page.get_by_role("dialog")
    expect(keys).to_contain_text("转到信息列表")
    expect(keys).to_contain_text("下一行、上一行")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    letters = page.eval_on_selector_all("[data-go]", "found => found.map(e => e.dataset.go)")
    assert len(letters) == len(set(letters)), "two places answer to the same letter"


def test_a_choice_that_needs_more_opens_what_asks_for_it(enter: Enter) -> None:
    page = enter("xinxiyuan")
    page.goto("/bulletins/items/new/")
    lead = page.locator("#id_lead_unit")
    expect(lead).to_be_hidden()
    page.get_by_label("多部门合作，有牵头部门").check()
    expect(lead).to_be_visible()
    page.get_by_label("本部门独立完成").check()
    expect(lead).to_be_hidden()


def test_r_opens_the_return_and_puts_the_cursor_into_it(enter: Enter) -> None:
    writer = enter("xinxiyuan")
    _hand_in(writer, "民一庭开展要素表填写培训", "6月4日，民一庭组织要素表填写培训，十二名法官助理参加。")
    head = enter("tingzhang")
    head.goto("/bulletins/review/")
    head.locator("[data-rows] a", has_text="要素表填写培训").click()
    expect(head.locator("h1, h2", has_text="要素表填写培训").first).to_be_visible()
    head.keyboard.press("r")
    form = head.locator("details.more[open] form")
    form.locator("textarea").fill("请补充培训成效。")
    form.get_by_role("button", name="退回修改").click()
    expect(head.get_by_role("status").first).to_contain_text("已退回修改")
    writer.reload()
    expect(writer.locator("#history")).to_contain_text("请补充培训成效。")


def test_unsaved_words_are_guarded(enter: Enter) -> None:
    page = enter("xinxiyuan")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto("/bulletins/items/new/")
    page.get_by_label("标题").fill("还没有写完")
    page.get_by_role("link", name="信息列表").first.click()
    expect(page.get_by_label("标题")).to_have_value("还没有写完")
    assert asked == ["beforeunload"]
    page.remove_listener("dialog", stay)
    page.on("dialog", lambda dialog: dialog.accept())


def test_an_emergency_is_reported_from_a_telephone(enter: Enter) -> None:
    page = enter("xinxiyuan", viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto("/bulletins/emergency/")
    page.get_by_label("发生了什么").fill("庭审中一名旁听人员突然晕倒，已拨打急救电话。")
    page.get_by_label("在哪里", exact=False).fill("第三审判庭")
    button = page.get_by_role("button", name="立即报告")
    box = button.bounding_box()
    assert box and box["height"] >= 44 and box["width"] > 300
    button.click()
    expect(page.get_by_role("status").first).to_contain_text("2024-")
    _not_wider_than_the_telephone(page)
    leader = enter("fenguan", viewport=PHONE)
    leader.goto("/")
    expect(leader.locator("main")).to_contain_text("晕倒")
    _not_wider_than_the_telephone(leader)


def _not_wider_than_the_telephone(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
