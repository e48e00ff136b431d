"""Who may open which page, and what each shows."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.indicators.conftest import City
from hengjian.apps.indicators.models import Benchmark, Card, Figure, Target, Upload
from hengjian.documents.sheets import SheetColumn, Worksheet, write_xlsx

pytestmark = pytest.mark.django_db
RATE = "filing_rate"


def book(rate: int = 991) -> SimpleUploadedFile:
    heads = ("单位", "网上立案率分子", "网上立案率分母", "网上交费率（%）")
    rows = (
        ("立案庭", rate, 1003, Decimal("91.5")),
        ("清岚县法院", 970, 1000, Decimal("88")),
        ("全省平均", None, None, Decimal("92.25")),
        ("名次", None, None, 7),
    )
    data = write_xlsx([Worksheet("通报", tuple(SheetColumn(h) for h in heads), rows)])
    return SimpleUploadedFile("八月.xlsx", BytesIO(data).read())


PAGES = (
    "/indicators/?period=2022-08",
    f"/indicators/{RATE}/?period=2022-08",
    "/indicators/figures/?period=2022-08",
    "/indicators/notices/",
    "/indicators/explanations/",
    "/indicators/export/2022-08/",
)


@pytest.mark.parametrize("who", ["tech", "filing", "below", "president", "civil_staff"])
def test_every_page_opens(city: City, who: str) -> None:
    city.report(RATE, "立案庭", 195, 200)
    for url in PAGES:
        assert city.client(who).get(url).status_code == 200, url


def test_strangers_are_sent_to_the_login_and_others_find_nothing(city: City) -> None:
    for url in PAGES:
        assert city.client().get(url).status_code == 302
    assert city.client("below").get("/indicators/uploads/").status_code == 403
    assert city.client("tech").get("/indicators/nothing/").status_code == 404
    own = city.report(RATE, "望溪县人民法院", 1, 10)
    assert city.client("below").get(f"/indicators/figures/{own.pk}/").status_code == 404
    assert city.client("neighbour").get(f"/indicators/figures/{own.pk}/").status_code == 200


def test_a_court_sees_only_its_own_row(city: City) -> None:
    city.report(RATE, "清岚县人民法院", 195, 200)
    city.report(RATE, "望溪县人民法院", 123, 200)
    body = city.client("below").get(f"/indicators/{RATE}/?period=2022-08").content.decode()
    assert "还差 3 件" in body and "望溪县人民法院</th>" not in body
    other = city.units["望溪县人民法院"].pk
    assert city.client("below").get(f"/indicators/?unit={other}").status_code == 404


def test_a_whole_grid_is_reported_at_once_or_not_at_all(city: City) -> None:
    url = f"/indicators/figures/{RATE}/2022-08/"
    own, court = city.units["立案庭"].pk, city.units["清岚县人民法院"].pk
    data = {f"n{own}": "99", f"d{own}": "100", f"n{court}": "5", f"d{court}": "3", "evidence": "系统导出"}
    answer = city.client("filing").post(url, data)
    assert answer.status_code == 422 and "大于分母" in answer.content.decode()
    assert Figure.objects.count() == 0
    assert city.client("filing").post(url, {**data, f"d{court}": "30"}).status_code == 302
    assert Figure.objects.count() == 2
    again = city.client("filing").post(url, {**data, f"d{court}": "30"})
    assert again.status_code == 302 and Figure.objects.count() == 2


def test_a_clerk_of_a_court_reports_only_its_own_row(city: City) -> None:
    body = city.client("below_clerk").get(f"/indicators/figures/{RATE}/2022-08/").content.decode()
    assert "清岚县人民法院" in body and "立案庭" not in body.split("<form", 1)[1].split("</form>")[0]


def test_a_workbook_is_read_once_and_remembered(city: City) -> None:
    client = city.client("tech")
    sent = {"title": "省法院八月通报", "period": "2022-08", "file": book()}
    where = client.post("/indicators/uploads/", sent)["Location"]
    page = client.get(where).content.decode()
    assert "清岚县法院" in page
    court = city.units["清岚县人民法院"].pk
    wanted = {
        "立案庭": str(city.units["立案庭"].pk), "清岚县法院": str(court), "全省平均": "mark:average", "名次": "mark:rank",
    }  # fmt: skip
    rows = list(
        Upload.objects.get().mapping["units"]
    )  # databases keep the keys of a document in an order of their own
    answer = {f"u{n}": wanted[name] for n, name in enumerate(rows) if name in wanted}
    answer |= {"c1": f"{RATE}:numerator", "c2": f"{RATE}:denominator", "c3": "payment_rate:value"}
    assert client.post(where, answer).status_code == 302
    found = Figure.objects.get(indicator=RATE, unit=court)
    assert (found.numerator, found.origin, found.upload is not None) == (970, "upload", True)
    mark = Benchmark.objects.get(indicator="payment_rate")
    assert (mark.average, mark.rank, mark.source) == (Decimal("92.25"), 7, "省法院八月通报")
    where = client.post("/indicators/uploads/", {**sent, "period": "2022-07", "file": book(980)})["Location"]
    layout = Upload.objects.get(period="2022-07").mapping
    assert layout["units"]["清岚县法院"] == str(court)
    assert rows == list(layout["units"])
    client.post(where, answer)
    assert Figure.objects.filter(period="2022-07").count() == 4


def test_a_file_that_is_no_workbook_is_refused(city: City) -> None:
    file = SimpleUploadedFile("a.xlsx", b"PK\x03\x04nothing")
    sent = {"title": "通报", "period": "2022-08", "file": file}
    assert city.client("tech").post("/indicators/uploads/", sent).status_code == 422


def test_forms_of_an_indicator_go_through_acts(city: City) -> None:
    client = city.client("filing")
    card = {"numerator": "一", "denominator": "二", "cutoff": "月末", "source": "系统", "since": "2022-08-01"}
    assert client.post(f"/indicators/{RATE}/card/", card).status_code == 302
    target = {"since": "2022-09-01", "value": "98", "reason": "全省平均 97%", "source": "省院通报"}
    assert client.post(f"/indicators/{RATE}/target/", target).status_code == 302
    tech = city.client("tech")
    made, proposed = Card.objects.get(), Target.objects.get()
    told = {"version": "1", "decided_by": "办公室", "document": "纪要一"}
    assert tech.post(f"/indicators/cards/{made.pk}/decide/", told).status_code == 302
    assert tech.post(f"/indicators/targets/{proposed.pk}/accept/", {"opinion": ""}).status_code == 422
    assert tech.post(f"/indicators/targets/{proposed.pk}/accept/", {"opinion": "纪要二"}).status_code == 302
    mark = {"period": "2022-08", "average": "97", "rank": "3", "ranked": "18", "source": "省院通报"}
    assert tech.post(f"/indicators/{RATE}/benchmark/", mark).status_code == 302
    assert client.post(f"/indicators/{RATE}/benchmark/", mark).status_code == 403


def test_the_inbox_names_what_is_due(city: City) -> None:
    city.report(RATE, "立案庭", 195, 200)
    kinds = {row.kind for row in rows_for(city.actor("below_clerk"))}
    assert "指标填报" in kinds
    told = {row.kind for row in rows_for(city.actor("tech"))}
    assert "应用通报" in told and "通报拟稿" not in told


def test_the_menu_shows_the_entries_only_where_the_pack_governs(city: City) -> None:
    assert "应用指标" in city.client("civil").get("/").content.decode()


def test_the_page_needs_few_queries(city: City, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for unit in ("立案庭", "清岚县人民法院", "望溪县人民法院"):
        city.report(RATE, unit, 195, 200)
    client = city.client("tech")
    client.get("/indicators/?period=2022-08")
    with django_assert_max_num_queries(40):
        client.get("/indicators/?period=2022-08")


def test_the_overview_counts_the_units_that_missed(city: City) -> None:
    city.report("filing_rate", "立案庭", 990, 1000)
    city.report("filing_rate", "清岚县人民法院", 9900, 10000)
    city.report("filing_rate", "望溪县人民法院", 90, 100)
    assert "1 个单位未达标" in city.client("tech").get("/indicators/?period=2022-08").content.decode()


def test_a_change_too_small_to_show_is_no_change(city: City) -> None:
    for period, top in (("2022-07", 99000), ("2022-08", 99001)):
        city.report("filing_rate", "立案庭", top, 100000, period=period)
    assert "比上期持平" in city.client("tech").get("/indicators/filing_rate/").content.decode()
