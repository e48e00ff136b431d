"""Five people walk the indicators and the desk of the city: 技术处, a lead, a head who explains, a lawyer without account."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from support.browsing import DESK, PHONE, Place
from support.staging import Visit, staged, visits

pytestmark = pytest.mark.browser
STARTS = "2026-11-18T10:00"  # a Wednesday, six days after the notice of October


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A server with the city of the demo."""
    with staged(tmp_path_factory.mktemp("city"), "support.small_city", STARTS) as place:
        yield place


@pytest.fixture
def visit(city: Place, browser: Browser) -> Iterator[Visit]:
    with visits(city, browser) as enter:
        yield enter


def test_a_head_explains_and_the_office_reviews(visit: Visit) -> None:
    office = visit("zy-jishu")
    office.goto("/indicators/explanations/")
    row = office.locator("[data-row]", has_text="待说明").first
    unit = row.locator("[data-open]").inner_text()
    where = row.locator("[data-open]").get_attribute("href") or ""
    head = visit(HEADS[unit])
    head.goto("/")
    expect(head.locator("main")).to_contain_text("情况说明")
    head.goto(where)
    expect(head.locator("main")).to_contain_text("还差")
    head.get_by_label("原因分析").fill("窗口改造期间线下办理较多。")
    head.get_by_label("整改措施").fill("十二月起全部引导线上办理，每周核对。")
    head.get_by_role("button", name="签署并提交").click()
    expect(head.get_by_role("status").first).to_contain_text("已提交")
    office.goto(where)
    office.get_by_role("button", name=re.compile("审阅通过")).click()
    office.get_by_role("button", name="已报领导小组").click()
    expect(office.locator("h1")).to_contain_text("已报领导小组")


HEADS = {
    "澜东区法院": "zy-landong", "澜西区法院": "zy-lanxi", "云杉县法院": "zy-yunshan", "松陵县法院": "zy-songling",
    "柏川县法院": "zy-baichuan", "枕河县法院": "zy-zhenhe", "雁回县法院": "zy-yanhui", "明霞县法院": "zy-mingxia",
    "清荷市法院": "zy-qinghe", "澜北开发区法院": "zy-lanbei",
}  # fmt: skip


def test_a_lead_proposes_a_target_and_the_office_decides(visit: Visit) -> None:
    lead = visit("zy-lian")
    lead.goto("/indicators/payment_rate/")
    lead.get_by_text("提出调整").click()
    form = lead.locator("form[action$='/target/']")
    form.get_by_label("起用日期").fill("2026-12-01")
    form.get_by_label("标准").fill("92")
    form.get_by_label("理由").fill("全省平均升到 91%。")
    form.get_by_label("依据的上级通报").fill("省法院十月通报")
    form.get_by_role("button", name="提出").click()
    expect(lead.locator("main")).to_contain_text("待审议")
    office = visit("zy-jishu")
    office.goto("/indicators/payment_rate/")
    office.get_by_label("审议意见").fill("第 4 次例会通过")
    office.get_by_role("button", name="通过", exact=True).click()
    expect(office.locator("main")).to_contain_text("已施行")


def test_the_office_opens_a_figure_down_to_its_cases(visit: Visit) -> None:
    office = visit("zy-jishu")
    office.goto("/indicators/filing_rate/?period=2026-10")
    office.locator("tr", has_text="立案庭").get_by_role("link", name="查看").first.click()
    expect(office.locator("main")).to_contain_text("误录为窗口立案")
    office.get_by_role("link", name="查看案件").last.click()
    expect(office.locator("main")).to_contain_text("这个数已被更正")
    office.get_by_role("link", name=re.compile("计入分母的")).click()
    expect(office.locator("main table")).to_contain_text("民初")


def test_the_office_gives_the_leads_their_figures(visit: Visit) -> None:
    office = visit("zy-jishu")
    office.goto("/indicators/leads/")
    office.get_by_label("期间").fill("2026-09")
    office.get_by_role("button", name="向各牵头部门提供数据").click()
    expect(office.get_by_role("status").first).to_contain_text("数据没有变动")
    lead = visit("zy-lian", PHONE)
    lead.goto("/indicators/leads/")
    expect(lead.locator("main")).to_contain_text("提供给牵头部门的数据")
    expect(lead.locator("main")).to_contain_text("牵头部门也考核自己")


def test_a_head_keeps_the_register_of_competence(visit: Visit) -> None:
    head = visit("zy-minyi")
    head.goto("/desk/skills/")
    head.locator("summary", has_text="必需的系统").click()
    head.locator("textarea[name=systems]").fill("网上开庭\n文书纠错\n一键归档")
    head.get_by_role("button", name="保存").click()
    expect(head.locator("main table")).to_contain_text("一键归档")
    form = head.locator("form[action$='/record/']")
    form.get_by_label("温如许").check()
    form.get_by_label("日期").fill("2026-11-10")
    form.get_by_label("依据").fill("十一月上机考核 93 分")
    form.get_by_role("button", name="登记").click()
    expect(head.locator("main")).to_contain_text("十一月上机考核 93 分")
    staff = visit("zy-ganjing", PHONE)
    staff.goto("/desk/skills/")
    expect(staff.locator("main")).to_contain_text("培训合格")


def test_a_lawyer_without_account_gets_an_answer(visit: Visit) -> None:
    lawyer = visit(None, PHONE)
    lawyer.goto("/desk/ask/")
    lawyer.get_by_label("律师").check()
    lawyer.get_by_label("一句话说明").fill("网上阅卷打不开")
    lawyer.get_by_label("详细情况").fill("点击后白屏，换电脑也一样。")
    time.sleep(4.2)  # nobody fills in the form faster
    lawyer.get_by_role("button", name="提交").click()
    expect(lawyer.locator("h1")).to_contain_text("网上阅卷打不开")
    where = lawyer.url
    office = visit("zy-jishu")
    office.goto("/desk/tickets/?state=new")
    office.get_by_role("link", name="网上阅卷打不开").click()
    office.get_by_label("答复").fill("请更新浏览器插件，已电话指导。")
    office.get_by_role("button", name="答复").click()
    lawyer.goto(where)
    expect(lawyer.locator("main")).to_contain_text("请更新浏览器插件")
    lawyer.get_by_label("很满意").check()
    lawyer.get_by_role("button", name="评价").click()
    expect(lawyer.locator("main")).to_contain_text("您的评价：5 分")


PAGES = (
    "/indicators/", "/indicators/filing_rate/", "/indicators/figures/", "/indicators/notices/",
    "/indicators/explanations/", "/indicators/uploads/", "/desk/tickets/", "/desk/tickets/new/", "/desk/meetings/",
    "/desk/systems/", "/desk/checklist/", "/desk/skills/", "/indicators/leads/", "/indicators/records/",
    "/indicators/compute/2026-10/",
)  # fmt: skip


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
def test_every_page_is_accessible_and_fits(visit: Visit, size: dict[str, int]) -> None:
    page = visit("zy-jishu", size)
    faults = []
    for address in (*PAGES, _first(page, "/indicators/notices/"), _first(page, "/desk/meetings/")):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            faults.append(f"{address}: {wide} px too wide")
        for fault in Axe().run(page).response["violations"]:
            faults.append(f"{address}: {fault['id']} {fault['nodes'][0]['html'][:120]}")
    assert not faults, "\n".join(faults)


def _first(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("[data-open]").first.get_attribute("href") or address


def test_what_a_pane_offers_can_be_pressed(visit: Visit) -> None:
    """A question goes to the next meeting from the pane beside it, wide and on a phone."""
    for place, size in enumerate((DESK, PHONE)):
        office = visit("zy-jishu", size)
        office.goto("/desk/tickets/?state=new")
        office.locator("main tr[data-row] a[data-open]").nth(place).click()
        office.locator("summary", has_text="提交例会").click()
        office.get_by_label("为什么要研究").fill("几个法院都有，需要一起研究。")
        office.get_by_role("button", name="提交例会").click()
        expect(office.locator("main, aside").first).to_contain_text("几个法院都有")
        expect(office.get_by_label("办理").first).to_contain_text("列入下次议程")
