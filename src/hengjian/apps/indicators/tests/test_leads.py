"""The register of the leads, the figures they are given, references to the assessment of their line."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from hengjian.apps.indicators import leads
from hengjian.apps.indicators.acts.leads import record_line, retire_line, send_feeds
from hengjian.apps.indicators.conftest import City
from hengjian.apps.indicators.models import Feed, LineReference
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period

pytestmark = pytest.mark.django_db
AUGUST = Period.parse("2022-08")


def entries(city: City, unit: str) -> dict[str, leads.Entry]:
    found = dict(leads.register(city.scene()))[city.units[unit]]
    return {entry.measure.indicator: entry for entry in found}


def send(city: City, by: str = "tech") -> list[Feed]:
    return send_feeds(city.actor(by), city.installation, period=AUGUST)


def line(city: City, by: str = "filing", *, same: bool = True, note: str = "") -> LineReference:
    return record_line(
        city.actor(by), city.installation, indicator="filing_rate", line="省法院立案条线", document="立案考核办法",
        item="网上立案率", same=same, note=note,
    )  # fmt: skip


def test_responsible_units_stand_as_the_text_lists_them(city: City) -> None:
    found = entries(city, "立案庭")
    assert found["filing_rate"].listed == ("立案庭", "各基层法院")
    assert found["service_rate"].listed[-2:] == ("执行局综合处", "各基层法院")
    assert "家事庭" not in entries(city, "审管办")["efile_rate"].listed


def test_stages_and_co_leads_are_told_apart(city: City) -> None:
    lawyers = entries(city, "立案庭")["lawyer_rate"]
    assert (lawyers.role, lawyers.scope) == ("牵头", "立案阶段")
    assert entries(city, "审管办")["lawyer_rate"].scope == "审判阶段"
    assert entries(city, "审管办")["reading_timely"].role == "配合"


def test_a_lead_that_assesses_itself_is_marked(city: City) -> None:
    assert entries(city, "立案庭")["filing_rate"].conflict
    assert not entries(city, "审管办")["hearing_rate"].conflict


def test_gaps_of_the_list_are_findings_for_the_office(city: City) -> None:
    told = [row.message for row in leads.findings(city.scene())]
    assert any("没有列家事庭" in text for text in told)
    assert any("考核自己" in text for text in told)
    page = city.client("tech").get("/indicators/leads/").content.decode()
    assert "没有列家事庭" in page
    assert "没有列家事庭" not in city.client("filing").get("/indicators/leads/").content.decode()


def test_every_lead_is_given_its_figures_once(city: City) -> None:
    city.report("filing_rate", "立案庭", 195, 200)
    city.rank("filing_rate", 3)
    made = send(city)
    assert {feed.unit.name for feed in made} == {"立案庭", "审管办", "办公室", "信访局", "技术处", "刑一庭"}
    assert send(city) == []
    assert OutgoingMail.objects.filter(
        person=city.people["filing"], subject__contains="应用数据和全省标准"
    ).exists()


def test_what_was_given_stays_as_it_was(city: City) -> None:
    city.report("filing_rate", "立案庭", 195, 200)
    first = next(f for f in send(city) if f.unit.name == "立案庭")
    city.report("filing_rate", "立案庭", 199, 200, reason="漏计四件")
    again = send(city)
    assert [(f.unit.name, f.edition) for f in again] == [("立案庭", 2)]
    old = city.client("filing").get(f"/indicators/feeds/{first.pk}/").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(old)).get_sheet_by_index(0).to_python()
    assert next(r for r in rows if r[:2] == ["网上立案率", "立案庭"])[4] == "97.5%"


def test_a_lead_sees_only_what_it_was_given(city: City) -> None:
    city.report("filing_rate", "立案庭", 195, 200)
    feed = next(f for f in send(city) if f.unit.name == "立案庭")
    assert city.client("management").get(f"/indicators/feeds/{feed.pk}/").status_code == 404
    assert city.client("leader").get(f"/indicators/feeds/{feed.pk}/").status_code == 200


@pytest.mark.parametrize("who", ["filing", "leader", "below", "civil_staff"])
def test_only_the_office_gives_out_figures(city: City, who: str) -> None:
    with pytest.raises(Denied):
        send(city, who)


def test_the_assessment_of_a_line_is_shown_where_figures_are_entered(city: City) -> None:
    line(city)
    page = city.client("filing").get("/indicators/figures/filing_rate/2022-08/").content.decode()
    assert "同时用于条线考核，不再另报" in page
    assert "省法院立案条线" in city.client("filing").get("/indicators/leads/").content.decode()


def test_a_difference_must_be_explained(city: City) -> None:
    with pytest.raises(HengjianError, match="口径不一致的，请写明"):
        line(city, same=False)
    assert line(city, same=False, note="条线剔除撤诉案件，分别列出").note


@pytest.mark.parametrize("who", ["management", "below", "civil", "president"])
def test_only_leads_and_the_office_refer_to_a_line(city: City, who: str) -> None:
    with pytest.raises(Denied, match="由牵头部门（立案庭）登记"):
        line(city, who)


def test_a_reference_ends_and_stays_on_record(city: City) -> None:
    made = line(city)
    retire_line(city.actor("tech"), made)
    assert (
        not leads.line_references(city.scene()).exists() and LineReference.objects.filter(pk=made.pk).exists()
    )
    with pytest.raises(HengjianError, match="已经停用"):
        retire_line(city.actor("tech"), made)


def test_the_api_has_the_same_register_and_feeds(city: City) -> None:
    city.report("filing_rate", "立案庭", 195, 200)
    office = city.client("tech")
    rows = office.get("/api/indicators/leads").json()
    assert next(r for r in rows if r["indicator"] == "filing_rate")["responsible"] == ["立案庭", "各基层法院"]
    made = office.post("/api/indicators/feeds/2022-08", content_type="application/json").json()
    assert len(made) == 6 and len(city.client("filing").get("/api/indicators/feeds").json()) == 1
    body = {"line": "立案", "document": "办法", "item": "立案率", "same": True}
    done = office.post("/api/indicators/indicators/filing_rate/line", body, content_type="application/json")
    assert office.post(f"/api/indicators/lines/{done.json()['id']}/retire").status_code == 200


def test_the_trend_shows_the_target_of_each_month(city: City) -> None:
    for month, top in (("2022-07", 198), ("2022-08", 195)):
        city.report("filing_rate", "立案庭", top, 200, period=month)
    page = city.client("tech").get("/indicators/filing_rate/").content.decode()
    assert "stroke-dasharray" in page
