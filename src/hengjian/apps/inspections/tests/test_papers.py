"""What the papers of an inspection say: the court once, the matter, no copy to whom they are written."""

from __future__ import annotations

import pytest

from hengjian.apps.inspections import words
from hengjian.apps.inspections.conftest import Circle
from hengjian.apps.inspections.paper.letters import request_document
from hengjian.apps.inspections.paper.report import report_document
from hengjian.documents import Paragraph

pytestmark = pytest.mark.django_db


def test_the_report_names_the_court_once_and_sends_it_no_copy(circle: Circle) -> None:
    row, _ = circle.reported()
    pack = words.pack_for_inspection(row, circle.at)
    row.plan.title = f"{row.court.short_name or row.court.name}录入质量专项检查"
    paper = report_document(row, pack)
    assert paper.title == f"关于{row.court.name}录入质量专项检查的报告"
    assert paper.imprint is not None and not paper.imprint.distribution, "who is written to gets no copy"
    row.plan.title = "2026年数据质量回访"
    assert report_document(row, pack).title == f"关于{row.court.name}2026年数据质量回访检查的报告"


def test_a_letter_says_what_it_is_about_and_names_courts_in_full(circle: Circle) -> None:
    row = circle.begun()
    pack = words.pack_for_inspection(row, circle.at)
    letter = request_document(circle.letter(row), pack)
    said = "".join(block.text for block in letter.blocks if isinstance(block, Paragraph))
    assert "事由：立案日期的核对。" in said and f"{row.plan.house.name}正在对{row.court.name}进行" in said
