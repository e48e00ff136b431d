"""A province that appraises by the quarter: quotas by class, boxes, exclusions, one ladder, a year of four quarters."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengjian.apps.approvals.queries import steps_waiting_for
from hengjian.apps.bulletins.acts.exclude import exclude, include
from hengjian.apps.conftest_province import Province
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.org.access import Denied
from hengjian.apps.points.acts import notices, posting
from hengjian.apps.points.acts.posting import post_open
from hengjian.apps.points.explain import card
from hengjian.apps.points.models import LedgerLine, Notice
from hengjian.apps.points.queries import score_of, scores
from hengjian.apps.points.workload import workloads
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def posted(province: Province, when: str = "2024-04-03T10:00") -> None:
    post_open(province.actor("editor", when), province.installation)


def points(province: Province, unit: str, period: str) -> Decimal:
    return score_of(province.installation, province.unit(unit), period)


def test_the_base_comes_with_the_last_item_of_the_quota_of_the_class(province: Province) -> None:
    province.items("city", 24, "2024-01-03T09:00")
    province.items("city2", 23, "2024-01-03T09:00")
    province.items("direct", 18, "2024-01-03T09:00")
    posted(province)
    assert [points(province, u, "2024Q1") for u in ("city", "city2", "direct", "prison")] == [60, 0, 60, 0]


def test_difficult_and_urgent_items_count_twice_for_the_quota_and_once_for_quality(
    province: Province,
) -> None:
    items = province.items("legal", 3, "2024-01-03T09:00", "difficulty")
    province.fact("adopt", items[0], "2024-02-01T09:00", "work_brief")
    posted(province)
    assert points(province, "legal", "2024Q1") == 65


def test_what_reached_no_prescribed_box_counts_for_quality_only(province: Province) -> None:
    items = province.items("legal", 6, "2024-01-03T09:00", boxes="other")
    province.fact("adopt", items[0], "2024-02-01T09:00", "website")
    posted(province)
    assert points(province, "legal", "2024Q1") == 3


def test_the_box_of_the_stability_office_counts_for_urgent_items_alone(province: Province) -> None:
    province.items("legal", 6, "2024-01-03T09:00", boxes="mail_bwk")
    province.items("point", 6, "2024-01-03T09:00", "urgent", boxes="mail_bwk")
    posted(province)
    assert (points(province, "legal", "2024Q1"), points(province, "point", "2024Q1")) == (0, 60)


def test_routine_items_count_for_nothing_until_they_are_let_in_again(province: Province) -> None:
    items = province.items("legal", 6, "2024-01-03T09:00")
    editor = province.actor("editor", "2024-04-02T09:00")
    with pytest.raises(HengjianError, match="具体情况"):
        exclude(editor, items[0], reason="daily")
    exclude(editor, items[0], reason="attendance")
    posted(province)
    assert points(province, "legal", "2024Q1") == 0
    include(editor, items[0], note="实为工作部署。")
    posted(province)
    assert points(province, "legal", "2024Q1") == 60


def test_a_point_reports_for_itself_and_not_for_its_city(province: Province) -> None:
    province.items("point", 12, "2024-01-03T09:00")
    province.items("city", 12, "2024-01-03T09:00")
    posted(province)
    assert (points(province, "point", "2024Q1"), points(province, "city", "2024Q1")) == (60, 0)


def test_a_later_higher_result_gives_the_difference_in_its_quarter(province: Province) -> None:
    item = province.filed("city", "2024-02-01T09:00")
    province.fact("adopt", item, "2024-03-31T23:59", "website")
    province.fact("instruct", item, "2024-04-01T00:00", "prov_gov_leader", system="gov")
    posted(province, "2024-04-03T10:00")
    assert [points(province, "city", p) for p in ("2024Q1", "2024Q2", "2024")] == [3, 17, 20]
    line = LedgerLine.objects.get(points=3)
    assert any("再得差额" in text for text in card(line).nearest)


def test_the_class_and_the_listing_are_those_of_the_quarters_last_day(province: Province) -> None:
    first = province.unit("city").classes.get()
    first.valid_to = first.valid_from.replace(year=2024, month=3, day=31)
    first.save()
    province.classify("city", "B_direct", "2024-03-31")
    gone = province.unit("point").classes.get()
    gone.valid_to = gone.valid_from.replace(year=2024, month=3, day=31)
    gone.save()
    province.items("city", 18, "2024-01-03T09:00")
    province.items("point", 12, "2024-01-03T09:00")
    posted(province)
    assert (points(province, "city", "2024Q1"), points(province, "point", "2024Q1")) == (60, 0)


def test_the_inbox_counts_as_the_points_do(province: Province) -> None:
    items = province.items("city", 20, "2024-01-03T09:00", "difficulty")[:3]
    for item in items:
        exclude(province.actor("editor", "2024-02-01T09:00"), item, reason="attendance")
    province.items("city2", 20, "2024-01-03T09:00")
    actor = province.actor("city2_writer", "2024-03-20T09:00")
    [row] = [r for r in rows_for(actor) if r.kind == "报送任务"]
    assert "还差 4 条" in row.title and row.due_words.startswith("2024年3月31日")
    assert not [
        r for r in rows_for(province.actor("city_writer", "2024-03-20T09:00")) if r.kind == "报送任务"
    ]
    [load] = workloads(province.installation, [province.unit("city2")], "2024Q1", actor.at)
    assert load.sentence == "应报 24 条，计入 20 条，还差 4 条。"


def test_the_notice_is_owed_within_the_first_ten_days_of_the_quarter(province: Province) -> None:
    rows = [r for r in rows_for(province.actor("editor", "2024-04-03T10:00")) if r.kind == "通报拟稿"]
    assert [(r.title.split("：")[1], r.due_words) for r in rows if "registers/scoring" in r.clause] == [
        ("2024年第一季度", "2024年4月10日 24:00")
    ]


def test_the_quarterly_notice_has_class_quota_base_and_quality(province: Province) -> None:
    items = province.items("city", 24, "2024-01-03T09:00")
    province.fact("adopt", items[0], "2024-02-01T09:00", "esi_bulletin")
    province.items("city2", 23, "2024-01-03T09:00")
    editor = province.actor("editor", "2024-04-03T10:00")
    notice = notices.prepare(editor, province.installation, clause="notices/quarterly", period="2024Q1")
    sections = {s["key"]: s["rows"] for s in notice.content["sections"]}
    first = next(r for r in sections["units"] if r["points"] == "70")
    assert (first["name"], first["class"], first["quota"], first["counted"]) == (
        "澜州市司法局", "市、州司法局", "24", "24",
    )  # fmt: skip
    assert (first["base"], first["quality"], first["points"]) == ("60", "10", "70")
    office = next(r for r in sections["units"] if r["name"] == "厅办公室")
    assert (office["quota"], office["class"]) == ("未规定", "未规定")
    short = {r["unit"]: (r["done"], r["due"], r["missed"]) for r in sections["short"]}
    assert short["柳川市司法局"] == ("23", "24", "1") and "澜州市司法局" not in short


def test_the_year_is_the_sum_of_four_quarters_and_names_them(province: Province) -> None:
    for quarter, month in enumerate(("01", "04", "07", "10"), 1):
        items = province.items("legal", 6, f"2023-{month}-03T09:00")
        if quarter > 2:
            province.fact("adopt", items[0], f"2023-{month}-20T09:00", "website")
    editor = province.actor("editor", "2024-01-12T10:00")
    notice = notices.prepare(editor, province.installation, clause="notices/yearly", period="2023")
    row = next(r for r in notice.content["sections"][0]["rows"] if r["name"] == "厅法治调研处")
    assert [row[k] for k in ("q1", "q2", "q3", "q4", "points")] == ["60", "60", "63", "63", "246"]
    assert scores(province.installation, "2023")[province.unit("legal").pk] == 246
    assert notice.content["awards"][0]["names"][0]["name"] == "厅法治调研处"
    assert not notice.content["provisional"] and Notice.objects.count() == 1


def test_honours_are_proposed_by_the_office_and_conferred_by_the_party_group(province: Province) -> None:
    province.items("legal", 6, "2023-10-03T09:00")
    editor = province.actor("editor", "2024-01-12T10:00")
    notice = notices.prepare(editor, province.installation, clause="notices/yearly", period="2023")
    notice = notices.submit(editor, notice, version=notice.version)
    vice, head, party = (province.actor(who, "2024-01-15T10:00") for who in ("vice", "president", "party"))
    with pytest.raises(Denied, match="不在您的岗位"):
        notices.approve(party, notice, version=notice.version)
    for leader in (vice, head):
        notice = notices.approve(leader, notice, version=notice.version)
    assert notice.state == Notice.State.SUBMITTED
    with pytest.raises(HengjianError):
        notices.publish(editor, notice, version=notice.version)
    assert [s.label for s in steps_waiting_for(party)] == ["厅党委授予"]
    assert any(notice.title in row.title for row in rows_for(party))
    page = province.client("party").get(f"/points/notices/{notice.pk}/").content.decode()
    assert "拟表彰：信息调研工作先进单位" in page and "厅党委授予" in page
    notice = notices.approve(party, notice, version=notice.version, opinion="同意授予。")
    assert notice.state == Notice.State.APPROVED and notice.approved_by == party.person


def test_a_year_looked_at_in_december_is_provisional(province: Province) -> None:
    province.items("legal", 6, "2023-10-03T09:00")
    editor = province.actor("editor", "2023-12-20T10:00")
    notice = notices.prepare(editor, province.installation, clause="notices/yearly", period="2023")
    assert notice.content["provisional"] and "预计" in notice.title
    with pytest.raises(HengjianError, match="还没有结束"):
        notices.submit(editor, notice, version=notice.version)


def test_points_may_not_be_posted_to_a_month(province: Province) -> None:
    with pytest.raises(HengjianError, match="季度"):
        posting.post_period(province.actor("editor"), province.installation, "2024-02")


def test_pages_speak_of_quarters(province: Province) -> None:
    items = province.items("city", 24, "2024-01-03T09:00")
    province.fact("adopt", items[0], "2024-02-01T09:00", "website")
    posted(province)
    client, unit = province.client("editor"), province.unit("city").pk
    for url in (
        "/points/?year=2024",
        "/points/periods/2024Q1/",
        f"/points/units/{unit}/2024Q1/",
        "/points/notices/",
    ):
        response = client.get(url)
        assert response.status_code == 200, url
    assert 'value="20' in client.get("/points/notices/").content.decode()
    for line in LedgerLine.objects.all():
        assert client.get(f"/points/lines/{line.pk}/").status_code == 200
