"""From upload to closed correction and signed report: clerk, head, statistician, data manager above, province."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from support.browsing import PHONE, Place
from support.staging import Visit, one_page_each, staged

pytestmark = pytest.mark.browser
STARTS = "2026-11-01T10:00"
HEAD = (
    "案件标识,案号,经办法院代字,经办法院,承办部门,案件类别,类型代字,收案日期,立案日期,结案日期,结案方式,审级,案件来源,案由,"
    "原告,被告,收案年度\n"
)
GOOD = (
    "k1,（2026）鲁9101民初1号,鲁9101,清岚县人民法院,民一庭,民事,民初,2026-10-08,2026-10-08,,,一审,新收,买卖合同纠纷,"
    "闻若川,檀清和,2026\n"
)
BAD = (
    "k2,（2026）鲁9101民初2号,鲁9101,清岚县人民法院,民一庭,民事,民初,2026-10-09,2026-10-09,2026-10-02,判决,一审,新收,"
    "买卖合同纠纷,祁予安,裴知远,2026\n"
)
TORN = GOOD.replace("k1,", "k3,").replace("2026-10-08,2026-10-08", "2026-10-08,十月")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A server with the people of the province."""
    with staged(tmp_path_factory.mktemp("province"), "support.small_province", STARTS) as place:
        yield place


@pytest.fixture
def visit(province: Place, browser: Browser) -> Iterator[Visit]:
    with one_page_each(province, browser, "jl-") as enter:
        yield enter


def _checked(page: Page) -> None:
    """Nothing a reader with a screen reader or a keyboard would stumble over."""
    found = Axe().run(page).response["violations"]
    assert not found, "\n".join(f"{page.url}: {v['id']} {v['nodes'][0]['html'][:160]}" for v in found)


def test_a_case_goes_from_the_file_to_the_closed_correction(visit: Visit, tmp_path: Path) -> None:
    _uploaded(visit("qinglan-tongji"), tmp_path)
    _run(visit("high-chuzhang"))
    finding = _reported(visit)
    _judged(visit("lanzhou-shuju"), finding)
    correction = _proposed(visit("qinglan-civil1-lu"), finding)
    _agreed(visit("qinglan-civil1-tz"), correction)
    _agreed(visit("qinglan-tongji"), correction)
    expect(visit("qinglan-tongji").locator("h1")).to_contain_text("已入库")
    _run(visit("high-chuzhang"))
    clerk = visit("qinglan-civil1-lu")
    clerk.goto(finding)
    expect(clerk.locator("h1")).to_contain_text("已销号")
    expect(clerk.locator("aside.pane")).to_contain_text("复检销号")
    _checked(clerk)
    _signed_report(visit)


def _uploaded(page: Page, folder: Path) -> None:
    """Two rows are taken, the torn one comes back with its reason."""
    file = folder / "十月案件.csv"
    file.write_bytes((HEAD + GOOD + BAD + TORN).encode("gbk"))
    page.goto("/cases/uploads/")
    page.get_by_label("文件").first.set_input_files(str(file))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("main")).to_contain_text("各列对应")
    _checked(page)
    page.get_by_role("button", name=re.compile("入库 3 行")).click()
    expect(page.locator("main")).to_contain_text("退回的原因")
    expect(page.locator(".tile.good")).to_contain_text("2")


def _run(page: Page) -> None:
    page.goto("/cases/")
    page.get_by_role("button", name=re.compile("现在检查")).click()
    expect(page.get_by_role("status").first).to_contain_text("已检查")
    _checked(page)


def _reported(visit: Visit) -> str:
    """The weekly report is drawn up by the technicians and sent by the statistician; the address of the finding."""
    page = visit("qinglan-jishu")
    page.goto("/cases/bundles/")
    page.get_by_role("button", name="汇总本周的问题").click()
    expect(page.locator("main")).to_contain_text("结案日期早于立案日期")
    bundle = page.url
    page.get_by_role("button", name="送统计部门报送").click()
    expect(page.locator("aside.pane")).to_contain_text("等待")
    sender = visit("qinglan-tongji")
    sender.goto(bundle)
    sender.get_by_role("button", name=re.compile("同意")).click()
    expect(sender.locator("h1")).to_contain_text("已报送")
    row = sender.locator("[data-row]", has_text="结案日期早于立案日期")
    return row.locator("[data-open]").get_attribute("href") or ""


def _judged(page: Page, finding: str) -> None:
    page.goto(finding)
    expect(page.locator("main")).to_contain_text("closed_on < accepted_on")
    _checked(page)
    page.get_by_label("录入错误").check()
    page.get_by_role("button", name="判断", exact=True).click()
    expect(page.locator("h1")).to_contain_text("待纠正")


def _proposed(page: Page, finding: str) -> str:
    page.goto(finding)
    form = page.locator("#correct")
    form.get_by_label("结案日期").fill("2026-10-29")
    form.get_by_label("理由和依据的文书").fill("结案审批表为十月二十九日。")
    _checked(page)
    form.get_by_role("button", name="提出纠正").click()
    expect(page.get_by_role("status").first).to_contain_text("已提出纠正")
    return page.locator("aside.pane a[href*='/corrections/']").first.get_attribute("href") or ""


def _agreed(page: Page, correction: str) -> None:
    page.goto(correction)
    expect(page.locator("del").first).to_contain_text("2026-10-02")
    page.get_by_role("button", name=re.compile("同意")).click()
    expect(page.locator("aside.pane")).to_contain_text("同意")


def _signed_report(visit: Visit) -> None:
    """Prepared, a cause written by the court, signed by two and the president, issued, read by the clerk."""
    office = visit("high-tongji")
    office.goto("/cases/reports/")
    office.get_by_label("月份").fill("2026-10")
    office.get_by_role("button", name="拟制报告").click()
    expect(office.locator("h1")).to_contain_text("2026年10月")
    _checked(office)
    report = office.url
    court = visit("qinglan-tongji")
    court.goto(report)
    court.get_by_label("原因").fill("录入时看错行。")
    court.get_by_label("改进措施").fill("双人核对一个月。")
    court.get_by_role("button", name="填写", exact=True).click()
    expect(court.locator("main")).to_contain_text("双人核对一个月")
    _checked(court)
    office.goto(report)
    office.get_by_role("button", name="送审").click()
    expect(office.locator("h1")).to_contain_text("审批中")
    for who in ("high-tongji3", "high-tongji4", "high-yuanzhang"):
        signer = visit(who)
        signer.goto(report)
        signer.get_by_role("button", name=re.compile("同意")).click()
        expect(signer.locator("aside.pane")).to_contain_text("同意")
    office.goto(report)
    office.get_by_role("button", name="印发").click()
    expect(office.get_by_role("status").first).to_contain_text("质报〔2026〕1号")
    reader = visit("qinglan-civil1-lu")
    reader.set_viewport_size(PHONE)
    reader.goto(report)
    expect(reader.locator("main")).to_contain_text("双人核对一个月")
    _checked(reader)
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


JUDGMENT = """清岚县人民法院
民事判决书
（2026）鲁9101民初1号
原告：闻若川，男，1980年2月3日出生，汉族，住清岚县东街1号。
被告：檀清如，女，1985年5月6日出生，汉族，住清岚县西街2号。
原告闻若川与被告檀清如买卖合同纠纷一案，本院于2026年10月8日立案后，公开开庭进行了审理。本案现已审理终结。
依照《中华人民共和国民法典》第六百二十六条规定，判决如下：
檀清如于本判决生效之日起十日内支付闻若川货款10000元。
审判员　安衡
二〇二六年十月三十日
书记员　魏记
"""


def test_a_document_is_decided_by_key_and_goes_on_as_a_correction(visit: Visit, tmp_path: Path) -> None:
    _uploaded(visit("qinglan-tongji"), tmp_path)
    page = visit("qinglan-civil1-lu")
    page.goto("/papers/")
    _checked(page)
    page.get_by_label("或者粘贴文书").fill(JUDGMENT)
    page.get_by_role("button", name="提交核对").click()
    expect(page.locator("h1")).to_contain_text("（2026）鲁9101民初1号")
    expect(page.locator("mark.differs", has_text="檀清如")).to_be_visible()
    _checked(page)
    page.wait_for_load_state()
    rows = page.locator("tr[data-decide]")
    for _ in range(rows.count()):
        page.keyboard.press("j")
        own = "defendant" in (page.locator("tr.here").get_attribute("data-item") or "")
        page.keyboard.press("y" if own else "n")
    assert page.locator("input:checked").count() == rows.count()
    page.get_by_role("button", name="记下决定").click()
    expect(page.get_by_role("status").first).to_contain_text(f"{rows.count()} 项决定")
    page.set_viewport_size(PHONE)
    _checked(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    page.get_by_role("button", name="提出纠正").click()
    expect(page.locator("main")).to_contain_text("文书核对")
    expect(page.locator("del").first).to_contain_text("檀清和")
