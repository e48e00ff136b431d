"""From the table to the public figure, and from the plan of an inspection to what was put right: everybody who takes part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from support.browsing import DESK, PHONE, Place
from support.staging import Visit, one_page_each, staged

pytestmark = pytest.mark.browser
STARTS = "2026-11-02T10:00"
OPENS, AFTER = "2026-11-02T10:12", "2026-11-02T10:13"


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A server with the people of the province; its clock can be set."""
    with staged(tmp_path_factory.mktemp("figures"), "support.small_cases", STARTS) as place:
        yield place


@pytest.fixture
def visit(province: Place, browser: Browser) -> Iterator[Visit]:
    """``visit("high-tongji")``: a page of that person; ``visit(None)``: somebody from the public."""
    with one_page_each(province, browser, "jl-") as enter:
        yield enter


def _fine(page: Page) -> None:
    """No fault that axe knows, no page wider than the screen, at the desk and on the phone."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        found = Axe().run(page).response["violations"]
        assert not found, "\n".join(f"{page.url}: {v['id']} {v['nodes'][0]['html'][:160]}" for v in found)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), page.url


def _says(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("status").first).to_contain_text(text)


def _agreed(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=re.compile("同意")).click()
    expect(page.locator("ol.line").first).to_contain_text("：同意")


def test_a_figure_goes_from_the_table_to_the_public(visit: Visit, province: Place) -> None:
    office = visit("high-tongji")
    _looked_up(office)
    release = _drawn_up(office)
    for who in ("high-tongji3", "high-tongji4", "high-yuanzhang"):
        _agreed(visit(who), release)
    office.goto(release)
    expect(office.locator("h1")).to_contain_text("保密待发布")
    _fine(office)
    clerk, public = visit("qinglan-civil1-lu"), visit(None)
    assert clerk.request.get(release).status == 404
    assert _checked_text(clerk, "2026年10月全省法院新收案件3件。") == "没有发布过"
    public.goto("/releases/public/")
    expect(public.locator("main")).not_to_contain_text("2026年10月全省收结案")
    province.at(AFTER)
    clerk.goto(release)
    expect(clerk.locator("h1")).to_contain_text("已发布")
    public.goto("/releases/public/")
    expect(public.locator("main")).to_contain_text("2026年10月全省收结案")
    _fine(public)
    assert _checked_text(clerk, "2026年10月全省法院新收案件3件。") == "一致"
    assert _checked_text(clerk, "2026年10月全省法院新收案件4件。") == "不同"
    _fine(clerk)


def _looked_up(page: Page) -> None:
    """Table, the cases behind a number, the card of the concept."""
    page.goto("/statistics/?period=2026-10")
    expect(page.locator("h1")).to_contain_text("2026年10月")
    _fine(page)
    row = page.locator("tr", has_text="清岚县法院").first
    row.get_by_role("link", name="3", exact=True).first.click()
    expect(page.locator("main")).to_contain_text("鲁9101民初1号")
    _fine(page)
    page.get_by_role("link", name=re.compile("新收")).first.click()
    expect(page.locator("main")).to_contain_text("立案日期在期内的")
    _fine(page)


def _drawn_up(page: Page) -> str:
    page.goto("/releases/new/")
    page.get_by_label("标题").fill("2026年10月全省收结案")
    page.get_by_label("发布方式").fill("统计公报")
    page.get_by_label("发布渠道").select_option("website")
    page.get_by_label("查询渠道").fill("省法院网站")
    page.get_by_label("发布时间").fill(OPENS)
    _fine(page)
    page.locator("main form button.primary").click()
    expect(page.locator("h1")).to_contain_text("2026年10月全省收结案")
    form = page.locator("form", has=page.get_by_role("heading", name="由统计算出"))
    for card in ("新收", "已结"):
        form.get_by_label(card, exact=True).check()
    form.get_by_label("期间").fill("2026-10")
    form.get_by_label("含所辖法院").check()
    form.get_by_role("button", name="算出并登记").click()
    _says(page, "2 个数")
    _fine(page)
    page.get_by_role("button", name="提请签发").click()
    expect(page.locator("h1")).to_contain_text("审批中")
    return page.url


def _checked_text(page: Page, text: str) -> str:
    """What the checker says of the only number in the text."""
    page.goto("/releases/check/")
    page.get_by_label("文字").fill(text)
    page.get_by_role("button", name="核对", exact=True).click()
    said = page.locator("#n1 td[data-label='结论']").inner_text()
    known = {"一致": "一致", "不同": "不同", "没有发布": "没有发布过"}
    return next((word for sign, word in known.items() if sign in said), said)


def test_somebody_applies_and_gets_a_marked_copy(visit: Visit, tmp_path: Path) -> None:
    clerk, office = visit("qinglan-civil1-lu"), visit("qinglan-tongji")
    clerk.goto("/releases/applications/new/")
    clerk.get_by_label("本院的案件信息").check()
    clerk.get_by_label("要用的数据").fill("民一庭未结案件数")
    clerk.get_by_label("用途").fill("庭务会通报")
    clerk.get_by_label("使用到").fill("2026-12-31")
    _fine(clerk)
    clerk.locator("main form button.primary").click()
    expect(clerk.locator("main")).to_contain_text("民一庭未结案件数")
    address = clerk.url
    _agreed(office, address)
    table = tmp_path / "未结.csv"
    table.write_text("部门,未结\n民一庭,2\n", encoding="utf-8")
    office.goto(address)
    office.get_by_text("提供一张表").click()
    office.get_by_label("名称").fill("民一庭未结")
    office.get_by_label("表格").set_input_files(str(table))
    office.get_by_label("来源").fill("统计报表")
    office.locator("form[enctype] button").click()
    expect(office.locator("main")).to_contain_text("民一庭未结")
    _fine(office)
    clerk.goto(address)
    _fine(clerk)
    with clerk.expect_download() as taken:
        clerk.get_by_role("button", name="xlsx").first.click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    office.goto("/releases/trace/")
    expect(office.locator("main")).to_contain_text("柳若川")
    _fine(office)


def _do(page: Page, address: str, verb: str, fields: dict[str, str], ticks: tuple[str, ...] = ()) -> None:
    """Open what can be done there, fill it in, send it."""
    page.goto(address)
    at_once = page.get_by_role("button", name=verb, exact=True)
    if at_once.count():
        at_once.first.click()
        expect(page.get_by_role("status").first).to_be_visible()
        return
    page.get_by_role("link", name=verb, exact=True).first.click()
    for label in ticks:
        page.get_by_label(label, exact=True).first.check()
    for label, value in fields.items():
        field = page.get_by_label(label, exact=False).first
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    _fine(page)
    page.locator("main form").get_by_role("button", name=verb).click()
    expect(page.get_by_role("status").first).to_be_visible()


def test_an_inspection_goes_from_the_plan_to_what_was_put_right(visit: Visit) -> None:
    office, head = visit("lanzhou-tongji"), visit("qinglan-civil1-tz")
    inspectors = [visit("lanzhou-shuju"), visit("lanzhou-jishu")]
    inspection = _planned(office)
    for name, tick in (("高知微", ("任组长",)), (_name_of(inspectors[1]), ())):
        _named(office, inspection, name, tick)
    for page in inspectors:
        _do(page, inspection, "声明回避情形", {})
    _do(office, inspection, "确定范围", {"案件范围": "十月立案的民事案件"}, ("民一庭",))
    _do(office, inspection, "下达检查", {})
    assert head.request.get(inspection).status == 404, "nothing is told before the team arrives"
    for page in inspectors:
        _do(page, inspection, "到场签到", {})
    _asked_and_answered(inspectors[0], head, inspection)
    finding = _found(inspectors[0], inspection)
    _through_the_heads(inspectors[1], inspection)
    _do(inspectors[0], inspection, "送交被检查方答复", {})
    _do(head, finding, "代表部门答复", {"答复": "属实，已更正。"}, ("承认",))
    _fine(head)
    _do(inspectors[0], inspection, "提交报告", {"检查情况": "总体较好。"}, ("限期整改",))
    for page in inspectors:
        _agreed(page, inspection)
    _do(office, finding, "提出改进意见", {"改进意见": "逐案核对立案日期。", "整改期限": "2026-11-30"})
    _put_right(office, head, inspectors[0], finding)
    _do(office, inspection, "办结", {})
    expect(office.locator("h1")).to_contain_text("已办结")
    _fine(office)


def _planned(page: Page) -> str:
    page.goto("/inspections/plans/new/")
    page.get_by_label("名称").fill("清岚县法院录入质量检查")
    page.get_by_label("专项检查").check()
    page.get_by_label("目的和依据").fill("核对录入质量。")
    page.get_by_label("开始日期").fill("2026-11-02")
    page.get_by_label("结束日期").fill("2026-11-13")
    page.get_by_label("清岚县法院").check()
    _fine(page)
    page.locator("main form button.primary").click()
    page.locator("main a[href^='/inspections/']").filter(has_text="清岚县").last.click()
    expect(page.locator("h1")).to_contain_text("准备中")
    _fine(page)
    return page.url


def _name_of(page: Page) -> str:
    """As the bar shows it."""
    found = re.search(r"(\S+)\s*，账户菜单", page.locator("header").first.inner_text())
    assert found is not None
    return found[1]


def _named(page: Page, inspection: str, name: str, ticks: tuple[str, ...]) -> None:
    page.goto(inspection)
    page.get_by_role("link", name="指派检查人员", exact=True).first.click()
    choice = page.locator("select[name=person] option", has_text=name).first.get_attribute("value")
    page.locator("select[name=person]").select_option(choice)
    for label in ticks:
        page.get_by_label(label).check()
    page.locator("main form button.primary").click()
    _says(page, "已指派")


def _asked_and_answered(inspector: Page, head: Page, inspection: str) -> None:
    asked = {"送达部门": "民一庭", "事由": "立案日期的核对", "查询事项或资料": "立案日期晚于收案日期的原因"}
    _do(inspector, inspection, "发检查查询书或者调取资料", asked)
    inspector.goto(inspection)
    inspector.locator("a[href*='/inspections/requests/']").first.click()
    letter = inspector.url
    _fine(inspector)
    _do(head, letter, "答复", {"答复": "两件录错，已列清单。"})
    _do(inspector, letter, "核对答复", {}, ("如实答复",))


def _found(page: Page, inspection: str) -> str:
    page.goto(inspection)
    page.get_by_role("link", name="收存证据", exact=True).first.click()
    page.get_by_label("证据名称").fill("立案登记簿照片")
    page.get_by_label("来源").fill("民一庭提供")
    page.get_by_label("取得时间").fill("2026-11-02T10:00")
    page.get_by_label("文件").set_input_files(
        files=[{"name": "登记簿.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 register"}]
    )
    _fine(page)
    page.locator("main form button.primary").click()
    _says(page, "已收存")
    said = {"检查内容": "数据真实性", "责任部门": "民一庭", "问题": "立案日期与卷宗不符",
            "事实和依据": "抽查二十件，两件不符。", "原因": "疏忽"}  # fmt: skip
    page.goto(inspection)
    page.get_by_role("link", name="登记问题", exact=True).first.click()
    page.locator("input[name=evidence]").first.check()
    for label, value in said.items():
        field = page.get_by_label(label, exact=False).first
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    _fine(page)
    page.locator("main form button.primary").click()
    _says(page, "已登记")
    page.goto(inspection)
    page.locator("a[href*='/inspections/findings/']").first.click()
    _fine(page)
    return page.url


def _through_the_heads(page: Page, inspection: str) -> None:
    for head in (
        "数据完整性",
        "录入及时性",
        "信息分析",
        "质量评估",
        "制度建设",
        "保存、管理、共享和公开",
        "保密",
    ):
        page.goto(inspection)
        page.get_by_role("link", name="填写检查内容", exact=True).first.click()
        page.get_by_label("检查内容").select_option(label=head)
        page.get_by_label("未发现问题").check()
        page.locator("main form button.primary").click()
        expect(page.get_by_role("status").first).to_be_visible()


def _put_right(office: Page, head: Page, inspector: Page, finding: str) -> None:
    office.goto(finding)
    office.locator(
        "main a[href*='/inspections/rectifications/'], aside.pane a[href*='/inspections/rectifications/']"
    ).first.click()
    work = office.url
    head.goto(work)
    _fine(head)
    head.get_by_label("办理情况").fill("已核对三百二十件。")
    head.get_by_role("button", name=re.compile("整改完成")).click()
    expect(head.locator("h1")).to_contain_text("待复查")
    _agreed(inspector, work)
    expect(inspector.locator("h1")).to_contain_text("已验收")
    _fine(inspector)
