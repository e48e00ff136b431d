"""The department of the province: boxes, a night on duty by telephone, instructions followed up, the pack of the quarter."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browsing import PHONE, Place
from support.staging import Visit, faults, staged, visits

pytestmark = pytest.mark.browser
STARTS = "2026-10-12T10:00"  # a Monday; the third quarter is over and not announced
TITLE = "澜州市司法局推行公证“一次办结”"
BODY = "\n".join(
    ("今年以来，澜州市司法局排出清单、逐项落实，共开展六次检查，服务群众一百二十人次，平均缩短三天。",) * 6
)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with staged(tmp_path_factory.mktemp("province"), "support.small_department", STARTS) as place:
        yield place


@pytest.fixture
def visit(province: Place, browser: Browser) -> Iterator[Visit]:
    with visits(province, browser) as enter:
        yield enter


def _said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words)


def _write(page: Page, title: str) -> str:
    page.goto("/bulletins/items/new/")
    page.get_by_label("标题").fill(title)
    page.get_by_label("正文").fill(BODY)
    page.get_by_label("类型", exact=False).first.select_option(value="dynamic")
    page.get_by_role("button", name="保存并报送").click()
    page.get_by_role("button", name="确认报送").click()
    expect(page.get_by_role("status").first).to_contain_text("审核中")
    return page.url


def _agree(page: Page, title: str) -> None:
    page.goto("/bulletins/review/")
    page.locator("[data-rows] a", has_text=title).click()
    expect(page.locator(".paper h2")).to_have_text(title)
    page.get_by_role("button", name=re.compile("^同意")).click()
    expect(page.get_by_role("status").first).to_be_visible()


def test_one_submission_reaches_every_box_and_becomes_points(visit: Visit) -> None:
    writer = visit("t-shizhou")
    address = _write(writer, TITLE)
    _agree(visit("t-juzhang"), TITLE)
    for who in ("t-bianji", "t-duban"):
        section = visit(who)
        section.goto("/bulletins/review/?scope=office")
        section.goto(address)
        section.get_by_role("button", name=re.compile("^签收")).first.click()
        _said(section, "签收")
    writer.goto(address)
    copies = writer.locator("main")
    expect(copies).to_contain_text("许采苓")
    expect(copies).to_contain_text("夏闻钟")
    editor = visit("t-bianji")
    editor.goto(f"/bulletins/desk/items/{address.rstrip('/').split('/')[-1]}/facts/")
    editor.get_by_role("link", name="登记采用").click()
    editor.get_by_label("采用层级").select_option(index=1)
    editor.get_by_label("刊物名称").fill("江岚司法行政信息第41期")
    editor.get_by_label("采用时间").fill("2026-10-12T09:00")
    editor.get_by_role("button", name="登记").click()
    expect(editor.get_by_role("region", name="事实记录")).to_contain_text("第41期")
    editor.get_by_role("link", name="登记批示").click()
    editor.get_by_label("批示级别").select_option(index=1)
    editor.get_by_label("所属系统").select_option(index=1)
    editor.get_by_label("批示人").fill("厅长")
    editor.get_by_label("批示时间").fill("2026-10-12T09:30")
    editor.get_by_role("button", name="登记").click()
    expect(editor.get_by_role("region", name="事实记录")).to_contain_text("批示")


def test_a_night_on_duty_telephone_first_writing_after(visit: Visit) -> None:
    duty = visit("t-weiwen", PHONE)
    duty.goto("/bulletins/duty/")
    duty.get_by_role("link", name=re.compile("接到报告")).click()
    duty.get_by_label("发生了什么").fill("柳川市一处司法所因暴雨进水，人员已全部转移，没有伤亡。")
    duty.get_by_label("在哪里", exact=False).fill("柳川市")
    duty.get_by_label("发生时间", exact=False).first.fill("2026-10-12T09:30")
    duty.get_by_label("报告部门").select_option(label="柳川市司法局")
    duty.get_by_label("通话时间").fill("2026-10-12T09:50")
    duty.get_by_label("报告人").fill("田归农")
    duty.get_by_label("接报人").fill("丁长安")
    duty.get_by_label("接报单位").fill("厅维稳办")
    duty.get_by_label("通话内容").fill("一处司法所进水，人员已转移。")
    duty.get_by_role("button", name="立即报告").click()
    address = duty.url
    duty.goto("/bulletins/duty/")
    card = duty.locator(".duty", has_text="柳川市")
    expect(card).to_contain_text("田归农")
    expect(card.locator(".due").first).to_contain_text("按时")  # the telephone call counts
    writer = visit("t-liuchuan")
    writer.goto(f"{address.split('#')[0]}stage/" if "/items/" in address else address)
    writer.get_by_label(re.compile("书面")).first.check()
    writer.get_by_label("内容").fill("书面续报：档案已转移至二楼，正在排水。")
    writer.get_by_role("button", name=re.compile("报|提交")).last.click()
    duty.reload()
    card.get_by_role("button", name=re.compile("签收")).click()
    _said(duty, "已签收")
    expect(duty.locator(".duty", has_text="柳川市")).to_contain_text("丁长安签收")


def test_a_meeting_creates_the_reports_and_an_item_closes_one(visit: Visit) -> None:
    head = visit("t-zhuren")
    head.goto("/matters/new/")
    head.get_by_role("radio").first.check()
    head.get_by_label("事项").fill("全省公证工作推进会")
    head.get_by_label("召开（下发）时间").fill("2026-10-09T15:00")
    head.get_by_label("澜州市司法局", exact=True).check()
    head.get_by_role("button", name="登记").click()
    expect(head.locator("main")).to_contain_text("计时中")
    matter = head.url
    title = "澜州市司法局部署公证工作"
    writer = visit("t-shizhou")
    _write(writer, title)
    _agree(visit("t-juzhang"), title)
    writer.goto(matter)
    writer.get_by_text("关联信息").click()
    options = writer.locator("select[name=item] option")
    wanted = next(o for o in options.all() if title in (o.text_content() or ""))
    writer.locator("select[name=item]").select_option(value=wanted.get_attribute("value"))
    writer.get_by_role("button", name="关联", exact=True).click()
    row = writer.get_by_role("row").filter(has_text="澜州市司法局")
    expect(row).to_contain_text(title)
    expect(row).to_contain_text("按时")


def test_the_quarter_is_announced_in_one_pack(visit: Visit) -> None:
    editor = visit("t-bianji")
    editor.goto("/points/notices/")
    editor.get_by_label("期间").fill("2026Q3")
    editor.get_by_role("button", name="拟制通报").click()
    expect(editor.locator("h1")).to_contain_text("2026年第三季度")
    editor.get_by_role("button", name="送审批").click()
    for who, verb in (("t-futing", "同意"), ("t-tingzhang", "签发")):
        signer = visit(who)
        signer.goto(editor.url)
        signer.get_by_role("button", name=verb, exact=True).click()
        expect(signer.get_by_role("status").first).to_be_visible()
    editor.reload()
    editor.get_by_role("button", name="印发").click()
    _said(editor, "已印发")
    with editor.expect_download() as given:
        editor.get_by_role("link", name="全套材料").click()
    assert given.value.path().stat().st_size > 10_000
    with editor.expect_download() as portal:
        editor.get_by_role("link", name="门户版").click()
    assert portal.value.path().stat().st_size > 1000


def test_another_reading_and_other_numbers_are_tried_without_touching_the_book(visit: Visit) -> None:
    head = visit("t-zhuren")
    head.goto("/regs/register/")
    head.get_by_role("link", name="谁得谁失").first.click()
    head.get_by_role("button", name="试算").click()
    expect(head.locator("main")).to_contain_text("不写台账")
    expect(head.locator(".tiles")).to_contain_text("得分")
    head.goto("/points/whatif/")
    number = head.locator("form.wide input[type=number], form.wide input[inputmode=decimal]").first
    number.fill("30")
    head.get_by_role("button", name="试算").click()
    expect(head.get_by_role("region", name="各单位得失")).to_contain_text("澜州市司法局")


PAGES = {
    "t-bianji": (
        "/", "/overview/", "/matters/", "/points/", "/points/whatif/", "/points/notices/", "/points/held/",
        "/bulletins/desk/", "/bulletins/desk/facts/", "/regs/register/", "/mailroom/", "/roster/",
    ),
    "t-shizhou": ("/", "/quota/", "/bulletins/items/new/", "/matters/"),
    "t-weiwen": ("/bulletins/duty/", "/bulletins/emergency/"),
    "t-zhuren": ("/matters/new/",),
    "t-anquan": ("/org/accounts/",), "t-shenji": ("/audit/",), "t-xitong": ("/org/", "/service/"),
}  # fmt: skip


@pytest.mark.parametrize("who", PAGES)
def test_every_page_visited_is_accessible_and_fits(visit: Visit, who: str) -> None:
    page = visit(who, bypass_csp=True)
    found = [fault for address in PAGES[who] for fault in faults(page, address)]
    assert not found, "\n".join(found)
