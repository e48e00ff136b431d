"""Every page of everybody's menu: reachable, accessible (axe), as wide as the window, without a complaint of the browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from support.browsing import DESK, PHONE, Enter, sign_in

pytestmark = pytest.mark.browser

ROLES = (
    "xinxiyuan",
    "tingzhang",
    "fenguan",
    "yuanzhang",
    "bianji",
    "zhuren",
    "zhiban",
    "xitong",
    "anquan",
    "shenji",
)
ALSO = ("/accounts/2fa/", "/accounts/password/change/", "/ui/keys/", "/ui/search/?q=民一庭", "/ui/patterns/")
# one page of every kind that lies behind the menu: where to begin, and which link to follow
BEHIND = {
    "xinxiyuan": (
        ("/bulletins/items/", "[data-open]"),
        ("/bulletins/intranet/", "[data-open]"),
        ("/bulletins/editions/", "[data-open]"),
        ("/points/", "main table a"),
        ("/points/notices/", "main table a"),
    ),
    "bianji": (
        ("/bulletins/desk/", "[data-open]"),
        ("/bulletins/desk/facts/", "[data-open]"),
        ("/regs/", "main table a, main .card a"),
        ("/points/", "main table a"),
    ),
    "xitong": (("/org/", "main table a"),),
    "shenji": (("/audit/", "main table a"),),
}


@pytest.mark.parametrize("who", ROLES)
def test_every_page_of_the_menu_is_sound(enter: Enter, who: str) -> None:
    """First as the browser of a user sees it (policy in force), then with axe, at two widths."""
    page = enter(who)
    page.goto("/")
    menu = page.eval_on_selector_all(".side a", "found => found.map(a => a.getAttribute('href'))")
    assert len(menu) == len(set(menu)) > 3
    addresses = [*menu, *(ALSO if who == "xinxiyuan" else ())]
    addresses += [found for begin, link in BEHIND.get(who, ()) if (found := _first(page, begin, link))]
    audited = enter(who, bypass_csp=True)
    faults = [fault for address in addresses for fault in _faults(audited, address)]
    assert not faults, "\n".join(faults)


def _first(page: Page, begin: str, link: str) -> str:
    page.goto(begin)
    found = page.locator(link).first
    assert found.count(), f"{begin} leads nowhere"
    return str(found.get_attribute("href"))


seen_on_a_phone: set[str] = set()


def _faults(page: Page, address: str) -> list[str]:
    """Wide, axe looks at everybody's page; narrow, once an address, which is enough to find what a layout does."""
    page.set_viewport_size(DESK)
    answer = page.goto(address)
    found = [] if answer and answer.status == 200 else [f"{address}: {answer and answer.status}"]
    if page.locator("h1").count() != 1:
        found.append(f"{address}: not one heading")
    found += [f"{address} wide: {text}" for text in [*_too_wide(page), *_axe(page)]]
    page.set_viewport_size(PHONE)
    found += [f"{address} narrow: {text}" for text in _too_wide(page)]
    if address not in seen_on_a_phone:
        found += [f"{address} narrow: {text}" for text in _axe(page)]
    seen_on_a_phone.add(address)
    return found


def _too_wide(page: Page) -> list[str]:
    spare = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls sideways by {spare} px"] if spare > 0 else []


def _axe(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations]


def test_pages_before_signing_in(enter: Enter) -> None:
    page = enter(None, bypass_csp=True)
    assert not _faults(page, "/accounts/login/")
    page.goto("/bulletins/items/")
    assert "/accounts/login/?next=" in page.url


def test_wrong_passwords_lock_the_name(enter: Enter) -> None:
    page = enter(None)
    for _ in range(5):
        sign_in(page, "futing", "wrong-Password-1")
        expect(page.get_by_role("alert")).to_contain_text("用户名或口令不正确")
    sign_in(page, "futing", "wrong-Password-1")
    expect(page.get_by_role("alert")).to_contain_text("锁定")


def test_second_factor_is_within_reach(enter: Enter) -> None:
    page = enter("zhiban")
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="启用").first.click()
    password, code = page.get_by_label("口令"), page.get_by_label("验证码", exact=False).first
    expect(password.or_(code).first).to_be_visible()  # a session of some minutes is asked again
    if password.count():
        password.fill("Qinglan-2026")
        page.get_by_role("button", name="确认").click()
    expect(code).to_be_visible()
