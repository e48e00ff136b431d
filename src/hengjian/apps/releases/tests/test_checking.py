"""A text against the register, by page, API and command: with the words of the register, as the asker may know it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from typer.testing import CliRunner

from hengjian.apps.releases.checking import check_text
from hengjian.apps.releases.conftest import Land
from hengjian.apps.releases.models import Cell
from hengjian.cli.main import app
from hengjian.documents import Kind, OfficialDocument, Paragraph, render_docx, render_pdf

pytestmark = pytest.mark.django_db

TEXT = "2025年上半年，全省法院新收案件12034件，清岚法院新收321件，审结300件。"


@pytest.fixture
def published(land: Land) -> Land:
    land.sign(
        land.release(
            land.line(whole=True),
            land.line("qing", "320"),
            land.line("high", "5", name="已结案件数", concept="", aliases=""),
        )
    )
    return land


def verdicts(actor: Any, text: str = TEXT, **more: Any) -> list[str]:
    return [finding.verdict.value for finding in check_text(actor, text, **more).findings]


def test_each_figure_is_matched_with_the_court_and_its_reach(published: Land) -> None:
    assert verdicts(published.actor("judge")) == ["authorised", "differs", "never"]


def test_a_name_of_the_pack_is_the_same_concept(published: Land) -> None:
    assert Cell.objects.get(name="已结案件数").concept == "closed"
    assert verdicts(published.actor("judge"), "2025年上半年，江岚高院审结5件。") == ["authorised"]


def test_our_court_is_the_one_named_beside_the_text(published: Land) -> None:
    text = "今年上半年，我院新收案件320件。"
    assert verdicts(published.actor("judge"), text, court=published.unit("qing"), year=2025) == ["authorised"]
    assert verdicts(published.actor("judge"), text, year=2025) == ["unclear"]


def test_embargoed_figures_are_told_without_value_to_those_who_may_know(land: Land) -> None:
    land.sign(land.release(opens_at=land.at + timedelta(hours=5)))
    text = "2025年上半年，江岚高院新收案件12034件。"
    for who, verdict in (
        ("stat", "embargoed"),
        ("judge", "never"),
        ("lan_stat", "never"),
        ("auditor", "never"),
    ):
        for said in (text, text.replace("12034", "1")):
            [finding] = check_text(land.actor(who), said).findings
            assert finding.verdict.value == verdict
            assert "12034" not in finding.message + finding.registered


@pytest.mark.parametrize("form", ["docx", "pdf", "txt", "xlsx"])
def test_files_of_every_kind_are_read(published: Land, form: str) -> None:
    from hengjian.documents.sheets import SheetColumn, Worksheet, write_xlsx

    document = OfficialDocument(kind=Kind.REPORT, title="情况", blocks=(Paragraph(TEXT),))
    heads = (SheetColumn("法院"), SheetColumn("2025年上半年新收（件）"))
    rows = (("全省法院", 12034), ("清岚县人民法院", 321))
    data = {
        "docx": lambda: render_docx(document),
        "pdf": lambda: render_pdf(document).data,
        "txt": TEXT.encode,
        "xlsx": lambda: write_xlsx([Worksheet("表", heads, rows)]),
    }[form]()
    answer = published.client("judge").post(
        "/releases/check/", {"file": SimpleUploadedFile(f"a.{form}", data)}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "已发布，一致" in page and "文中多1件" in page


def test_the_page_marks_the_text_and_gives_csv(published: Land) -> None:
    client = published.client("judge")
    page = client.post("/releases/check/", {"text": TEXT}).content.decode()
    assert '<a class="figure good" href="#n1" title="已发布，一致">12034件</a>' in page
    answer = client.post("/releases/check/", {"text": TEXT, "csv": "on"})
    assert answer.content.decode("utf-8-sig").splitlines()[1].startswith("1,12034件,")
    assert client.post("/releases/check/", {}).status_code == 422
    bad = SimpleUploadedFile("a.docx", b"PK\x03\x04broken")
    assert client.post("/releases/check/", {"file": bad}).status_code == 422


def test_the_api_says_the_same(published: Land) -> None:
    answer = published.client("judge").post(
        "/api/releases/check", json.dumps({"text": TEXT}), "application/json"
    )
    assert [row["verdict"] for row in answer.json()] == ["authorised", "differs", "never"]


def test_the_command_checks_as_the_public_or_as_somebody(published: Land, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(app, ["figures", "check", str(file), "--format", "json"])
    assert done.exit_code == 3
    assert [row["verdict"] for row in json.loads(done.stdout)] == ["authorised", "differs", "never"]
    done = CliRunner().invoke(app, ["figures", "check", "-", "--format", "csv"], input="没有数。")
    assert done.exit_code == 0
    done = CliRunner().invoke(
        app, ["figures", "check", str(file), "--user", "l_judge", "--court", "清岚法院"]
    )
    assert "与发布的不同" in done.stdout
