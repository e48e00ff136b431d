from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hengjian.apps.audit.models import Entry
from hengjian.apps.conftest import Story
from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.duties.acts.record import Record, record_fulfilment, withdraw_fulfilment
from hengjian.apps.duties.models import Fulfilment
from hengjian.apps.duties.rows import DutyRow, Urgency
from hengjian.apps.org.access import Denied
from hengjian.apps.org.models import Appointment, Post
from hengjian.apps.org.unset import unset_seats
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
Rows = Callable[..., dict[str, DutyRow]]
Held = Callable[..., Fulfilment]
HEARING = "yearly:{}:registers/hearing:2024"
TRAINING = "yearly:{}:registers/training:2024"


def test_the_office_sees_the_yearly_acts_from_the_start_and_warned_from_october(
    story: Story, rows: Rows
) -> None:
    key = TRAINING.format(story.installation.pk)
    assert rows("editor", datetime(2024, 9, 30, 23, 59))[key].state is Urgency.OPEN
    assert rows("editor", datetime(2024, 10, 2))[key].state is Urgency.SOON
    assert "还差 2 次" in rows("editor")[key].title


def test_the_party_group_hears_of_its_own_duty_only_when_it_is_near(story: Story, rows: Rows) -> None:
    key = HEARING.format(story.installation.pk)
    assert key not in rows("party")
    assert rows("party", datetime(2024, 10, 8, 9))[key].article == "4"
    assert key not in rows("writer", datetime(2024, 12, 1))


def test_the_second_training_fulfils_the_year(story: Story, rows: Rows, held: Held) -> None:
    key = TRAINING.format(story.installation.pk)
    held(date(2024, 3, 1))
    assert "还差 1 次" in rows("editor")[key].title
    held(date(2024, 9, 1), title="下半年培训")
    assert key not in rows("editor", datetime(2024, 12, 30, 10))


def test_a_training_of_another_year_does_not_count(story: Story, rows: Rows, held: Held) -> None:
    held(date(2023, 12, 31))
    assert "还差 2 次" in rows("editor")[TRAINING.format(story.installation.pk)].title


def test_a_withdrawn_entry_counts_no_longer(story: Story, rows: Rows, held: Held) -> None:
    entry = held(date(2024, 3, 1))
    withdraw_fulfilment(story.actor("editor"), entry, reason="日期登记错了")
    assert "还差 2 次" in rows("editor")[TRAINING.format(story.installation.pk)].title
    with pytest.raises(HengjianError, match="已经撤销"):
        withdraw_fulfilment(story.actor("editor"), entry, reason="再撤一次")


def test_withdrawing_needs_a_reason(story: Story, held: Held) -> None:
    with pytest.raises(HengjianError, match="理由"):
        withdraw_fulfilment(story.actor("editor"), held(date(2024, 3, 1)), reason=" ")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": " "}, "事项名称"),
        ({"happened_on": date(2025, 1, 1)}, "晚于今天"),
        ({"attendees": ()}, "参加人员"),
        ({"file": SimpleUploadedFile("签到.exe", b"MZ")}, "不接受"),
        ({"file": SimpleUploadedFile("签到.pdf", b"")}, "空的"),
        ({"file": SimpleUploadedFile("签到.pdf", b"<html>")}, "不符"),
    ],
)
def test_an_incomplete_entry_is_refused_with_the_reason(
    held: Held, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(HengjianError, match=message):
        held(date(2024, 3, 1), **changes)
    assert not Fulfilment.objects.exists()


def test_a_hearing_needs_minutes_or_a_file(
    story: Story, held: Held, tmp_path: object, settings: object
) -> None:
    with pytest.raises(HengjianError, match="会议记录"):
        held(date(2024, 3, 1), clause="registers/hearing")
    entry = held(date(2024, 3, 1), clause="registers/hearing", minutes="听取汇报，要求加强选题。")
    assert entry.clause == "longkou/registers/hearing"


def test_the_same_entry_twice_is_entered_once(held: Held) -> None:
    held(date(2024, 3, 1))
    with pytest.raises(HengjianError, match="已经登记"):
        held(date(2024, 3, 1))
    assert Fulfilment.objects.count() == 1


@pytest.mark.parametrize("who", ["writer", "head", "president", "sysadmin", "outsider"])
def test_only_the_office_keeps_the_register(story: Story, who: str) -> None:
    with pytest.raises(Denied):
        record_fulfilment(
            story.actor(who),
            installation=story.installation,
            clause="registers/training",
            record=Record("培训", date(2024, 3, 1), attendees=(story.person("writer"),)),
        )


@pytest.mark.parametrize("clause", ["registers/liaison", "flows/general", "nothing"])
def test_what_is_no_yearly_act_cannot_be_entered(held: Held, clause: str) -> None:
    with pytest.raises(HengjianError):
        held(date(2024, 3, 1), clause=clause)


def test_an_entry_is_audited(held: Held) -> None:
    held(date(2024, 3, 1))
    assert Entry.objects.filter(action="duties.register.record", object_label="信息写作培训").exists()


def vacancy(found: dict[str, DutyRow]) -> DutyRow | None:
    return next((row for row in found.values() if "registers/liaison" in row.key), None)


def test_the_office_sees_all_vacancies_in_one_row_and_a_head_the_own_one(story: Story, rows: Rows) -> None:
    row = vacancy(rows("editor"))
    assert row is not None and "立案庭" in row.unit and "民一庭" not in row.unit
    Appointment.objects.filter(post__role="liaison", post__unit=story.unit("criminal")).delete()
    own = vacancy(rows("neighbour_head"))
    assert own is not None and own.state is Urgency.SOON and own.unit == "刑庭"


def test_a_missing_substitute_is_told_to_the_head_only(rows: Rows) -> None:
    row = vacancy(rows("head"))
    assert row is not None and "替补" in row.title and row.state is Urgency.OPEN


def test_who_appoints_is_told_to_appoint(rows: Rows) -> None:
    row = vacancy(rows("secadmin"))
    assert row is not None and row.next_step == "任命人员"


def test_a_post_ends_on_its_last_day(story: Story, rows: Rows) -> None:
    Appointment.objects.filter(post__role="liaison", post__unit=story.unit("criminal")).update(
        valid_to=date(2024, 6, 6)
    )
    before, after = (vacancy(rows("editor", datetime(2024, 6, day, 10))) for day in (5, 6))
    assert before is not None and after is not None
    assert "刑庭" not in before.unit and "刑庭" in after.unit


def test_the_register_of_liaisons_names_who_is_missing_since_when_and_hides_phones(bureau: Bureau) -> None:
    url = "/registers/registers/liaison/"
    editor, writer = bureau.client("editor"), bureau.client("writer")
    page = editor.get(url).content.decode()
    assert "2022年5月1日" in page
    assert "公证处" in page.split("还没有确定")[1].split("</div>")[0]
    assert "100-0000-0000" in page
    assert "100-0000-0000" not in writer.get(url).content.decode()
    sheets = [read_workbook(client.get(f"{url}?export=xlsx").content) for client in (editor, writer)]
    assert ["100-0000-0000" in sheet for sheet in sheets] == [True, False]


def read_workbook(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as file:
        return "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))


def test_the_administrators_list_tells_the_seats_the_inbox_tells_of(story: Story, rows: Rows) -> None:
    row = vacancy(rows("secadmin"))
    assert row is not None
    told = {seat.unit.name for seat in unset_seats(story.actor("sysadmin")) if seat.role == "liaison"}
    assert "立案庭" in told and "民一庭" not in told
    page = story.client("sysadmin").get("/org/vacancies/").content.decode()
    assert "应设而未设的岗位" in page and "立案庭" in page and "设立岗位" in page
    assert "请系统管理员设岗" in story.client("secadmin").get("/org/vacancies/").content.decode()
    Post.objects.create(
        role="liaison", unit=story.unit("filing"), title="信息员", valid_from=date(2024, 1, 1)
    )
    assert "立案庭" not in {s.unit.name for s in unset_seats(story.actor("sysadmin")) if s.role == "liaison"}
