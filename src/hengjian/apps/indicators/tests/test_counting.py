"""Figures counted from case records: by the card, at a version, down to the case; a correction is a new figure."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from hengjian.apps.audit.models import Entry
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.indicators import shifts
from hengjian.apps.indicators.acts.cards import CardText, decide_card, draft_card
from hengjian.apps.indicators.acts.compute import Computed, compute_figures
from hengjian.apps.indicators.acts.records import load_records
from hengjian.apps.indicators.conftest import City, local
from hengjian.apps.indicators.counting import behind, counted
from hengjian.apps.indicators.models import CaseLoad, Figure
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period

pytestmark = pytest.mark.django_db
AUGUST = Period.parse("2022-08")
HEADS = (
    "案件标识",
    "案号",
    "法院",
    "承办部门",
    "立案日期",
    "网上立案",
    "开庭日期",
    "网上开庭",
    "送达次数",
    "电子送达次数",
)
OWN, BELOW = "澜州市中级人民法院", "清岚县人民法院"
ROWS = (
    ("A1", "民初1号", OWN, "民一庭", "2022-08-01", "是", "2022-08-20", "是", 4, 3),
    ("A2", "民初2号", "澜州中院", "民一庭", "2022-08-31", "否", "2022-08-21", "否", 2, 0),
    ("A3", "刑初3号", OWN, "刑一庭", "2022-09-01", "是", "", "", "", ""),
    ("B1", "民初9号", BELOW, "民庭", "2022-08-05", "是", "2022-08-30", "否", 1, 1),
    ("B2", "民初8号", BELOW, "民庭", "2022-07-31", "否", "2022-08-30", "是", 1, 1),
)  # fmt: skip


@pytest.fixture
def records(city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> City:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    load(city, ROWS)
    return city


def load(city: City, rows: Any, heads: Any = HEADS, by: str = "tech") -> CaseLoad:
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    data = text.getvalue().encode()
    return load_records(city.actor(by), city.installation, name="八月.csv", data=data)


def card(city: City, indicator: str, **formula: str) -> None:
    text = CardText("分子", "分母", "期末", "系统", date(2022, 8, 1), formula=formula)
    made = draft_card(city.actor("tech"), city.installation, indicator=indicator, text=text)
    decide_card(city.actor("tech"), made, version=made.version, decided_by="办公室", document="纪要")


def online(city: City) -> None:
    card(city, "filing_rate", date="filed_on", top="filed_online = '是'")


def compute(city: City, reason: str = "", by: str = "tech") -> Computed:
    return compute_figures(city.actor(by), city.installation, period=AUGUST, reason=reason)


def standing(city: City, unit: str, indicator: str = "filing_rate") -> Figure:
    return Figure.objects.get(indicator=indicator, unit=city.units[unit], superseded_at=None)


def test_a_figure_is_counted_by_its_card_for_every_responsible_unit(records: City) -> None:
    online(records)
    made = compute(records).made
    assert {(f.unit.name, f.numerator, f.denominator) for f in made} == {
        ("立案庭", 1, 2), (BELOW, 1, 1), ("望溪县人民法院", 0, 0), ("石桥区人民法院", 0, 0),
    }  # fmt: skip
    assert {f.data_version for f in made} == {CaseLoad.objects.get().version}
    assert all(f.card is not None and f.origin == Figure.Origin.CASES for f in made)


def test_departments_are_told_apart_where_the_card_says_by_what(records: City) -> None:
    card(records, "hearing_rate", date="hearing_on", department="department", top="hearing_online = '是'")
    compute(records)
    one, below = standing(records, "民一庭", "hearing_rate"), standing(records, BELOW, "hearing_rate")
    assert (one.numerator, one.denominator, below.numerator, below.denominator) == (1, 2, 1, 2)


def test_an_item_is_added_up_instead_of_cases(records: City) -> None:
    card(records, "service_rate", date="filed_on", top_of="services_online", bottom_of="services")
    compute(records)
    figure = standing(records, "立案庭", "service_rate")
    assert (figure.numerator, figure.denominator) == (3, 6)


def test_the_cases_behind_a_figure_are_exactly_those_counted(records: City) -> None:
    online(records)
    compute(records)
    found = behind(records.scene(), standing(records, "立案庭")).keys
    assert (found["numerator"], found["denominator"], found["missing"]) == (("A1",), ("A1", "A2"), ("A2",))


def test_a_corrected_case_changes_the_figure_only_with_a_reason_and_the_old_one_stays(records: City) -> None:
    online(records)
    compute(records)
    old = standing(records, "立案庭")
    load(records, [("A2", "是")], heads=("案件标识", "网上立案"))
    assert standing(records, "立案庭").pk == old.pk
    with pytest.raises(HengjianError, match="有 1 个已有的数会变，请写明重算的理由"):
        compute(records)
    done = compute(records, reason="A2 号案漏录网上立案")
    new = standing(records, "立案庭")
    assert (done.changed, len(done.made), done.unchanged) == (1, 1, 3)
    assert (new.numerator, new.reason, new.supersedes) == (2, "A2 号案漏录网上立案", old)
    old.refresh_from_db()
    assert (old.numerator, old.superseded_at is not None) == (1, True)
    assert (
        new.data_version is not None and old.data_version is not None and new.data_version > old.data_version
    )
    assert behind(records.scene(), old).keys["missing"] == ("A2",)  # as it was then


def test_new_records_name_every_figure_they_move_and_no_other(records: City) -> None:
    online(records)
    compute(records)
    made = load(records, [("A2", "是"), ("B2", "是")], heads=("案件标识", "网上立案"))  # B2 is of July
    scene = records.scene()
    said = {
        (s.figure.indicator, s.figure.unit_id): (s.numerator, s.denominator)
        for s in shifts.outstanding(scene)
    }
    brute = {(c.card.indicator, c.unit.pk): (c.top, c.bottom) for c in counted(scene, AUGUST) if c.differs}
    assert said == brute and len(said) == made.shifts.count() == 1
    client = records.client("tech")
    page = client.get(reverse("indicators:records")).content.decode()
    assert "与最新数据不一致的指标（1）" in page
    figure = standing(records, "立案庭")
    assert "算出来是 2／2" in client.get(reverse("indicators:figure", args=[figure.pk])).content.decode()
    row = client.get("/api/indicators/records/shifts").json()[0]
    assert (row["figure"], Decimal(row["numerator"]), row["notices"]) == (figure.pk, 2, [])
    assert any(one.kind == "指标核对" for one in rows_for(records.actor("tech")))
    compute(records, reason="漏录")
    assert not shifts.outstanding(records.scene()).exists()


def test_what_is_put_back_moves_nothing(records: City) -> None:
    online(records)
    compute(records)
    load(records, [("A2", "是")], heads=("案件标识", "网上立案"))
    load(records, [("A2", "否")], heads=("案件标识", "网上立案"))
    assert not shifts.outstanding(records.scene()).exists()


def test_computing_again_changes_nothing(records: City) -> None:
    online(records)
    compute(records)
    assert (compute(records).made, Figure.objects.filter(supersedes__isnull=False).count()) == ((), 0)


def test_the_same_file_again_is_no_new_version(records: City) -> None:
    again = load(records, ROWS)
    assert (again.version, again.accepted) == (None, 5)


def test_what_the_store_took_before_the_process_died_is_found_by_the_next_try(records: City) -> None:
    version = CaseLoad.objects.get().version
    CaseLoad.objects.all().delete()
    assert load(records, ROWS).version == version


def test_rows_that_do_not_fit_come_back_with_the_reason(records: City) -> None:
    row = ("C1", "民初7号", "没有的法院", "民庭", "八月", "也许", "", "", "", "")
    made = load(records, [row])
    assert (made.accepted, made.rejected, made.version) == (0, 1, None)
    told = (Path(settings.DATA_DIR) / made.rejects).read_text(encoding="utf-8-sig")
    assert "没有“没有的法院”这个法院" in told and "只能填是、否" in told and "不是日期" in told


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ({"date": "filed_on"}, "请写分子的条件"),
        ({"top": "filed_online = '是'"}, "请选统计日期"),
        ({"date": "filed_online", "top": "filed_online = '是'"}, "不是日期"),
        ({"date": "filed_on", "top": "name = '张'"}, "“name”不是信息项"),
        ({"date": "filed_on", "top": "filed_on > current_date"}, "数要能重算"),
        ({"date": "filed_on", "top_of": "case_no"}, "不是数，不能合计"),
        ({"date": "filed_on", "top": "1; DROP TABLE x"}, "条件|语句|语法"),
    ],
)
def test_a_formula_that_cannot_be_counted_is_refused(city: City, formula: dict[str, str], told: str) -> None:
    text = CardText("分子", "分母", "期末", "系统", date(2022, 8, 1), formula=formula)
    with pytest.raises(HengjianError, match=told):
        draft_card(city.actor("tech"), city.installation, indicator="filing_rate", text=text)


def test_every_suggested_card_of_the_pack_can_be_counted(city: City) -> None:
    rows = city.scene().pack.tables["suggested_cards"]
    assert len(rows) >= 16
    for row in rows:
        formula = {k: row[k] for k in ("date", "department", "among", "top", "top_of", "bottom_of")}
        words = (row[k] for k in ("numerator", "denominator", "cutoff", "source"))
        text = CardText(*words, date(2022, 8, 1), formula=formula)
        made = draft_card(city.actor("tech"), city.installation, indicator=row["indicator"], text=text)
        assert made.formula["date"]


@pytest.mark.parametrize("who", ["filing", "below", "civil_staff", "leader", "sysadmin"])
def test_only_the_office_loads_and_computes(records: City, who: str) -> None:
    online(records)
    with pytest.raises(Denied):
        compute(records, by=who)
    with pytest.raises(Denied):
        load(records, ROWS, by=who)


def test_the_pages_show_the_number_the_cases_and_the_version(records: City) -> None:
    online(records)
    office = records.client("tech")
    page = office.get("/indicators/compute/2022-08/").content.decode()
    assert "采用计算的数" in page and "1／2" in page
    assert office.post("/indicators/compute/2022-08/", {"reason": ""}).status_code == 302
    figure = standing(records, "立案庭")
    lead = records.client("filing")
    shown = lead.get(f"/indicators/figures/{figure.pk}/").content.decode()
    assert f"第 {figure.data_version} 版" in shown
    cases = lead.get(f"/indicators/figures/{figure.pk}/cases/").content.decode()
    assert "民初2号" in cases and "民初1号" not in cases
    assert Entry.objects.filter(action="indicators.figure.look").exists()
    assert lead.get(f"/indicators/figures/{figure.pk}/cases/xlsx/").status_code == 200
    assert records.client("neighbour").get(f"/indicators/figures/{figure.pk}/cases/").status_code == 404


def test_the_api_names_the_same_cases(records: City) -> None:
    online(records)
    office = records.client("tech")
    done = office.post("/api/indicators/compute/2022-08", {}, content_type="application/json").json()
    assert len(done["made"]) == 4
    figure = standing(records, "立案庭")
    told = office.get(f"/api/indicators/figures/{figure.pk}/cases").json()
    assert told == {
        "data_version": figure.data_version, "numerator": ["A1"], "denominator": ["A1", "A2"], "missing": ["A2"],
    }  # fmt: skip


def test_rows_sent_back_can_be_fetched(records: City) -> None:
    made = load(records, [("C1", "", "没有的法院", "", "", "", "", "", "", "")])
    answer = records.client("tech").get(f"/indicators/records/{made.pk}/rejects/")
    assert "没有的法院" in answer.content.decode("utf-8-sig")
    page = records.client("tech").get("/indicators/records/").content.decode()
    assert "1 行和原因" in page
    assert records.client("tech").get("/indicators/records/template/").status_code == 200


def test_a_figure_by_hand_has_no_cases(records: City) -> None:
    figure = records.report("filing_rate", "立案庭", 1, 2)
    assert records.client("tech").get(f"/indicators/figures/{figure.pk}/cases/").status_code == 404


def test_half_a_year_links_to_the_figure_of_every_month(city: City) -> None:
    city.at = local("2023-01-09T10:00")
    made = [
        city.report("payment_rate", "立案庭", 90 + n, 110 + n, period=f"2022-{n:02}") for n in range(7, 13)
    ]
    page = city.client("tech").get("/indicators/payment_rate/?period=2022H2").content.decode()
    assert all(f"/indicators/figures/{figure.pk}/" in page for figure in made)
