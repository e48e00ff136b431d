"""The page of the log: for auditors alone, filtered, exported without formulas, in a fixed number of queries."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import hengjian
from hengjian.apps.audit import acting
from hengjian.apps.audit.acts.export import export
from hengjian.apps.audit.models import Entry
from hengjian.apps.audit.queries import Filter, labels
from hengjian.apps.conftest import Story
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
INDEX = "/audit/"


@acting.act("test.page.note", "测试：记一笔")
def note(actor: acting.Actor, label: str, unit: int | None = None) -> None:
    acting.log(label=label, unit=unit, before={"name": "旧", "same": 1}, after={"name": label, "same": 1})


@pytest.fixture
def noted(story: Story) -> Story:
    note(story.actor("editor"), "甲", story.unit("civil1").pk)
    note(story.actor("writer"), "乙", story.unit("criminal").pk)
    note(story.actor("outsider"), "外院", story.unit("other_court").pk)
    return story


def shown(story: Story, **query: str) -> str:
    response = story.client("auditor").get(INDEX, query)
    assert response.status_code == 200
    return str(response.content.decode().partition("<tbody>")[2].partition("</tbody>")[0])


def test_auditors_see_what_their_post_reaches(noted: Story) -> None:
    page = shown(noted)
    assert "甲" in page and "乙" in page and "外院" not in page
    foreign = Entry.objects.get(object_label="外院")
    assert noted.client("auditor").get(reverse("audit:entry", args=[foreign.n])).status_code == 404


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "president", "writer"])
def test_nobody_else_reads_the_log(noted: Story, who: str) -> None:
    assert noted.client(who).get(INDEX).status_code == 403
    assert noted.client(who).get(reverse("audit:entry", args=[1])).status_code == 403
    assert noted.client(who).post(reverse("audit:export"), {"format": "csv"}).status_code == 403


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ({"who": "江采薇"}, "甲", "乙"),
        ({"target": "乙"}, "乙", "甲"),
        ({"since": "2024-06-05", "until": "2024-06-05"}, "甲", "外院"),
        ({"action": "test.page.note", "outcome": "ok"}, "乙", "外院"),
    ],
)
def test_the_filter_narrows(noted: Story, query: dict[str, str], there: str, gone: str) -> None:
    labels.cache_clear()
    page = shown(noted, **query)
    assert f">{there}<" in page and f">{gone}<" not in page


def test_a_day_without_entries_is_empty(noted: Story) -> None:
    assert shown(noted, since="2030-01-01") == ""


def test_refusals_are_in_the_log(noted: Story) -> None:
    with pytest.raises(Denied):
        export(noted.actor("writer"), Filter(), fmt="csv")
    assert "导出审计日志" in shown(noted, outcome="denied")


def test_the_entry_shows_before_and_after(noted: Story) -> None:
    page = noted.client("auditor").get(reverse("audit:entry", args=[1])).content.decode()
    assert "<del>旧</del>" in page and "<ins>甲</ins>" in page and "相符" in page


def test_an_edited_entry_says_so_on_its_page(noted: Story) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER audit_entry_no_update"
            if connection.vendor == "sqlite"
            else "DROP TRIGGER audit_entry_no_change ON audit_entry"
        )
    Entry.objects.filter(n=1).update(object_label="丙")
    assert "可能被改动" in noted.client("auditor").get(reverse("audit:entry", args=[1])).content.decode()


def test_the_number_of_queries_does_not_grow(noted: Story) -> None:
    client = noted.client("auditor")
    client.get(INDEX)
    with CaptureQueriesContext(connection) as few:
        client.get(INDEX)
    for number in range(60):
        note(noted.actor("editor"), f"第{number}件")
    with CaptureQueriesContext(connection) as many:
        response = client.get(INDEX)
    assert len(few) == len(many)
    older = response.context["older"]
    assert older and f"第{number}件" not in client.get(INDEX, {"before": older}).content.decode()


def test_the_export_runs_no_formula_and_is_itself_in_the_log(noted: Story) -> None:
    note(noted.actor("editor"), "=1+1")
    response = noted.client("auditor").post(reverse("audit:export"), {"format": "csv"})
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    assert [row["对象"] for row in rows] == ["甲", "乙", "'=1+1"]
    assert Entry.objects.latest("n").action == "audit.log.export"


def test_the_export_as_a_workbook_opens(noted: Story) -> None:
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    content = export(noted.actor("auditor"), Filter(who="江"), fmt="xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "序号" and len(rows) == 2


def test_a_format_that_does_not_exist_is_refused(noted: Story) -> None:
    with pytest.raises(HengjianError, match="请选择 csv 或 xlsx"):
        export(noted.actor("auditor"), Filter(), fmt="pdf")


def test_export_is_not_a_link(noted: Story) -> None:
    assert noted.client("auditor").get(reverse("audit:export")).status_code == 405


def test_every_action_of_the_product_has_a_label() -> None:
    assert {"org.unit.create", "regs.reading.decide", "audit.log.export"} <= set(labels())
    assert all(label.strip() for label in labels().values())


def test_the_filter_takes_local_days() -> None:
    day = datetime(2024, 6, 5).date()
    assert "at" in str(Filter(since=day, until=day).on(Entry.objects.all()).query)


def test_every_act_there_is_has_its_name_in_the_log() -> None:
    source = Path(hengjian.__file__).parent
    files = (path for path in source.rglob("*.py") if "tests" not in path.parts)
    keys = {key for path in files for key in re.findall(r'^@act\(\s*"([^"]+)"', path.read_text(), re.M)}
    assert len(keys) > 200
    assert keys <= set(labels()), "a module outside apps/*/acts belongs into ACTS_OUTSIDE_APPS"
