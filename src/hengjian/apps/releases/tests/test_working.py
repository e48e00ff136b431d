"""Tables of the statistics office as files: the numbers of the page, with card, version and whose copy it is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hengjian.apps.audit.models import Entry
from hengjian.apps.releases import queries
from hengjian.apps.releases.copies import Sheet, printed
from hengjian.apps.releases.models import HandOut
from hengjian.apps.statistics.conftest import Story, changing, shared_lake, story
from hengjian.documents.intake import read_xlsx

pytestmark = pytest.mark.django_db
__all__ = ["changing", "shared_lake", "story"]
ADDRESS = reverse("releases:working_table")
ASKED = {"period": "2026-01", "form": "xlsx", "purpose": "核对一月数据"}


def sheets(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.name: [tuple(row) for row in sheet.rows] for sheet in read_xlsx(data)}


def test_the_file_holds_the_numbers_of_the_page_as_numbers(story: Story) -> None:
    client = story.client("chief")
    page = client.get(reverse("statistics:table") + "?period=2026-01").content.decode()
    assert f'action="{ADDRESS}"' in page
    answer = client.post(ADDRESS, ASKED)
    assert answer.status_code == 200
    found = sheets(answer.content)
    head, *rows = found["数据"]
    filed = next(n for n, title in enumerate(head) if str(title).startswith("新收"))
    first = rows[0]
    assert isinstance(first[filed], int | float)
    assert f">{first[filed]:,}</a>" in page
    told = "".join(str(cell) for row in found["说明"] for cell in row if cell)
    assert "数据版本：" in told and "口径“新收”第1版" in told and "不得对外提供" in told


def test_every_copy_is_marked_and_found_again(story: Story) -> None:
    story.client("chief").post(ADDRESS, ASKED)
    row = HandOut.objects.get()
    assert row.unit == story.units["high"] and row.title == "2026年1月统计报表"
    assert row.purpose == "核对一月数据（未发布）"
    assert Entry.objects.filter(action="releases.working.copy").exists()
    assert queries.visible_handouts(story.actor("chief")).filter(pk=row.pk).exists()
    assert not queries.visible_handouts(story.actor("county")).filter(pk=row.pk).exists()


@pytest.mark.parametrize("form", ["docx", "pdf", "csv"])
def test_other_forms_carry_the_mark(story: Story, form: str) -> None:
    answer = story.client("chief").post(ADDRESS, ASKED | {"form": form, "kinds": "1"})
    assert answer.status_code == 200
    assert HandOut.objects.get().form == form
    if form == "csv":
        assert HandOut.objects.get().code in answer.content.decode("utf-8-sig")


def test_a_wide_table_is_printed_in_parts_that_can_be_read() -> None:
    heads = ("甲", "乙", "丙", "率·分子", "率·分母", "率（%）", "率二·分子", "率二·分母", "率二（%）", "丁")
    sheet = Sheet("表", ("法院", "类别", *heads), (), (), "院", decimals=(None, None, *(0 for _ in heads)))
    parts = printed(sheet)
    assert all(part[:2] == (0, 1) and len(part) <= 8 for part in parts)
    assert [n for part in parts for n in part[2:]] == list(range(2, 12))
    assert {5, 6, 7} <= set(parts[0]) and {8, 9, 10} <= set(parts[1])
    assert printed(Sheet("表", heads[:8], (), (), "院")) == [tuple(range(8))]
    assert all(part[0] == 0 for part in printed(Sheet("表", tuple("一二三四五六七八九十"), (), (), "院")))


def test_a_court_exports_its_own_rows_only(story: Story) -> None:
    answer = story.client("county").post(ADDRESS, ASKED)
    names = {row[0] for row in sheets(answer.content)["数据"][1:] if row[0]}
    mine = {name for name in names if "用于" not in str(name)}
    assert mine == {str(story.units["basic"])}


def test_nonsense_and_strangers_get_nothing(story: Story) -> None:
    assert story.client("chief").post(ADDRESS, ASKED | {"period": "明年"}).status_code == 404
    assert story.client("chief").post(ADDRESS, ASKED | {"version": "999"}).status_code == 404
    assert story.client("clerk").post(ADDRESS, ASKED).status_code in (403, 404)
    assert not HandOut.objects.exists()
