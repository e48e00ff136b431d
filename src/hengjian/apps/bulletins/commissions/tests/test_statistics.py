"""Commissions counted by period, department and who asked; on the page, in the workbook, by API."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from hengjian.apps.bulletins.commissions.acts.department import answer, link
from hengjian.apps.bulletins.commissions.acts.office import assign, cancel, register
from hengjian.apps.bulletins.commissions.statistics import Figures, statistics
from hengjian.apps.bulletins.models import Commission, Item
from hengjian.apps.conftest_bureau import Bureau
from hengjian.base.periods import Period

PAGE = "/bulletins/commissions/statistics/"


def asked(
    bureau: Bureau, unit: str = "", days: int = 5, source: str = "市局办公室", ago: int = 0
) -> Commission:
    at = bureau.at - timedelta(days=ago)
    row = register(
        bureau.actor("editor", at), installation=bureau.installation, source=source, title="基层调解做法",
        asked_at=at, due_at=at + timedelta(days=days), client_key=uuid4().hex,
    )  # fmt: skip
    return assign(bureau.actor("editor", at), row, unit=bureau.unit(unit)) if unit else row


def written(bureau: Bureau, row: Commission, *, late: bool) -> None:
    row = answer(bureau.actor("head"), row, accepted=True)
    item = bureau.filed("gate")
    link(bureau.actor("writer"), row, item)
    at = row.due_at + timedelta(minutes=1 if late else 0)
    Item.objects.filter(pk=item.pk).update(filed_at=at)


@pytest.fixture
def year(bureau: Bureau) -> Bureau:
    """One kept, one late, one declined and given on, one without an answer, one cancelled, one of another quarter."""
    written(bureau, asked(bureau, "gate"), late=False)
    written(bureau, asked(bureau, "gate", source="县政府办"), late=True)
    row = answer(bureau.actor("head"), asked(bureau, "gate"), accepted=False, reason="不属本所业务")
    assign(bureau.actor("editor"), row, unit=bureau.unit("river"))
    asked(bureau)
    cancel(bureau.actor("editor"), asked(bureau, "gate"), reason="上级撤回")
    asked(bureau, "gate", ago=100)
    return bureau


def test_each_department_has_what_it_was_given_and_what_it_declined(year: Bureau) -> None:
    found = statistics(year.actor("editor"), Period.parse("2024Q2"))
    assert {f.name: f for f in found.by_unit} == {
        "城关司法所": Figures("城关司法所", 3, 2, 1, 0, 1, 1, 0),
        "柳河司法所": Figures("柳河司法所", 1, 0, 0, 1, 0, 0, 1),
        "（未分配）": Figures("（未分配）", 1, 0, 0, 1, 0, 0, 1),
    }
    assert {f.name: (f.asked, f.late) for f in found.by_source} == {"市局办公室": (3, 0), "县政府办": (1, 1)}
    assert found.total == Figures("合计", 4, 2, 0, 2, 1, 1, 2), "given on, it is one commission"


def test_the_period_is_that_of_the_asking(year: Bureau) -> None:
    assert statistics(year.actor("editor"), Period.parse("2024Q1")).total.late == 1
    assert statistics(year.actor("editor"), Period.parse("2024")).total.asked == 5
    assert statistics(year.actor("editor"), Period.parse("2023")).total.asked == 0


def test_a_department_sees_its_own_and_what_it_declined(year: Bureau) -> None:
    own = statistics(year.actor("head"), Period.parse("2024Q2")).by_unit
    assert [(f.name, f.asked, f.declined) for f in own] == [("城关司法所", 3, 1)]
    other = statistics(year.actor("river_head"), Period.parse("2024Q2")).by_unit
    assert [(f.name, f.asked, f.declined) for f in other] == [("柳河司法所", 1, 0)]


def sheets(client: Client, period: str) -> dict[str, list[list[object]]]:
    answer_ = client.get(f"{PAGE}?period={period}&export=xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer_.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_says_the_same_and_lists_what_it_counts(year: Bureau) -> None:
    """Opened today, long after the nodes: what nobody answered is late by now."""
    found = sheets(year.client("editor"), "2024Q2")
    assert list(found) == ["按承办部门", "按约稿单位", "约稿明细"]
    assert ["城关司法所", 3, 2, 1, 0, 1, 1, 0] in found["按承办部门"]
    assert found["按约稿单位"][-1] == ["合计", 4, 2, 0, 2, 1, 3, 0]
    listed = [(row[3], row[6], row[8]) for row in found["约稿明细"][1:]]
    assert sorted(listed) == [
        ("", "待分配", "已过节点"),
        ("城关司法所", "已报送", "按节点"),
        ("城关司法所", "已报送", "超过节点"),
        ("柳河司法所", "待承办", "已过节点"),
    ]


def test_the_page_and_the_api(year: Bureau) -> None:
    page = year.client("editor").get(f"{PAGE}?period=2024Q2").content.decode()
    assert "柳河司法所" in page and "县政府办" in page and "2024年第二季度约稿统计" in page
    got = year.client("editor").get("/api/bulletins/commissions/statistics?period=2024Q2").json()
    assert got["total"]["asked"] == 4 and len(got["by_unit"]) == 3
    assert year.client("editor").get("/api/bulletins/commissions/statistics?period=x").status_code == 422


def test_one_that_was_declined_shows_who_and_why_when_another_does_it(year: Bureau) -> None:
    row = Commission.objects.get(unit=year.unit("river"))
    page = year.client("editor").get(f"/bulletins/commissions/{row.pk}/").content.decode()
    assert "先前不承办" in page and "不属本所业务" in page
