"""What counted already is named in words, never by the number of a row."""

from __future__ import annotations

import pytest

from hengjian.apps.points.conftest import Desk, local
from hengjian.apps.points.engine import scored

pytestmark = pytest.mark.django_db


def test_a_second_printing_names_the_first(desk: Desk) -> None:
    item = desk.item("civil1")
    desk.fact("submit", item, "2024-06-03T09:00")
    desk.fact("adopt", item, "2024-06-05T09:00", "bulletin")
    desk.fact("adopt", item, "2024-06-20T09:00", "bulletin")
    rows = scored(desk.story.installation, local("2024-06-30T18:00")).of("2024-06")
    (again,) = [row for row in rows if "不重复计" in row.note]
    assert again.note == "同一事项已按 2024年6月5日被《法院简报》采用 计过一次，不重复计。"
