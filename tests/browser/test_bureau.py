"""The bureau of justice at work: a problem reported, two signatures, the way out and its exception, an asked text, mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browsing import Place
from support.staging import Visit, faults, staged, visits

pytestmark = pytest.mark.browser
STARTS = "2026-11-18T10:00"  # a Wednesday in the fourth quarter
TITLE = "城关司法所反映调解员补贴发放不及时的问题"
BODY = "\n".join(
    ("城关司法所走访十二个村居，听取调解员意见四十余条，发现补贴发放周期过长，影响工作积极性。",) * 20
)


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with staged(tmp_path_factory.mktemp("bureau"), "support.small_bureau", STARTS) as place:
        yield place


@pytest.fixture
def visit(bureau: Place, browser: Browser) -> Iterator[Visit]:
    with visits(bureau, browser) as enter:
        yield enter


def _said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words)


def _write(page: Page, title: str, category: str, body: str = BODY) -> str:
    """A draft of the department, saved and sent to its head."""
    page.get_by_label("标题").fill(title)
    page.get_by_label("正文").fill(body)
    page.get_by_label("类型", exact=False).first.select_option(label=category)
    page.get_by_role("button", name="保存并报送").click()
    page.get_by_role("button", name="确认报送").click()
    _said(page, "审核中")
    return page.url


def _agree(page: Page, title: str, words: str) -> None:
    page.goto("/bulletins/review/")
    page.locator("[data-rows] a", has_text=title).click()
    expect(page.locator(".paper h2")).to_have_text(title)
    page.get_by_role("button", name=re.compile("^同意")).click()
    _said(page, words)


def _receive(page: Page, title: str) -> None:
    page.goto("/bulletins/review/?scope=office")
    page.locator("[data-rows] a", has_text=title).click()
    expect(page.locator(".paper h2")).to_have_text(title)
    page.get_by_role("button", name=re.compile("^签收")).click()
    _said(page, "已签收")


def _signed_by_two(visit: Visit, title: str) -> None:
    _agree(visit("sf-suozhang"), title, "审核中")
    _agree(visit("sf-fenguan"), title, "待签收")


def test_a_problem_goes_up_through_the_office(visit: Visit) -> None:
    writer = visit("sf-lianluo")
    writer.goto("/bulletins/items/new/")
    writer.get_by_label("标题").fill(TITLE)
    writer.get_by_label("类型", exact=False).first.select_option(label="问题类信息")
    writer.get_by_label("正文").fill(f"{BODY}\n其中三名干部的任免尚未落实，经费缺口十二万元。")
    beside = writer.get_by_label("随写随查")
    expect(beside).to_contain_text(re.compile("人事|经费"))
    address = _write(writer, TITLE, "问题类信息")
    _signed_by_two(visit, TITLE)
    office = visit("sf-bangong")
    _receive(office, TITLE)
    office.goto(address)
    office.get_by_role("link", name="提请上报").click()
    office.get_by_label("收件单位").fill("澜州市司法局办公室")
    for box in office.get_by_role("checkbox").all()[:1]:
        box.check()
    office.get_by_role("button", name="提请审核").click()
    _said(office, "已提请审核")
    chief = visit("sf-juzhang")
    chief.goto("/")
    expect(chief.locator("main")).to_contain_text(TITLE)
    chief.goto(office.url)
    chief.get_by_role("button", name=re.compile("^同意")).click()
    office.reload()
    office.get_by_role("button", name="登记已报出").click()
    _said(office, "已登记报出")


def test_a_department_asked_directly_leaves_a_copy_in_the_ledger(visit: Visit) -> None:
    title = "城关司法所人民调解工作情况"
    writer = visit("sf-lianluo")
    writer.goto("/bulletins/items/new/")
    address = _write(writer, title, "经验类信息")
    _signed_by_two(visit, title)
    head = visit("sf-suozhang")
    head.goto(address)
    head.get_by_role("link", name=re.compile("由业务股室上报")).click()
    head.get_by_label("收件单位").fill("澜州市司法局人民参与处")
    head.get_by_label("理由").fill("市局业务处室今天上午电话要求当日报送。")
    head.get_by_role("button", name="提请审核").click()
    deputy = visit("sf-fenguan")
    deputy.goto(head.url)
    deputy.get_by_role("button", name=re.compile("^同意")).click()
    head.reload()
    head.get_by_role("button", name="登记已报出").click()
    _said(head, "已登记报出")
    office = visit("sf-bangong")
    office.goto("/bulletins/outward/?way=direct")
    row = office.locator("[data-row]", has_text=title)
    expect(row).to_contain_text("直接报送")
    expect(row).to_contain_text("已报出")


def test_a_text_asked_for_is_assigned_written_and_closed(visit: Visit) -> None:
    asked, title = "基层调解工作经验", "城关司法所调解工作的几点做法"
    office = visit("sf-bangong")
    office.goto("/bulletins/commissions/new/")
    office.get_by_label("约稿单位").fill("澜州市司法局办公室")
    office.get_by_label("题目").fill(asked)
    office.get_by_label("节点").fill("2026-11-25T12:00")
    office.get_by_label("承办部门").select_option(label="城关司法所")
    office.get_by_role("button", name="登记", exact=True).click()
    address = office.url
    head = visit("sf-suozhang")
    head.goto("/")
    expect(head.locator("main")).to_contain_text(asked)
    head.goto(address)
    head.get_by_role("button", name="承办", exact=True).click()
    writer = visit("sf-lianluo")
    writer.goto(address)
    writer.get_by_role("link", name="起草新的一篇").click()
    _write(writer, title, "经验类信息")
    _signed_by_two(visit, title)
    _receive(office, title)
    office.goto("/bulletins/commissions/")
    row = office.locator("[data-row]", has_text=asked)
    expect(row).to_contain_text("已报送")
    expect(row).to_contain_text("按节点")
    assert not faults(visit("sf-bangong", bypass_csp=True), address)


def test_a_mail_arrives_while_you_watch_and_is_placed_by_two_keys(visit: Visit, tmp_path: Path) -> None:
    watching, other = visit("sf-bangong"), visit("sf-bangong")
    watching.goto("/mailroom/in/")
    _send(other, tmp_path, "（城关镇所）+送法进夜市")
    expect(watching.locator("#letters")).to_contain_text("送法进夜市")  # nobody pressed anything
    watching.locator("#letters a", has_text="送法进夜市").click()
    near = watching.get_by_role("group", name="可能的部门")
    expect(near).to_contain_text("城关司法所")
    watching.keyboard.press("1")
    watching.keyboard.press("a")
    _said(watching, "已登记为")
    _send(other, tmp_path, "（城关镇所）+送法进茶馆")
    expect(other.locator("main")).to_contain_text("已登记")
    other.goto("/mailroom/in/?scope=filed")
    expect(other.locator("#letters")).to_contain_text("送法进茶馆")


def _send(page: Page, folder: Path, subject: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "城关 <gate@bureau.invalid>"
    message["Message-ID"] = f"<{abs(hash(subject))}@bureau.invalid>"
    message.set_content("工作人员走进市场，发放资料二百余份，现场解答咨询三十人次，当场调处纠纷两件。")
    file = folder / "letter.eml"
    file.write_bytes(message.as_bytes())
    page.goto("/mailroom/in/upload/")
    page.get_by_label("邮件文件").set_input_files(file)
    page.get_by_role("button", name=re.compile("导入")).last.click()
    expect(page.locator("main")).to_contain_text("送法进")


def test_a_violation_is_answered_and_decided(visit: Visit) -> None:
    office = visit("sf-bangong")
    office.goto("/bulletins/faults/violation/")
    office.get_by_label("责任部门").select_option(label="城关司法所")
    office.get_by_label("情形").select_option(label="漏报")
    office.get_by_label("经过和依据").fill("十月的专项活动没有报送信息，有活动签到表为证。")
    office.get_by_role("button", name="提出", exact=True).click()
    head = visit("sf-suozhang")
    head.goto(office.url)
    head.get_by_label("申辩", exact=False).fill("活动由县里统一组织，信息已由牵头部门报送。")
    head.get_by_role("button", name="提交申辩").click()
    chief = visit("sf-juzhang")
    chief.goto(office.url)
    expect(chief.locator("main")).to_contain_text("活动由县里统一组织")
    chief.get_by_label("不成立", exact=False).check()
    chief.locator("form[action$='/decide/'] textarea").fill("牵头部门确已报送，不重复追究。")
    chief.get_by_role("button", name="作出认定").click()
    _said(chief, "已办理")


def test_progress_and_the_notice_of_the_quarter(visit: Visit) -> None:
    writer = visit("sf-lianluo")
    writer.goto("/progress/")
    expect(writer.locator("main")).to_contain_text("城关司法所")
    office = visit("sf-bangong")
    office.goto("/points/notices/")
    office.get_by_label("期间").fill("2026Q3")
    office.get_by_role("button", name="拟制通报").click()
    expect(office.locator("h1")).to_contain_text("2026年第三季度")
    expect(office.locator("main")).to_contain_text("被采用的信息")
    office.get_by_role("button", name="送审批").click()
    for who, verb in (("sf-fenguan", "同意"), ("sf-juzhang", "签发")):
        signer = visit(who)
        signer.goto(office.url)
        signer.get_by_role("button", name=verb, exact=True).click()
        expect(signer.get_by_role("status").first).to_be_visible()
    office.reload()
    office.get_by_role("button", name="印发").click()
    _said(office, "已印发")


PAGES = {
    "sf-bangong": (
        "/", "/overview/", "/progress/", "/plans/", "/mailroom/in/", "/mailroom/in/upload/", "/bulletins/commissions/",
        "/bulletins/outward/", "/bulletins/faults/", "/bulletins/faults/silence/", "/points/notices/",
        "/points/work/people/", "/points/work/assessment/", "/registers/",
        "/bulletins/commissions/new/", "/bulletins/commissions/statistics/",
    ),
    "sf-lianluo": ("/", "/quota/", "/bulletins/items/new/"),
    "sf-anquan": ("/org/accounts/",), "sf-shenji": ("/audit/",), "sf-xitong": ("/org/", "/service/"),
}  # fmt: skip


@pytest.mark.parametrize("who", PAGES)
def test_every_page_visited_is_accessible_and_fits(visit: Visit, who: str) -> None:
    page = visit(who, bypass_csp=True)
    found = [fault for address in PAGES[who] for fault in faults(page, address)]
    assert not found, "\n".join(found)
