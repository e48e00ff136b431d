"""Who may open which page, and what it shows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hengjian.apps.points.acts.posting import post_open
from hengjian.apps.points.conftest import Desk, closed_june
from hengjian.apps.points.models import Appeal, LedgerLine, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def june(desk: Desk) -> Notice:
    return closed_june(desk)


def get(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return str(response.content.decode())


def test_every_page_opens_for_the_editor(june: Notice, desk: Desk) -> None:
    client, unit = desk.story.client("editor"), desk.story.unit("civil1").pk
    line = LedgerLine.objects.filter(points__gt=0, item__isnull=False).first()
    assert line is not None
    for url in (
        "/points/?year=2024",
        "/points/?clause=points/bulletin",
        "/points/periods/2024-06/",
        "/points/periods/2024/",
        f"/points/units/{unit}/2024-06/",
        f"/points/units/{unit}/2024/",
        f"/points/teams/{unit}/2024-06/",
        f"/points/people/{desk.story.person('writer').pk}/?year=2024",
        f"/points/items/{line.item_id}/",
        "/points/held/",
        "/points/notices/",
        f"/points/notices/{june.pk}/",
        "/points/appeals/",
        "/points/whatif/",
        "/points/whatif/?first=2024-06&last=2024-06&v.bulletin.problem=9&r.R07=per_publication",
    ):
        get(client, url)
    for one in LedgerLine.objects.all():
        get(client, f"/points/lines/{one.pk}/")


def test_the_card_names_article_fact_reading_and_who_recorded(june: Notice, desk: Desk) -> None:
    line = LedgerLine.objects.filter(points=5).first()
    assert line is not None
    text = get(desk.story.client("writer"), f"/points/lines/{line.pk}/")
    for part in ("第二十四条", "被《法院简报》采用", "江采薇", "R05", "怎样会不同"):
        assert part in text


@pytest.mark.parametrize("who", ["neighbour", "staff"])
def test_a_department_sees_its_own_lines_and_foreign_ones_do_not_exist(
    june: Notice, desk: Desk, who: str
) -> None:
    client = desk.story.client(who)
    own = {"neighbour": "criminal", "staff": "civil1"}[who]
    for line in LedgerLine.objects.select_related("unit"):
        expected = 200 if line.unit and line.unit.code == own else 404
        assert client.get(f"/points/lines/{line.pk}/").status_code == expected
    other = desk.story.unit("civil1" if own == "criminal" else "criminal").pk
    assert client.get(f"/points/units/{other}/2024-06/").status_code == 404
    assert client.get(f"/points/teams/{other}/2024-06/").status_code == 404


def test_the_neighbour_cannot_open_the_item_or_its_authors(june: Notice, desk: Desk) -> None:
    client = desk.story.client("neighbour")
    line = LedgerLine.objects.filter(points=5).first()
    assert line is not None
    assert client.get(f"/points/items/{line.item_id}/").status_code == 404
    assert client.get(f"/points/people/{desk.story.person('writer').pk}/").status_code == 404
    assert "民一庭" not in get(client, "/points/?year=2024")


@pytest.mark.parametrize("who", ["outsider", "disabled"])
def test_strangers_to_the_court_see_nothing(june: Notice, desk: Desk, who: str) -> None:
    client = desk.story.client(who)
    assert client.get(f"/points/notices/{june.pk}/").status_code in (302, 403, 404)
    assert client.get("/points/").status_code in (302, 403, 404)


@pytest.mark.parametrize("who", ["writer", "head", "president", "auditor"])
@pytest.mark.parametrize("url", ["/points/held/", "/points/whatif/"])
def test_pages_of_the_office_are_refused_to_others(desk: Desk, who: str, url: str) -> None:
    assert desk.story.client(who).get(url).status_code == 403


@pytest.mark.parametrize("who", ["writer", "neighbour", "president", "editor"])
def test_a_published_notice_is_open_to_the_whole_court(june: Notice, desk: Desk, who: str) -> None:
    text = get(desk.story.client(who), f"/points/notices/{june.pk}/")
    assert june.number in text
    for suffix in ("pdf", "docx", "xlsx"):
        response = desk.story.client(who).get(f"/points/notices/{june.pk}/{suffix}/")
        assert response.status_code == 200 and "attachment" in response["Content-Disposition"]


def test_a_draft_is_not_there_for_departments(june: Notice, desk: Desk) -> None:
    Notice.objects.filter(pk=june.pk).update(state="draft")
    assert desk.story.client("writer").get(f"/points/notices/{june.pk}/").status_code == 404


@pytest.mark.parametrize("url", ["/points/lines/999999/", "/points/notices/999999/", "/points/periods/nonsense/",
                                 "/points/periods/2024W03/", "/points/appeals/999999/"])  # fmt: skip
def test_what_is_not_there_is_404(june: Notice, desk: Desk, url: str) -> None:
    assert desk.story.client("editor").get(url).status_code == 404


def test_posting_needs_post(desk: Desk) -> None:
    assert desk.story.client("editor").get("/points/post/").status_code == 405


def test_the_whole_way_by_clicks(desk: Desk) -> None:
    """Editor posts, prepares, submits; president signs; editor publishes; the department objects; it is decided."""
    item = desk.item("civil1")
    desk.fact("adopt", item, "2024-06-05T09:00", "bulletin")
    desk.fact("late", item, "2024-06-06T09:00", unit="civil1")
    editor, president, writer = (desk.story.client(k) for k in ("editor", "president", "writer"))
    assert "2024-06" not in LedgerLine.objects.values_list("period__key", flat=True)
    editor.post("/points/post/")
    assert LedgerLine.objects.count() == 2
    made = editor.post("/points/notices/prepare/", {"clause": "notices/monthly", "period": "2024-06"})
    notice = Notice.objects.get()
    assert made.status_code == 302
    edited = {"version": notice.version, "title": "标题", "remark": "请各部门再接再厉。"}
    editor.post(f"/points/notices/{notice.pk}/edit/", edited)
    for client, verb in ((editor, "submit"), (president, "approve"), (editor, "publish")):
        notice.refresh_from_db()
        response = client.post(
            f"/points/notices/{notice.pk}/act/{verb}/", {"version": notice.version, "text": ""}
        )
        assert response.status_code == 302, verb
    notice.refresh_from_db()
    assert notice.state == Notice.State.PUBLISHED and notice.number.endswith("1号")
    line = LedgerLine.objects.get(points__lt=0)
    form = {
        "line": line.pk,
        "unit": desk.story.unit("civil1").pk,
        "text": "当日已电话报告。",
        "client_key": "abc",
    }
    assert writer.post("/points/appeals/new/", form).status_code == 302
    appeal = Appeal.objects.get()
    get(writer, f"/points/appeals/{appeal.pk}/")
    answer = {"verdict": "upheld", "decision": "电话报告在时限内。", f"fact_{line.evidence[0]}": "withdraw"}
    assert president.post(f"/points/appeals/{appeal.pk}/decide/", answer).status_code == 302
    appeal.refresh_from_db()
    assert appeal.state == Appeal.State.UPHELD
    assert "冲销" in get(president, f"/points/appeals/{appeal.pk}/")


def test_a_refused_act_answers_422_with_the_reason(june: Notice, desk: Desk) -> None:
    response = desk.story.client("editor").post(
        "/points/notices/prepare/", {"clause": "notices/monthly", "period": "2024-06"}
    )
    assert response.status_code == 422 and "一致" in response.content.decode()
    stale = desk.story.client("editor").post(
        f"/points/notices/{june.pk}/act/submit/", {"version": 1, "text": ""}
    )
    assert stale.status_code == 422


def test_a_held_period_is_restated_by_click(june: Notice, desk: Desk) -> None:
    desk.fact("adopt", desk.item("filing", "dynamic"), "2024-06-28T09:00", "bulletin")
    client = desk.story.client("editor")
    assert "立案庭" in get(client, "/points/held/")
    response = client.post("/points/held/2024-06/restate/", {"reason": "漏记一次采用"})
    edition = Notice.objects.get(edition=2)
    assert response.status_code == 302 and response["Location"].endswith(f"/points/notices/{edition.pk}/")
    assert "更正前后对照" in get(client, f"/points/notices/{edition.pk}/")
    assert client.post("/points/held/2024-06/restate/", {"reason": ""}).status_code == 422
    assert client.post("/points/held/2024-06/nonsense/", {"reason": "x"}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_lines(desk: Desk) -> None:
    client, unit = desk.story.client("editor"), desk.story.unit("civil1").pk
    asked = []
    for n in (2, 12):
        for m in range(n):
            item = desk.item("civil1", title=f"第{n}-{m}篇")
            desk.fact("adopt", item, "2024-06-05T09:00", "bulletin")
        post_open(desk.story.actor("editor", datetime(2024, 6, 30, tzinfo=UTC)), desk.story.installation)
        get(client, f"/points/units/{unit}/2024-06/")  # the counts of the menu are kept for a while
        with CaptureQueriesContext(connection) as queries:
            get(client, f"/points/units/{unit}/2024-06/")
        asked.append(len(queries))
    assert asked[0] == asked[1] < 60


def test_shares_wait_for_the_author_and_for_the_head(desk: Desk) -> None:
    item = desk.item("civil1")
    desk.author(item, "writer")
    desk.author(item, "staff")
    assert item.title in get(desk.story.client("writer"), "/points/shares/")
    assert "待部门审定" in get(desk.story.client("head"), "/points/shares/")
    assert item.title not in get(desk.story.client("neighbour_head"), "/points/shares/")
    item.authorships.update(confirmed_at=desk.story.at)
    assert item.title not in get(desk.story.client("writer"), "/points/shares/")
    assert item.title in get(desk.story.client("head"), "/points/shares/")
