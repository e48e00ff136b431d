"""The whole circle by hand: from a draft to the published notice, its explain card, an appeal and the decision."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from support.browsing import Enter, Place

pytestmark = pytest.mark.browser

TITLE = "民一庭推行要素式审判提升物业纠纷化解质效"
BODY = """6月3日，民一庭召开要素式审判推进会，通报物业纠纷集中化解情况。
今年以来，民一庭对物业纠纷推行要素式庭审和表格式裁判文书，共审结124件，其中调解撤诉80件、判决44件，平均审理天数缩短12天。
下一步，民一庭将把要素表推广到机动车交通事故案件。"""


def test_from_the_draft_to_the_decided_appeal(enter: Enter, place: Place) -> None:
    address = _the_liaison_drafts_and_submits(enter("xinxiyuan"))
    _the_head_approves(enter("tingzhang"))
    _the_leader_approves(enter("fenguan"))
    _the_president_reads(enter("yuanzhang"))
    editor = enter("bianji")
    _the_editor_receives_and_edits(editor, address)
    _the_editor_posts_to_the_intranet(editor, address)
    _the_editor_issues_the_weekly(editor)
    _the_editor_records_what_became_of_it(editor, address)
    place.at("2024-07-02T09:30")
    notice = _the_editor_sends_the_notice_for_signature(enter("bianji"))
    _the_leader_agrees_to_the_notice(enter("fenguan"), notice)
    _the_president_signs(enter("yuanzhang"), notice)
    _the_editor_publishes(enter("bianji"), notice)
    appeal = _the_liaison_follows_a_number_and_appeals(enter("xinxiyuan"), notice)
    _the_president_decides(enter("yuanzhang"), appeal)
    place.at("2024-06-05T10:00")


def _the_liaison_drafts_and_submits(page: Page) -> str:
    page.goto("/")
    expect(page.get_by_role("heading", name="我的待办")).to_be_visible()
    page.get_by_role("link", name="起草信息").first.click()
    page.get_by_label("标题").fill(TITLE)
    page.get_by_label("正文").fill(BODY.replace("80件、判决44件", "80件、判决54件"))
    page.get_by_label("类型", exact=False).first.select_option(label="工作动态类")
    page.get_by_label("重要程度").select_option(label="重要信息")
    page.get_by_label("发生时间", exact=False).first.fill("2024-06-04T15:00")
    beside = page.get_by_label("随写随查")
    expect(beside).to_contain_text("自动保存")
    expect(beside.locator(".counter")).to_contain_text(re.compile(r"^1[0-9]{2}"))
    expect(beside).to_contain_text("第十四条")
    expect(beside.locator(".found")).to_contain_text("124")
    page.get_by_label("正文").fill(BODY)
    page.get_by_role("button", name="保存并报送").click()
    expect(page.get_by_role("heading", name="报送", exact=True)).to_be_visible()
    page.get_by_label("准确", exact=False).check()
    page.get_by_role("button", name="确认报送").click()
    expect(page.get_by_role("status")).to_contain_text("现为“审核中”")
    expect(page.locator("#history")).to_contain_text("部门领导审核")
    return page.url


def _pick(page: Page, scope: str = "") -> None:
    page.goto(f"/bulletins/review/{scope}")
    page.locator("[data-rows] a", has_text=TITLE).click()
    expect(page.locator(".paper h2")).to_have_text(TITLE)


def _the_head_approves(page: Page) -> None:
    _pick(page)
    expect(page.get_by_role("complementary", name="办理")).to_contain_text("第十八条")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("已同意，现为“审核中”")


def _the_leader_approves(page: Page) -> None:
    page.goto("/")
    expect(page.locator("main")).to_contain_text(TITLE)
    _pick(page)
    page.get_by_label("意见", exact=False).first.fill("同意报送，请审管办关注后续效果。")
    page.get_by_role("button", name="同意").click()
    expect(page.get_by_role("status")).to_contain_text("待签收”")


def _the_president_reads(page: Page) -> None:
    """Important items are presented to the president: he reads, nobody waits for him."""
    _pick(page)
    page.get_by_role("button", name="已阅").click()
    expect(page.get_by_role("status").first).to_contain_text(TITLE)


def _the_editor_receives_and_edits(page: Page, address: str) -> None:
    _pick(page, "?scope=office")
    page.get_by_role("button", name="签收").click()
    expect(page.get_by_role("status")).to_contain_text("已签收")
    page.goto(address)
    page.get_by_role("link", name="改稿").click()
    page.get_by_label("正文").fill(BODY.replace("共审结124件", "累计审结124件"))
    page.get_by_role("button", name="保存改稿").click()
    expect(page.get_by_role("status")).to_contain_text("已保存为新的修订稿")
    page.get_by_role("link", name="修订对照").click()
    expect(page.locator("ins").first).to_have_text("累计")
    expect(page.locator("del").first).to_have_text("共")


def _the_editor_posts_to_the_intranet(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="采用与批示").last.click()
    page.get_by_role("button", name="内网刊发").click()
    page.goto("/bulletins/intranet/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".text")).to_contain_text("累计审结124件")


def _the_editor_issues_the_weekly(page: Page) -> None:
    page.goto("/bulletins/desk/")
    page.get_by_role("link", name=re.compile("信息专刊")).first.click()
    page.get_by_role("button", name=f"编入《{TITLE}》").click()
    expect(page.locator(".entries")).to_contain_text(TITLE)
    page.get_by_role("button", name="印发本期").click()
    expect(page.locator("h1")).to_contain_text("已印发")
    page.get_by_role("link", name="预览").click()
    expect(page.locator("main")).to_contain_text("累计审结124件")


def _the_editor_records_what_became_of_it(page: Page, address: str) -> None:
    page.goto(f"/bulletins/desk/items/{address.rstrip('/').split('/')[-1]}/facts/")
    page.get_by_role("link", name="登记采用").click()
    page.get_by_label("采用层级").select_option(index=1)
    page.get_by_label("刊物名称").fill("澜州信息第23期")
    page.get_by_label("采用时间").fill("2024-06-05T09:00")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("region", name="事实记录")).to_contain_text("澜州信息第23期")
    page.get_by_role("link", name="登记批示").click()
    page.get_by_label("批示级别").select_option(index=1)
    page.get_by_label("所属系统").select_option(index=1)
    page.get_by_label("批示人").fill("县委书记")
    page.get_by_label("批示时间").fill("2024-06-05T09:30")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("region", name="事实记录")).to_contain_text("县委书记")


def _the_editor_sends_the_notice_for_signature(page: Page) -> str:
    page.goto("/points/")
    page.get_by_role("button", name=re.compile("记账")).first.click()
    expect(page.get_by_role("status").first).to_contain_text("2024年6月")
    page.get_by_role("link", name="通报").first.click()
    page.get_by_label("期间").fill("2024-06")
    page.get_by_role("button", name=re.compile("拟制|生成")).click()
    expect(page.locator("h1")).to_contain_text("2024年6月")
    expect(page.locator("main")).to_contain_text(TITLE)
    page.get_by_role("button", name="送审批").click()
    expect(page.get_by_role("status")).to_contain_text("现在等待分管院领导审核")
    return page.url


def _the_leader_agrees_to_the_notice(page: Page, notice: str) -> None:
    page.goto("/")
    expect(page.locator("main")).to_contain_text("分管院领导审核：同意或退回")
    page.goto(notice)
    page.get_by_role("button", name="同意").click()
    expect(page.get_by_role("status")).to_contain_text("现在等待主要领导签发")


def _the_president_signs(page: Page, notice: str) -> None:
    page.goto("/")
    expect(page.locator("main")).to_contain_text("2024年6月")
    page.goto(notice)
    page.get_by_label("签批意见", exact=False).fill("同意印发。")
    page.get_by_role("button", name="签发").click()
    expect(page.get_by_role("status")).to_contain_text("签批已齐")


def _the_editor_publishes(page: Page, notice: str) -> None:
    page.goto(notice)
    page.get_by_role("button", name="印发").click()
    expect(page.get_by_role("status")).to_contain_text("已印发，本期关账")
    expect(page.get_by_role("complementary", name="办理")).to_contain_text("〔2024〕")


def _the_liaison_follows_a_number_and_appeals(page: Page, notice: str) -> str:
    page.goto(notice)
    row = page.get_by_role("row").filter(has_text="民事审判第一庭").first
    row.locator("td.num a").first.click()
    expect(page.locator("h1")).to_contain_text("民事审判第一庭")
    line = page.get_by_role("row").filter(has_text=TITLE).first
    line.get_by_role("link", name="为什么").click()
    expect(page.locator("h1")).to_contain_text("为什么是")
    card = page.locator("main")
    expect(card).to_contain_text("第二十")  # the article
    expect(card).to_contain_text("所依的事实")
    expect(card).to_contain_text("采用的理解")
    expect(card.locator(".line")).to_contain_text(TITLE)
    page.get_by_role("link", name="提出申诉").click()
    page.get_by_label("申诉理由").fill("县委书记的批示件同时抄送省法院，请核对批示级别。")
    page.get_by_role("button", name="提出申诉").click()
    expect(page.get_by_role("status")).to_contain_text("申诉已提出")
    return page.url


def _the_president_decides(page: Page, appeal: str) -> None:
    page.goto(appeal)
    page.get_by_label("不成立").check()
    page.get_by_label("决定和理由").fill("批示件原件载明为县级，维持原登记。")
    page.get_by_role("button", name="作出决定").click()
    expect(page.get_by_role("status")).to_contain_text("已作出决定")
    expect(page.locator("h1")).to_contain_text("不成立")
