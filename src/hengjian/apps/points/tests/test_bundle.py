"""One click gives the notice, the portal version, a letter a unit, the tables and the proof; nobody reads what is not his."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from hengjian.apps.conftest_province import Province, local
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.points.acts import notices
from hengjian.apps.points.bundle import bundle
from hengjian.apps.points.letters import Letters
from hengjian.apps.points.models import LedgerLine, Notice
from hengjian.apps.points.portal import portal_document
from hengjian.apps.points.printing import document_of
from hengjian.apps.regs.models import ReadingDecision
from hengjian.documents import OfficialDocument, render_html

pytestmark = pytest.mark.django_db
SECRET = "某单位缠访事项的处置"


def quarter(province: Province, *, publish: bool = True) -> Notice:
    items = province.items("city", 24, "2024-01-03T09:00")
    province.fact("adopt", items[0], "2024-02-01T09:00", "esi_bulletin", publication="鄂司通报")
    hidden = province.filed("city2", "2024-01-05T09:00", title=SECRET, grade="sensitive")
    province.fact("instruct", hidden, "2024-02-02T09:00", "dept_leader", system="justice")
    day = "2024-04-05"
    notice = notices.prepare(
        province.actor("editor", f"{day}T09:00"),
        province.installation,
        clause="notices/quarterly",
        period="2024Q1",
    )
    if not publish:
        return notice
    notice = notices.submit(province.actor("editor", f"{day}T09:10"), notice, version=notice.version)
    for n, who in enumerate(("vice", "president"), 2):
        notice = notices.approve(province.actor(who, f"{day}T09:{n}0"), notice, version=notice.version)
    return notices.publish(province.actor("editor", f"{day}T10:00"), notice, version=notice.version)


def text_of(document: OfficialDocument) -> str:
    return render_html(document)


def test_the_bundle_holds_everything_and_its_sums_agree(province: Province) -> None:
    notice = quarter(province)
    data = bundle(notice, province.at)
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        check = json.loads(archive.read("5-依据/核对.json"))
        lines = list(csv.DictReader(StringIO(archive.read("5-依据/台账行.csv").decode("utf-8-sig"))))
        receipts = archive.read("5-依据/送达回执.csv").decode("utf-8-sig")
        portal = archive.read("2-门户版/门户公开版.html").decode()
    assert {"1-通报/通报.pdf", "1-通报/通报.docx", "2-门户版/门户公开版.pdf", "4-表格/得分表.xlsx"} <= set(
        names
    )
    assert sum(name.startswith("3-抄送函/") for name in names) == 8
    assert check["各单位台账合计与通报一致"] is True
    assert len(lines) == LedgerLine.objects.count() and {r["分值"] for r in lines} == {"60.00", "10.00"}
    assert receipts.count("厅办公室综合科邮箱") == 25
    assert SECRET not in portal and "澜州市司法局" in portal
    assert bundle(notice, province.at) == data


def test_titles_are_neither_in_the_notice_nor_on_the_portal(province: Province) -> None:
    notice = quarter(province, publish=False)
    assert "法治调研三题" not in text_of(document_of(notice))
    assert "法治调研三题" not in text_of(portal_document(notice))


def test_with_titles_decided_only_public_items_reach_the_portal(province: Province) -> None:
    ReadingDecision.objects.create(
        installation=province.installation, reading="E01", option="titles", decided_by="厅办公室",
        effective_from=local("2024-01-01T00:00").date(), decided_at=local("2024-01-01T08:00"),
    )  # fmt: skip
    notice = quarter(province, publish=False)
    text = text_of(portal_document(notice))
    assert SECRET not in text and "法治调研三题" not in text  # internal and sensitive
    province.unit("city").items.update(grade="public")
    assert "法治调研三题" in text_of(portal_document(notice))


def test_a_letter_names_the_items_of_its_own_unit_only(province: Province) -> None:
    notice = quarter(province)
    letters = Letters(notice)
    mine, other = (text_of(letters.letter(province.unit(u))) for u in ("city2", "city"))
    assert SECRET in mine and SECRET not in other
    assert "省厅领导批示" in mine and "主要负责人" in mine and "最低条数" in mine


def test_heads_are_told_of_their_letters_once(province: Province) -> None:
    notice = quarter(province)
    told = OutgoingMail.objects.filter(key__startswith=f"notice-letter:{notice.pk}:")
    assert {mail.person for mail in told} == {
        province.people[key] for key in ("city_head", "city2_head", "legal_head", "point_head")
    }
    client = province.client("city_head")
    address = f"/points/notices/{notice.pk}/letters/{province.unit('city').pk}/"
    assert client.get(address)["Content-Type"] == "application/pdf"
    assert (
        client.get(address.replace(str(province.unit("city").pk), str(province.unit("city2").pk))).status_code
        == 404
    )


def test_the_page_shows_no_foreign_titles_and_no_places(province: Province) -> None:
    notice = quarter(province)
    page = province.client("city_head").get(f"/points/notices/{notice.pk}/").content.decode()
    assert SECRET not in page and "法治调研三题" not in page
    assert "名次" not in page and "抄送澜州市司法局的函" in page
    api = province.client("city_head").get(f"/api/points/notices/{notice.pk}").json()
    assert all(section["of"] != "items" for section in api["content"]["sections"])
    editor = province.client("editor")
    assert editor.get(f"/points/notices/{notice.pk}/bundle/")["Content-Type"] == "application/zip"
    assert editor.get(f"/points/notices/{notice.pk}/portal.docx").status_code == 200
    assert province.client("city_head").get(f"/points/notices/{notice.pk}/bundle/").status_code == 403
    ledger = editor.get("/points/?year=2024").content.decode()
    assert "不排名次" in ledger and "名次</th>" not in ledger


def test_bands_instead_of_places_when_so_decided(province: Province) -> None:
    ReadingDecision.objects.create(
        installation=province.installation, reading="E06", option="bands", decided_by="厅党委",
        effective_from=local("2024-01-01T00:00").date(), decided_at=local("2024-01-01T08:00"),
    )  # fmt: skip
    notice = quarter(province, publish=False)
    rows = notice.content["sections"][0]["rows"]
    first = next(row for row in rows if row["name"] == "澜州市司法局")
    assert first["band"] == "前四分之一" and [r["name"] for r in rows][:2] == ["厅办公室", "厅维稳办"]
    assert "所在区间" in text_of(document_of(notice)) and "名次" not in text_of(document_of(notice))
