"""A regulation that does not rank is not ranked on any page, file or answer; unless who revises it asks for it."""

from __future__ import annotations

import re
import shutil
import subprocess
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from hengjian.apps.conftest import Story
from hengjian.apps.conftest_province import Province
from hengjian.apps.org.models import Unit
from hengjian.apps.points.acts.posting import post_open
from hengjian.apps.points.pictures import gains
from hengjian.apps.points.standing import showing_of
from hengjian.apps.points.whatif import Change, Outcome
from hengjian.apps.regs.models import ReadingDecision
from hengjian.apps.regs.queries import pack_for

pytestmark = pytest.mark.django_db
TRIAL = "/points/whatif/?first=2024Q1&last=2024Q1&v.base_points=50"
WHY = "E06 不排，按单位顺序列出"


@pytest.fixture
def quarter(province: Province) -> Province:
    province.items("city2", 24, "2024-02-01T09:00")
    province.items("city", 23, "2024-02-01T09:00")
    post_open(province.actor("editor"), province.installation)
    return province


def decide(province: Province, option: str) -> None:
    ReadingDecision.objects.create(
        installation=province.installation, reading="E06", option=option, decided_by="厅党委",
        document="会议纪要", effective_from="2020-01-01", decided_at=province.at,
    )  # fmt: skip


def words_of(data: bytes) -> str:
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def pages_of(data: bytes) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext not installed (Debian: apt-get install poppler-utils)")
    done = subprocess.run([program, "-", "-"], input=data, capture_output=True, check=True, timeout=60)
    return done.stdout.decode().replace("\n", "")


def heads(client: Any, query: str) -> list[object]:
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{query}&export=xlsx").content))
    return list(book.get_sheet_by_index(0).to_python()[0])


def test_by_default_no_place_is_told_and_the_reason_is(quarter: Province) -> None:
    client = quarter.client("editor")
    page = client.get(TRIAL).content.decode()
    assert "现行名次" not in page and "名次变动" not in page and WHY in page
    assert page.index("澜州市司法局") < page.index("柳川市司法局"), "in the order of the organisation"
    assert heads(client, TRIAL) == ["单位", "现行分", "试算分", "得失"]
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{TRIAL}&export=xlsx").content))
    assert WHY in str(book.get_sheet_by_name("改动和说明").to_python())
    paper = words_of(client.get(f"{TRIAL}&export=docx").content)
    assert "现行名次" not in paper and "名次变动" not in paper and f"不排名次：{WHY}" in paper


def test_the_pdf_ranks_nobody_either(quarter: Province) -> None:
    """As a reader of the paper finds it: the text laid on the pages."""
    client = quarter.client("editor")
    silent, asked = (pages_of(client.get(f"{TRIAL}{more}&export=pdf").content) for more in ("", "&ranks=1"))
    assert "澜州市司法局" in silent and f"不排名次：{WHY}" in silent, silent
    assert not re.search(r"现行名次|试算名次|名次变动|第\s*\d+\s*名", silent)
    assert silent.rindex("澜州市司法局") < silent.rindex("柳川市司法局"), "in the order of the organisation"
    assert "现行名次" in asked, "the search finds places where they are"


def test_bands_instead_of_places_where_so_decided(quarter: Province) -> None:
    decide(quarter, "bands")
    client = quarter.client("editor")
    page = client.get(TRIAL).content.decode()
    assert "试算区间" in page and "前四分之一" in page and "现行名次" not in page
    assert heads(client, TRIAL)[4:] == ["现行区间", "试算区间"]
    assert "前四分之一" in words_of(client.get(f"{TRIAL}&export=docx").content)


def test_who_revises_the_rule_may_see_places_and_the_paper_says_for_whom(quarter: Province) -> None:
    client = quarter.client("editor")
    page = client.get(f"{TRIAL}&ranks=1").content.decode()
    assert "现行名次" in page and "不得印发、通报" in page
    paper = words_of(client.get(f"{TRIAL}&ranks=1&export=docx").content)
    assert "现行名次" in paper and "不得印发、通报" in paper and WHY in paper


def test_the_api_keeps_to_it(quarter: Province) -> None:
    body = {"first": "2024Q1", "last": "2024Q1", "values": {"base_points": "50"}}
    client = quarter.client("editor")
    places = [
        {
            row["place_after"]
            for row in client.post("/api/points/whatif", sent, content_type="application/json").json()
        }
        for sent in (body, {**body, "ranks": True})
    ]
    assert places[0] == {None} and 1 in places[1]


def test_where_places_are_allowed_nothing_is_held_back(quarter: Province) -> None:
    decide(quarter, "places")
    showing = showing_of(pack_for(quarter.installation, quarter.at))
    assert (showing.show, showing.why, showing.inside) == ("places", "", False)
    assert heads(quarter.client("editor"), TRIAL)[4:] == ["现行名次", "试算名次"]


def test_a_court_that_ranks_goes_on_to(story: Story) -> None:
    assert showing_of(pack_for(story.installation, story.at)).show == "places"


def test_where_all_gain_the_picture_shows_no_small_gains_as_losses(province: Province) -> None:
    units = [Unit(name=f"第{n:02}局", kind="bureau", code=f"x{n}") for n in range(30)]
    changes = [Change(u, Decimal(0), Decimal(n + 1), 1, 1) for n, u in enumerate(units)]
    outcome = Outcome(changes, [], (Decimal(0), Decimal(0)), ["2024Q1"], [], [])
    chart = gains(outcome, "分")
    assert chart.title == "增加最多的12个单位"
    assert "第00局" not in str(chart) and "第29局" in str(chart)
