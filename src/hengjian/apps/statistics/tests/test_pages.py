"""Every page for those it is for, and nothing of another court for anybody else."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from hengjian.apps.audit.models import Entry
from hengjian.apps.cases.models import CaseLook
from hengjian.apps.statistics.conftest import Story
from hengjian.apps.statistics.trends import Odd
from hengjian.figures.spans import Span
from hengjian.statistics.unusual import Unusual

pytestmark = pytest.mark.django_db
LISTS = ("", "agreement/", "trends/", "cards/", "surveys/", "analyses/", "suggestions/", "reports/new/", "surveys/new/",
         "analyses/new/", "suggestions/new/")  # fmt: skip


def cell(court: str, card: str = "filed", period: str = "2026-01", **more: str) -> str:
    extra = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    return f"/statistics/cell/?card={card}&court={quote(court, safe='')}&period={period}{extra}"


def test_every_list_opens_for_the_offices(story: Story) -> None:
    for who in ("chief", "county"):
        client = story.client(who)
        for path in LISTS:
            assert client.get(f"/statistics/{path}").status_code == 200, (who, path)
    assert story.client("chief").get("/statistics/cards/new/?from=filed").status_code == 200


def test_the_province_sees_all_courts_and_others_only_their_own(story: Story) -> None:
    whole = story.client("chief").get("/statistics/?period=2026-01&kinds=on").content.decode()
    assert "江岚省高级人民法院及所辖法院" in whole and "望溪县人民法院" in whole
    for who, own in (
        ("county", "清岚县人民法院"),
        ("city", "澜州市中级人民法院"),
        ("president", "清岚县人民法院"),
    ):
        shown = story.client(who).get("/statistics/?period=2026-01").content.decode()
        assert own in shown and "望溪县人民法院" not in shown and "及所辖法院" not in shown
        assert ("三级印证" in shown) == (who != "president")
    assert story.client("clerk").get("/statistics/").status_code == 403


@pytest.mark.parametrize("court", ["鲁9902", "鲁+", "鲁99", "京"])
def test_a_foreign_number_is_not_there(story: Story, court: str) -> None:
    assert story.client("county").get(cell(court)).status_code == 404


def test_behind_a_number_are_its_cases_and_the_look_is_on_record(story: Story) -> None:
    page = story.client("county").get(cell("鲁9901"))
    shown = page.content.decode()
    assert page.status_code == 200 and "民初2号" in shown and "民初3号" in shown and "民初1号" not in shown
    entry = Entry.objects.filter(action="statistics.cell.look").latest("n")
    assert json.loads(entry.payload)["version"] == story.dataset.version
    assert story.client("county").get("/statistics/cases/c2/").status_code == 200
    assert CaseLook.objects.filter(case_id="c2").count() == 1
    assert story.client("county").get("/statistics/cases/c4/").status_code == 404


def test_a_case_leads_back_to_every_number_that_counts_it(story: Story) -> None:
    shown = story.client("chief").get("/statistics/cases/c2/?period=2026-01").content.decode()
    assert cell("鲁9901", period="2026-01").replace("&", "&amp;") + "&amp;dims=" in shown
    assert "新收" in shown and "江岚省高级人民法院及所辖法院" in shown
    own = story.client("county").get("/statistics/cases/c2/?period=2026-01").content.decode()
    assert "新收" in own and "及所辖法院" not in own
    none = story.client("county").get("/statistics/cases/c2/?period=2020-01").content.decode()
    assert "这一期没有数计入这件案件" in none
    assert "的。" in story.client("county").get("/statistics/cases/c2/?period=xx").content.decode()


def test_a_deputy_sees_numbers_but_no_list_of_cases(story: Story) -> None:
    shown = story.client("deputy").get(cell("鲁9901")).content.decode()
    assert "不看案件清单" in shown and "民初2号" not in shown
    assert story.client("deputy").get("/statistics/cases/c2/").status_code == 403


def test_a_past_version_is_shown_as_it_was(changing: Story) -> None:
    first = changing.dataset.version
    changing.put(("c2", "鲁9901", "刑事", "2026-02-05", None))
    assert "民初2号" not in changing.client("county").get(cell("鲁9901")).content.decode()
    assert "民初2号" in changing.client("county").get(cell("鲁9901", version=str(first))).content.decode()
    assert changing.client("county").get(cell("鲁9901", version="99999")).status_code == 404


def test_a_breach_is_shown_to_its_court_only(changing: Story) -> None:
    changing.put(("c8", "鲁9902", "民事", "2026-01-20", "2025-12-30"))
    assert "c8" in changing.client("neighbour").get("/statistics/?period=2026-01").content.decode()
    assert "c8" in changing.client("chief").get("/statistics/?period=2026-01").content.decode()
    assert "c8" not in changing.client("county").get("/statistics/?period=2026-01").content.decode()


@pytest.mark.parametrize("path", ["?version=999", "trends/?card=nothing", "cell/?card=filed"])
def test_nonsense_is_not_found(story: Story, path: str) -> None:
    assert story.client("chief").get(f"/statistics/{path}").status_code == 404


@pytest.mark.parametrize("page", ["", "agreement/"])
def test_a_period_that_is_none_keeps_the_page_and_says_how_to_write_one(story: Story, page: str) -> None:
    for asked, said in (("2026-13", "“2026-13”不是存在的期间"), ("上月", "请写成 2024、2024Q2 或 2024-06")):
        answer = story.client("chief").get(f"/statistics/{page}?period={quote(asked)}")
        text = answer.content.decode()
        assert answer.status_code == 422 and said in text and f'value="{asked}"' in text
        assert "下面是" in text and "清岚" in text


def test_an_unusual_month_is_told_in_deviations_not_in_times() -> None:
    low = Odd("鲁99", "霁州中院", Span.parse("2025-01"), Unusual(2, 92, 175, -4.06))
    assert (low.how_far, low.more) == ("4.1 个标准差", False)
