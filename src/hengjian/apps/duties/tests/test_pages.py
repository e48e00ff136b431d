from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hengjian.apps.conftest import Story
from hengjian.apps.duties.acts.record import Record, record_fulfilment
from hengjian.apps.duties.models import Fulfilment, JobState, ZeroReport
from hengjian.base.periods import Period, PeriodKind

pytestmark = pytest.mark.django_db
TRAINING = "/registers/registers/training/"
RECORD = "/registers/record/registers/training/"


@pytest.fixture
def entry(story: Story, settings: object, tmp_path: Path) -> Fulfilment:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    actor = story.actor("editor", timezone.now())
    return record_fulfilment(
        actor,
        installation=story.installation,
        clause="registers/training",
        record=Record(
            title="写作培训",
            happened_on=timezone.localdate(),
            minutes="讲选题。",
            attendees=(story.person("writer"),),
            file=SimpleUploadedFile("签到表.pdf", b"%PDF-1.7 x"),
        ),
    )


@pytest.mark.parametrize(
    "path", ["/", "/calendar/", "/quota/", "/overview/", "/registers/", TRAINING, RECORD, "/service/"]
)
def test_strangers_are_sent_to_the_login(story: Story, path: str) -> None:
    answer = story.client().get(path)
    assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize(
    "who", ["staff", "writer", "head", "leader", "president", "party", "editor", "sysadmin", "auditor"]
)
@pytest.mark.parametrize(
    "path", ["/", "/calendar/", "/calendar/?month=2024-02", "/registers/", "/calendar/?month=x"]
)
def test_everybody_has_an_inbox_a_calendar_and_the_registers(story: Story, who: str, path: str) -> None:
    answer = story.client(who).get(path)
    assert answer.status_code == 200
    assert "style=" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/quota/", {"writer", "head", "leader", "president", "editor"}),
        ("/overview/", {"leader", "president", "editor"}),
        (RECORD, {"editor"}),
        ("/service/", {"sysadmin"}),
    ],
)
def test_the_other_pages_open_by_right(story: Story, path: str, allowed: set[str]) -> None:
    for who in ("staff", "writer", "head", "leader", "president", "editor", "sysadmin", "auditor"):
        expected = 200 if who in allowed else 403
        assert story.client(who).get(path).status_code == expected, who


def test_the_inbox_shows_the_basis_of_the_chosen_row(story: Story) -> None:
    html = story.client("writer").get("/").content.decode()
    assert "第二十三条" in html and "longkou/duties/weekly-item" in html and "签报无情况" in html


def test_htmx_gets_the_pane_alone(story: Story) -> None:
    html = (
        story.client("writer").get("/", headers={"HX-Request": "true", "HX-Target": "pane"}).content.decode()
    )
    assert "<html" not in html and "第二十三条" in html


def test_the_inbox_of_somebody_without_a_post_says_whom_to_ask(story: Story) -> None:
    story.person("staff").appointments.all().delete()
    assert "请联系安全管理员" in story.client("staff").get("/").content.decode()


def test_a_foreign_department_is_not_there(story: Story) -> None:
    client = story.client("writer")
    assert client.get(f"/quota/?unit={story.unit('civil1').pk}").status_code == 200
    for unit in (story.unit("criminal").pk, story.unit("other_court").pk, 0, "x"):
        assert client.get(f"/quota/?unit={unit}").status_code == 404, unit


def test_a_zero_report_is_one_click(story: Story) -> None:
    week = Period.of(timezone.localdate(), PeriodKind.WEEK)
    data = {
        "unit": story.unit("civil1").pk,
        "installation": story.installation.pk,
        "clause": "duties/weekly-item",
        "period": str(week),
    }
    answer = story.client("writer").post("/quota/zero/", data, follow=True)
    assert "已签报本期无情况" in answer.content.decode() and ZeroReport.objects.count() == 1
    assert story.client("writer").get("/quota/zero/").status_code == 405
    assert story.client("neighbour").post("/quota/zero/", data).status_code == 404
    assert ZeroReport.objects.count() == 1


def test_minutes_are_for_the_office_and_readers_of_all(story: Story, entry: Fulfilment) -> None:
    for who in ("editor", "president", "party"):
        assert "写作培训" in story.client(who).get(TRAINING).content.decode(), who
        assert story.client(who).get(f"/registers/entry/{entry.pk}/").status_code == 200, who
    html = story.client("writer").get(TRAINING).content.decode()
    assert "写作培训" not in html and "只向登记部门和领导开放" in html
    assert story.client("writer").get(f"/registers/entry/{entry.pk}/").status_code == 403
    assert story.client("editor").get("/registers/entry/999999/").status_code == 404


def test_the_file_is_handed_out_under_its_name_to_readers_only(story: Story, entry: Fulfilment) -> None:
    path = f"/registers/entry/{entry.pk}/file/"
    answer = story.client("president").get(path)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    assert story.client("head").get(path).status_code == 403


def test_an_entry_is_made_by_the_form_and_withdrawn_with_a_reason(story: Story) -> None:
    client = story.client("editor")
    data = {
        "title": "写作培训",
        "happened_on": str(timezone.localdate()),
        "attendees": [story.person("writer").pk],
    }
    assert client.post(RECORD, data).status_code == 302
    made = Fulfilment.objects.get()
    assert client.post(f"/registers/entry/{made.pk}/withdraw/", {"reason": ""}).status_code == 409
    client.post(f"/registers/entry/{made.pk}/withdraw/", {"reason": "登记错了"})
    assert "已撤销" in client.get(f"/registers/entry/{made.pk}/").content.decode()


def test_a_refused_entry_keeps_what_was_typed_and_says_why(story: Story) -> None:
    answer = story.client("editor").post(RECORD, {"title": "写作培训", "happened_on": "2024-03-01"})
    html = answer.content.decode()
    assert answer.status_code == 422 and "没有参加人员" in html and 'value="写作培训"' in html


@pytest.mark.parametrize(
    "path", ["/registers/nothing/", "/registers/flows/general/", "/registers/record/registers/liaison/"]
)
def test_an_unknown_register_is_not_there(story: Story, path: str) -> None:
    assert story.client("editor").get(path).status_code == 404


def test_phones_are_shown_with_the_right_only(story: Story) -> None:
    person = story.person("writer")
    person.phone = "0000-1234567"
    person.save()
    path = "/registers/registers/liaison/"
    assert "0000-1234567" in story.client("editor").get(path).content.decode()
    for who in ("neighbour_head", "neighbour", "staff"):
        html = story.client(who).get(path).content.decode()
        assert "林知微" in html and "0000-1234567" not in html, who


def test_an_outsider_sees_nothing_of_the_court(story: Story) -> None:
    client = story.client("outsider")
    assert "民一庭" not in client.get("/registers/").content.decode()
    assert client.get(TRAINING).status_code == 404


def test_the_calendar_shows_what_was_held(story: Story, entry: Fulfilment) -> None:
    assert "写作培训" in story.client("writer").get("/calendar/").content.decode()


def test_a_silent_or_failing_worker_is_told_to_the_system_administrator(story: Story) -> None:
    JobState.objects.create(name="duties.remind", failing_since=timezone.now(), error="OSError: disk full")
    client = story.client("sysadmin")
    assert "disk full" in client.get("/service/").content.decode()
    assert "后台程序超过30分钟" in client.get("/service/").content.decode()
    assert "disk full" in client.get("/").content.decode()
    assert "disk full" not in story.client("editor").get("/").content.decode()


def test_a_past_year_of_a_register_can_be_looked_up(story: Story) -> None:
    html = story.client("editor").get(TRAINING + "?y=2022").content.decode()
    assert "2022年少 2 次" in html or "2022年" in html
    assert story.client("editor").get(TRAINING + "?y=1066").status_code == 200


def test_the_user_menu_names_the_own_posts_only(story: Story) -> None:
    html = story.client("neighbour_head").get("/registers/registers/liaison/").content.decode()
    menu = html.split('<div class="drop-list">')[-1].split("</form>")[0]
    assert "庭长" in menu and "林知微" not in menu
