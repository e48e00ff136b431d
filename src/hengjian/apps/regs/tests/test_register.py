"""The register of ambiguities over all packs, and the request for interpretation as a document."""

from __future__ import annotations

import pytest

from hengjian.apps.conftest_province import Province, local
from hengjian.apps.regs.models import ReadingDecision
from hengjian.apps.regs.register import entries, filtered, request_document
from hengjian.documents import render_html

pytestmark = pytest.mark.django_db


def decided(province: Province) -> ReadingDecision:
    return ReadingDecision.objects.create(
        installation=province.installation, reading="H01", option="proportional", decided_by="厅党委",
        document="厅党委会纪要〔2024〕3号", effective_from=local("2024-01-01T00:00").date(),
        decided_at=local("2024-01-01T08:00"),
    )  # fmt: skip


def test_every_question_of_every_pack_is_there_with_who_decided(province: Province) -> None:
    decided(province)
    found = entries(province.actor("editor"))
    assert {e.pack.id for e in found} == {"hubei", "jiaozuo", "longkou", "shandong", "wuhua"}
    one = next(e for e in found if e.number == "H01（H-A3）")
    assert (one.decided_by, one.document, one.answer) == (
        "厅党委",
        "厅党委会纪要〔2024〕3号",
        "按完成的比例计。",
    )
    assert not one.open and one.scoring and one.installation == province.installation
    assert len({(e.pack.id, e.reading.ambiguity) for e in found if e.reading.ambiguity}) >= 63


def test_filters_by_pack_state_and_words(province: Province) -> None:
    decided(province)
    found = entries(province.actor("editor"))
    assert [e.reading.id for e in filtered(found, pack="hubei", state="decided")] == ["H01"]
    assert [e.reading.id for e in filtered(found, pack="hubei", text="两把尺子")] == ["H13"]
    assert filtered(found, text="没有这样的问题") == []


def test_the_request_lists_what_is_open_and_what_the_text_gets_wrong(province: Province) -> None:
    decided(province)
    text = render_html(request_document(province.installation, province.at))
    assert "有基准分，是全无" not in text and "两把尺子" in text
    assert "省司法厅办公室" in text and "名单不符" in text


def test_pages_and_files(province: Province) -> None:
    client, pk = province.client("editor"), province.installation.pk
    text = client.get("/regs/register/").content.decode()
    assert "谁得谁失" in text and "H-A3" in text
    assert "谁得谁失" not in province.client("city_writer").get("/regs/register/").content.decode()
    assert "没有启用" in client.get("/regs/register/?all=1&pack=jiaozuo&state=open&q=").content.decode()
    assert client.get(f"/regs/{pk}/interpretation.pdf").content.startswith(b"%PDF")
    assert client.get(f"/regs/{pk}/interpretation.docx").content.startswith(b"PK")
    assert client.get(f"/regs/{pk}/interpretation.exe").status_code == 404
