"""A department reports to the statistics office of its own court, and upwards only where the text is read so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back
from hengjian.apps.approvals.queries import visible_courses
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.access import Denied
from hengjian.apps.org.models import Appointment, Person, Post, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import ReadingDecision
from hengjian.apps.statistics.acts import departments as acts
from hengjian.apps.statistics.conftest import SINCE, Story
from hengjian.apps.statistics.departments import lines_of, visible_department_reports
from hengjian.apps.statistics.models import DepartmentReport
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_instant

pytestmark = pytest.mark.django_db
PEOPLE = {
    "officer": ("民一", "staff", "office"),
    "boss": ("庭长", "dept_head", "office"),
    "stranger": ("研究", "staff", "research"),
    "manager": ("数据", "data_manager", "middle"),
    "far": ("外市", "data_manager", "other"),
}
SAID = {"span": "2026-01", "title": "一月情况", "lines": "新收=2件\n已结：1件\n走访=12次", "body": "说明。"}


@pytest.fixture
def told(story: Story) -> Story:
    for n, (key, (name, role, unit)) in enumerate(PEOPLE.items()):
        user = story.users[key] = User.objects.create(username=key)
        person = Person.objects.create(name=name, staff_no=f"d{n}", unit=story.units[unit], user=user)
        post = Post.objects.create(
            unit=story.units[unit], role=role, title=name, subtree=ROLES[role].subtree, valid_from=SINCE
        )
        Appointment.objects.create(post=post, person=person, valid_from=SINCE)
    return story


def drafted(told: Story, who: str = "officer", **said: Any) -> DepartmentReport:
    return acts.draft_department_report(
        told.actor(who),
        told.dataset.installation,
        told.units["office"],
        client_key=f"k{who}",
        **(SAID | said),
    )


def signed(told: Story, row: DepartmentReport, *who: str) -> DepartmentReport:
    course = running.current(row)
    assert course is not None
    for one in who:
        agree(told.actor(one), course)
    row.refresh_from_db()
    return row


def test_the_head_examines_and_the_own_statistics_office_receives(told: Story) -> None:
    row = acts.send_department_report(told.actor("officer"), drafted(told))
    assert signed(told, row, "boss").state == "sent"
    with pytest.raises(Denied):
        signed(told, row, "city")
    row = signed(told, row, "county")
    assert (row.state, row.presented_to) == ("received", "")
    assert row.received_at is not None


@pytest.mark.parametrize(("option", "seen"), [("default", False), ("direct_line", True)])
def test_the_reading_decides_whether_the_line_above_gets_it_too(told: Story, option: str, seen: bool) -> None:
    ReadingDecision.objects.create(
        installation=told.dataset.installation,
        reading="S11",
        option=option,
        decided_by="研究室",
        effective_from=date(2026, 1, 1),
        decided_at=to_instant(datetime(2026, 1, 1)),
    )
    row = acts.send_department_report(told.actor("officer"), drafted(told))
    assert not visible_department_reports(told.actor("manager")).exists()
    signed(told, row, "boss", "county")
    manager = told.actor("manager")
    assert visible_department_reports(manager).filter(pk=row.pk).exists() == seen
    assert visible_courses(manager).exists() == seen
    told_mail = OutgoingMail.objects.filter(key__startswith="presented:")
    assert [mail.person for mail in told_mail] == ([told.users["manager"].person] if seen else [])
    assert told.client("manager").get(f"/statistics/departments/{row.pk}/").status_code == (
        200 if seen else 404
    )
    assert not visible_department_reports(told.actor("far")).exists()


def test_what_the_head_draws_up_goes_straight_to_the_office(told: Story) -> None:
    row = acts.send_department_report(told.actor("boss"), drafted(told, "boss"))
    assert signed(told, row, "county").state == "received"


def test_returned_it_is_mended_and_goes_the_whole_way_again(told: Story) -> None:
    row = acts.send_department_report(told.actor("officer"), drafted(told))
    course = running.current(row)
    assert course is not None
    with pytest.raises(HengjianError, match="不能再改"):
        acts.edit_department_report(told.actor("officer"), row, **SAID)
    send_back(told.actor("boss"), course, reason="数不对")
    row.refresh_from_db()
    row = acts.edit_department_report(told.actor("officer"), row, **(SAID | {"lines": "新收=3件"}))
    row = acts.send_department_report(told.actor("officer"), row, version=row.version)
    assert signed(told, row, "boss", "county").lines == [{"name": "新收", "value": "3", "measure": "件"}]


@pytest.mark.parametrize(
    ("said", "why"),
    [({"lines": "很多案件"}, "名称=数"), ({"span": "2026-03"}, "期满后"), ({"title": " "}, "题目"),
     ({"lines": "", "body": " "}, "至少写一项")],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_the_reason(told: Story, said: dict[str, str], why: str) -> None:
    with pytest.raises(HengjianError, match=why):
        drafted(told, **said)


def test_every_wrong_line_is_named() -> None:
    with pytest.raises(HengjianError) as found:
        lines_of("新收=1件\n一\n\n二")
    assert str(found.value).count("名称=数") == 2


def test_nobody_reports_for_another_department_nor_sees_its_reports(told: Story) -> None:
    with pytest.raises(Denied):
        drafted(told, "stranger")
    row = drafted(told)
    for who in ("stranger", "county", "city", "clerk", "neighbour", "manager"):
        assert not visible_department_reports(told.actor(who)).exists(), who
        assert told.client(who).get(f"/statistics/departments/{row.pk}/").status_code == 404, who
    acts.send_department_report(told.actor("officer"), row)
    assert visible_department_reports(told.actor("county")).exists()
    assert not visible_department_reports(told.actor("neighbour")).exists()


def test_pages_from_draft_to_receipt(told: Story) -> None:
    client = told.client("officer")
    page = client.get("/statistics/departments/new/").content.decode()
    key = page.split('name="client_key" value="')[1].split('"')[0]
    said = SAID | {"unit": told.units["office"].pk, "client_key": key, "version": ""}
    assert client.post("/statistics/departments/new/", said | {"lines": "x"}).status_code == 422
    assert client.post("/statistics/departments/new/", said).status_code == 302
    row = DepartmentReport.objects.get()
    assert "新收=2件" in client.get(f"/statistics/departments/{row.pk}/edit/").content.decode()
    done = client.post(f"/statistics/departments/{row.pk}/send/", {"version": row.version})
    assert done.status_code == 302
    signed(told, row, "boss", "county")
    shown = told.client("county").get(f"/statistics/departments/{row.pk}/").content.decode()
    assert "不一致" in shown and "没有同名口径" in shown
    assert "案件数据" not in client.get(f"/statistics/departments/{row.pk}/").content.decode()
    assert "部门报送" in told.client("county").get("/statistics/departments/").content.decode()


def test_the_api_does_the_same(told: Story) -> None:
    client, kind = told.client("officer"), "application/json"
    said = SAID | {"unit": told.units["office"].pk, "client_key": "api"}
    made = client.post("/api/statistics/departments", said, kind).json()
    assert made["state"] == "draft" and made["lines"][0] == {"name": "新收", "value": "2", "measure": "件"}
    done = client.post(f"/api/statistics/departments/{made['id']}/edit", SAID | {"title": "改"}, kind).json()
    sent = client.post(f"/api/statistics/departments/{made['id']}/send", {"version": done["version"]}, kind)
    assert sent.json()["state"] == "sent"
    assert [one["title"] for one in told.client("boss").get("/api/statistics/departments").json()] == ["改"]
    assert told.client("stranger").post("/api/statistics/departments", said, kind).status_code == 404
