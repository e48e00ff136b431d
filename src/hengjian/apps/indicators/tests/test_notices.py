"""A notice carries only decided indicators, the same figures everywhere, and opens the explanations."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree
from hengjian.apps.indicators.acts import explanations, notices
from hengjian.apps.indicators.conftest import City, local
from hengjian.apps.indicators.models import Explanation, KpiNotice
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
RATE = "filing_rate"


def prepared(city: City, **more: bool) -> KpiNotice:
    city.report(RATE, "立案庭", 991, 1003)
    city.report(RATE, "清岚县人民法院", 970, 1000)
    city.report("payment_rate", "立案庭", 10, 100)
    city.card(RATE)
    city.rank(RATE, 6)
    return notices.prepare(
        city.actor("tech"), city.installation, clause="notices/monthly", period="2022-08", **more
    )


def signed(city: City, notice: KpiNotice, who: str) -> KpiNotice:
    course = running.current(notice)
    assert course is not None
    agree(city.actor(who), course)
    notice.refresh_from_db()
    return notice


def published(city: City) -> KpiNotice:
    notice = prepared(city)
    tech = city.actor("tech")
    notice = notices.submit(tech, notice, version=notice.version)
    notice = signed(city, notice, "leader")
    notice = signed(city, notice, "president")
    return notices.publish(tech, notice, version=notice.version)


def test_only_indicators_with_a_decided_card_are_published(city: City) -> None:
    notice = prepared(city)
    rows = next(s["rows"] for s in notice.content["sections"] if s["of"] == "indicators")
    assert [r["indicator"] for r in rows] == [RATE]
    assert "网上交费率" in notice.content["withheld"]
    assert {due["indicator"] for due in notice.content["due"]} == {RATE}


def test_without_any_decided_card_there_is_no_notice(city: City) -> None:
    city.report(RATE, "立案庭", 99, 100)
    with pytest.raises(HengjianError, match="没有一个指标的口径已经确定"):
        notices.prepare(city.actor("tech"), city.installation, clause="notices/monthly", period="2022-08")


def test_the_flow_of_the_pack_signs_it(city: City) -> None:
    notice = prepared(city)
    notice = notices.submit(city.actor("tech"), notice, version=notice.version)
    with pytest.raises(Denied, match="例会审议"):
        signed(city, notice, "president")
    with pytest.raises(HengjianError, match="不能这样办理"):
        notices.publish(city.actor("tech"), notice, version=notice.version)
    notice = signed(city, notice, "leader")
    notice = signed(city, notice, "president")
    notice = notices.publish(city.actor("tech"), notice, version=notice.version)
    assert notice.number == "澜州中院应用通〔2022〕1号"


def test_figures_corrected_after_drafting_must_be_drafted_anew(city: City) -> None:
    notice = prepared(city)
    city.report(RATE, "立案庭", 1000, 1003, reason="漏计")
    with pytest.raises(HengjianError, match="重新生成"):
        notices.submit(city.actor("tech"), notice, version=notice.version)


def test_the_same_figure_stands_on_page_notice_document_export_and_api(city: City) -> None:
    """991/1003 = 98.8036%: one text everywhere."""
    notice = published(city)
    client = city.client("tech")
    text = "98.8%"
    pages = (f"/indicators/{RATE}/?period=2022-08", f"/indicators/notices/{notice.pk}/")
    for url in pages:
        body = client.get(url).content.decode()
        assert text in body and "991" in body, url
    api = client.get("/api/indicators/results/2022-08").json()
    row = next(r for r in api if r["indicator"] == RATE and r["unit"] == "立案庭")
    assert row["text"] == text
    docx = ZipFile(BytesIO(client.get(f"/indicators/notices/{notice.pk}/docx/").content))
    assert text in docx.read("word/document.xml").decode()
    sheet = ZipFile(BytesIO(client.get("/indicators/export/2022-08/").content))
    assert text in sheet.read("xl/sharedStrings.xml").decode()
    assert client.get(f"/indicators/notices/{notice.pk}/pdf/").content.startswith(b"%PDF")


def test_publishing_opens_both_kinds_of_explanation_for_the_right_heads(city: City) -> None:
    published(city)
    found = {(e.unit.name, e.trigger) for e in Explanation.objects.select_related("unit")}
    assert found == {("立案庭", "rank"), ("立案庭", "target"), ("清岚县人民法院", "target")}
    told = set(
        OutgoingMail.objects.filter(key__startswith="explanation").values_list("person__name", flat=True)
    )
    assert told == {"林知微", "白远客"}


def test_an_explanation_goes_from_head_to_office_to_the_group(city: City) -> None:
    published(city)
    row = Explanation.objects.get(unit=city.units["清岚县人民法院"])
    with pytest.raises(Denied, match="清岚县人民法院的负责人"):
        explanations.submit(city.actor("below_clerk"), row, version=1, why="一", measures="二")
    row = explanations.submit(city.actor("below"), row, version=1, why="窗口改造", measures="增设自助机")
    row = explanations.send_back(city.actor("tech"), row, version=row.version, opinion="写明时限。")
    row = explanations.submit(
        city.actor("below"), row, version=row.version, why="窗口改造", measures="十月底前完成"
    )
    row = explanations.accept(city.actor("tech"), row, version=row.version)
    row = explanations.report(city.actor("tech"), row, version=row.version)
    assert row.state == Explanation.State.REPORTED
    client = city.client("below")
    assert client.get(f"/indicators/explanations/{row.pk}/").status_code == 200
    assert city.client("neighbour").get(f"/indicators/explanations/{row.pk}/").status_code == 404
    assert client.get(f"/indicators/explanations/{row.pk}/docx/").status_code == 200


def test_the_next_period_shows_whether_it_helped(city: City) -> None:
    published(city)
    city.at = local("2022-10-08T10:00")
    city.report(RATE, "清岚县人民法院", 995, 1000, period="2022-09")
    row = Explanation.objects.get(unit=city.units["清岚县人民法院"])
    body = city.client("tech").get(f"/indicators/explanations/{row.pk}/").content.decode()
    assert "已好转" in body


def test_ranking_is_off_and_comes_with_a_note(city: City) -> None:
    notice = prepared(city)
    units = next(s["rows"] for s in notice.content["sections"] if s["of"] == "units")[0]["rows"]
    assert {r["place"] for r in units} == {None}
    again = notices.prepare(
        city.actor("tech"), city.installation, clause="notices/monthly", period="2022-08", ranked=True
    )
    units = next(s["rows"] for s in again.content["sections"] if s["of"] == "units")[0]["rows"]
    assert [r["place"] for r in units] == [1, 2, None, None]
    assert any("不排名" in risk for risk in again.content["risks"])


def test_intervals_hide_the_exact_figure_of_a_unit(city: City) -> None:
    notice = prepared(city, intervals=True)
    units = next(s["rows"] for s in notice.content["sections"] if s["of"] == "units")[0]["rows"]
    assert {r["value"] for r in units} == {"95%至100%", ""}


def test_drafts_are_hidden_from_the_courts_published_ones_are_not(city: City) -> None:
    notice = prepared(city)
    assert city.client("below").get(f"/indicators/notices/{notice.pk}/").status_code == 404
    assert city.client("leader").get(f"/indicators/notices/{notice.pk}/").status_code == 200
    KpiNotice.objects.update(state=KpiNotice.State.PUBLISHED)
    assert city.client("below").get(f"/indicators/notices/{notice.pk}/").status_code == 200


def test_a_correction_after_publication_is_a_second_edition(city: City) -> None:
    notice = published(city)
    with pytest.raises(HengjianError, match="不需要更正"):
        notices.prepare(city.actor("tech"), city.installation, clause="notices/monthly", period="2022-08")
    city.report(RATE, "立案庭", 1000, 1003, reason="漏计九件")
    again = notices.prepare(city.actor("tech"), city.installation, clause="notices/monthly", period="2022-08")
    assert (again.edition, again.pk != notice.pk) == (2, True)
