"""What a province hands to the assessor of its cities: their points by quarter and year, and nobody else's."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from hengjian.apps.conftest import Story
from hengjian.apps.conftest_province import Province
from hengjian.apps.points.acts.posting import post_open

pytestmark = pytest.mark.django_db
PAGE = "/points/work/assessment/"


@pytest.fixture
def posted(province: Province) -> Province:
    province.items("city", 24, "2024-02-01T09:00")
    province.items("direct", 17, "2024-02-01T09:00")
    item = province.filed("direct", "2024-02-05T09:00")
    province.fact("adopt", item, "2024-02-20T09:00", "website")
    post_open(province.actor("editor"), province.installation)
    return province


def rows(province: Province, period: str) -> list[list[object]]:
    answer = province.client("editor").get(f"{PAGE}?period={period}&export=xlsx")
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_the_year_tells_the_points_of_each_quarter_of_cities_alone(posted: Province) -> None:
    head, *found = rows(posted, "2024")
    assert [row[head.index("每季度最低报送条数：应报")] for row in found] == [96, 96, 72], "four quarters"
    assert head[1] == "单位" and "应表彰采用" not in head
    at = [head.index(name) for name in ("一季度得分", "二季度得分", "全年得分")]
    assert {str(row[1]): [row[n] for n in at] for row in found} == {
        "澜州市司法局": [60, 0, 60],
        "柳川市司法局": [0, 0, 0],
        "云泽市司法局": [63, 0, 63],
    }


def test_a_quarter_tells_its_own_points_and_the_quota(posted: Province) -> None:
    head, *found = rows(posted, "2024Q1")
    city = dict(zip(map(str, head), found[0], strict=True))
    assert city["得分"] == 60 and city["每季度最低报送条数：应报"] == 24
    assert city["每季度最低报送条数：已报"] == 24


def test_the_page_shows_it_with_its_article_and_the_menu_leads_there(posted: Province) -> None:
    client = posted.client("editor")
    page = client.get(f"{PAGE}?period=2024").content.decode()
    assert "全年得分" in page and "第十六条" in page and "省监狱局" not in page
    assert PAGE in client.get("/").content.decode()
    got = client.get("/api/points/assessment?period=2024Q1").json()
    assert [(row["name"], float(row["points"][0])) for row in got][:1] == [("澜州市司法局", 60.0)]
    assert posted.client("city_writer").get(PAGE).status_code == 403


def test_a_court_hands_over_no_such_table(story: Story) -> None:
    assert PAGE not in story.client("editor").get("/").content.decode()
