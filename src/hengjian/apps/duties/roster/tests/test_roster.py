"""The list of appraised units: proposed, signed along the flow, in force from its day on; earlier quarters keep theirs."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back, withdraw
from hengjian.apps.audit.models import Entry
from hengjian.apps.conftest import Story
from hengjian.apps.conftest_province import Province
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.duties.models import RosterChange
from hengjian.apps.duties.roster.acts.change import discard, drop_row, propose, put_row, submit
from hengjian.apps.duties.roster.queries import class_on, entries
from hengjian.apps.org.access import Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.members import members
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError

JULY = date(2024, 7, 1)


def drafted(province: Province, reason: str = "职能调整") -> RosterChange:
    return propose(province.actor("editor"), province.installation, reason=reason, client_key=uuid4().hex)


def approved(province: Province, *rows: tuple[str, str, date, date | None]) -> RosterChange:
    change = drafted(province)
    for unit, key, since, until in rows:
        put_row(province.actor("editor"), change, unit=province.unit(unit), key=key, since=since, until=until)
    sent = submit(province.actor("editor"), change)
    course = running.current(sent)
    assert course is not None
    agree(province.actor("president"), course)
    sent.refresh_from_db()
    return sent


def key_on(province: Province, unit: str, day: date) -> str:
    pack = pack_for(province.installation, province.at)
    return class_on(province.installation, pack, province.unit(unit), day)


@pytest.fixture
def newcomer(province: Province) -> Unit:
    """A reporting point the system administrator has just set up; on no list yet."""
    made = Unit.objects.create(
        code="P-new", name="松岭县司法局", kind="point", parent=province.unit("city2"), position=99,
        valid_from=date(2024, 1, 1),
    )  # fmt: skip
    province.units["new"] = made
    return made


def test_a_point_is_put_on_the_list_from_its_day_on(province: Province, newcomer: Unit) -> None:
    assert approved(province, ("new", "F_point", JULY, None)).state == RosterChange.State.APPROVED
    assert [key_on(province, "new", day) for day in (date(2024, 6, 30), JULY)] == ["", "F_point"]
    pack = pack_for(province.installation, province.at)
    assert newcomer not in members(province.installation, pack, date(2024, 4, 1), JULY)
    assert newcomer in members(province.installation, pack, JULY, date(2024, 10, 1))


def test_nothing_holds_before_the_last_signature(province: Province, newcomer: Unit) -> None:
    change = drafted(province)
    put_row(province.actor("editor"), change, unit=newcomer, key="F_point", since=JULY)
    submit(province.actor("editor"), change)
    assert key_on(province, "new", JULY) == ""
    assert [r.title for r in rows_for(province.actor("president")) if "名单调整" in r.title]
    assert not [r for r in rows_for(province.actor("vice")) if "名单调整" in r.title]


def test_one_is_taken_off_and_one_changes_its_class_with_the_past_kept(province: Province) -> None:
    approved(province, ("point", "", JULY, None), ("direct", "A_city", JULY, None))
    assert [key_on(province, "point", day) for day in (date(2024, 6, 30), JULY)] == ["F_point", ""]
    assert [key_on(province, "direct", day) for day in (date(2024, 6, 30), JULY)] == ["B_direct", "A_city"]


def test_for_a_time_only_the_former_class_comes_back(province: Province, newcomer: Unit) -> None:
    end = date(2024, 10, 1)
    approved(province, ("direct", "A_city", JULY, end), ("new", "F_point", JULY, end))
    assert [key_on(province, "direct", day) for day in (JULY, end)] == ["A_city", "B_direct"]
    assert [key_on(province, "new", day) for day in (JULY, end)] == ["F_point", ""]


def test_the_log_tells_who_put_what_in_force(province: Province) -> None:
    approved(province, ("direct", "A_city", JULY, None))
    entry = Entry.objects.filter(object_type="org.unit", object_id=str(province.unit("direct").pk)).get()
    assert entry.actor_name == "曲怀民" and "A_city" in entry.payload


def test_what_is_wrong_is_said(province: Province, newcomer: Unit) -> None:
    change, editor = drafted(province), province.actor("editor")
    for unit, key, since, until, told in (
        ("direct", "B_direct", JULY, None, "已经是“直管市、神农架林区司法局”"),
        ("new", "", JULY, None, "本来就不在名单里"),
        ("new", "F_point", date(2023, 7, 1), None, "不是本单位所属"),
        ("point", "", date(2019, 7, 1), None, "不是本单位所属"),
        ("leaders", "F_point", JULY, None, "不是本单位所属"),
        ("new", "nonsense", JULY, None, "没有这个类别"),
        ("new", "F_point", JULY, JULY, "止的日期"),
    ):
        with pytest.raises(HengjianError, match=told):
            put_row(editor, change, unit=province.unit(unit), key=key, since=since, until=until)
    with pytest.raises(HengjianError, match="还没有单位"):
        submit(editor, change)
    with pytest.raises(Denied):
        put_row(province.actor("city_writer"), change, unit=newcomer, key="F_point", since=JULY)


def test_two_running_changes_cannot_name_the_same_unit(province: Province) -> None:
    first, second = drafted(province, "甲"), drafted(province, "乙")
    for change in (first, second):
        put_row(province.actor("editor"), change, unit=province.unit("point"), key="", since=JULY)
    submit(province.actor("editor"), first)
    with pytest.raises(HengjianError, match="另一份审批中的调整里（甲）"):
        submit(province.actor("editor"), second)


def test_returned_it_is_changed_and_sent_again(province: Province) -> None:
    change, editor = drafted(province), province.actor("editor")
    put_row(editor, change, unit=province.unit("point"), key="", since=JULY)
    sent = submit(editor, change)
    with pytest.raises(HengjianError, match="不能修改"):
        drop_row(editor, sent, unit=province.unit("point").pk)
    send_back(province.actor("president"), running.current(sent), reason="先征求意见")
    sent.refresh_from_db()
    assert sent.state == RosterChange.State.DRAFT
    drop_row(editor, sent, unit=province.unit("point").pk)
    assert discard(editor, sent).state == RosterChange.State.DROPPED


def test_a_stale_page_is_refused(province: Province) -> None:
    change = drafted(province)
    put_row(province.actor("editor"), change, unit=province.unit("point"), key="", since=JULY, version=1)
    with pytest.raises(HengjianError, match="已有变动"):
        put_row(province.actor("editor"), change, unit=province.unit("direct"), key="", since=JULY, version=1)


def test_withdrawn_it_is_a_draft_again(province: Province) -> None:
    change = drafted(province)
    put_row(province.actor("editor"), change, unit=province.unit("point"), key="", since=JULY)
    sent = submit(province.actor("editor"), change)
    course = running.current(sent)
    assert course is not None
    withdraw(province.actor("editor"), course)
    sent.refresh_from_db()
    assert sent.state == RosterChange.State.DRAFT


def test_pages_from_the_list_to_the_new_list(province: Province) -> None:
    editor, president = province.client("editor"), province.client("president")
    page = editor.get("/roster/").content.decode()
    assert "澜州市司法局" in page and "信息直报点" in page
    made = editor.post("/roster/new/", {"reason": "撤点", "client_key": "k1"})
    change = RosterChange.objects.get()
    url = f"/roster/{change.pk}/"
    assert made.status_code == 302 and made["Location"] == url
    row = {
        "do": "put",
        "version": 1,
        "unit": province.unit("point").pk,
        "key": "off",
        "since": "2026年1月1日",
    }
    assert editor.post(url, {**row, "key": ""}).status_code == 422
    assert editor.post(url, row).status_code == 302
    assert "移出名单" in editor.get(url).content.decode()
    assert province.client("city_writer").get(url).status_code == 404, "a draft is the office's"
    assert editor.post(url, {"do": "submit", "version": 2}).status_code == 302
    assert "同意" in president.get(url).content.decode()
    course = running.current(change)
    assert course is not None
    president.post(f"/approvals/{course.pk}/agree/", {"version": course.version})
    assert "清岚县司法局" in editor.get("/roster/?day=2025-12-31").content.decode().split("<aside")[0]
    assert "清岚县司法局" not in editor.get("/roster/?day=2026-01-01").content.decode().split("<aside")[0]
    assert province.client("city_writer").get(url).status_code == 200, "approved, everybody may read it"


def test_the_list_of_a_day_as_a_workbook(province: Province) -> None:
    answer = province.client("editor").get("/roster/?day=2024-04-03&export=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    found = entries(province.installation, pack_for(province.installation, province.at), date(2024, 4, 3))[0]
    assert rows[0] == ["序号", "单位", "类别", "起", "止（不含）"]
    assert [row[1] for row in rows[1:]] == [entry.unit.name for entry in found]
    assert [1, "澜州市司法局", "市、州司法局", "2020-01-01", ""] in rows


def test_the_api_does_the_same(province: Province, newcomer: Unit) -> None:
    editor, reader = province.client("editor"), province.client("city_writer")

    def post(path: str, body: dict[str, object]) -> dict[str, object]:
        answer = editor.post(f"/api/duties/roster/{path}", body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    made = post("changes", {"reason": "增点", "client_key": "a1"})
    base = f"changes/{made['id']}"
    post(f"{base}/put", {"unit": newcomer.pk, "key": "F_point", "since": "2024-07-01"})
    post(f"{base}/put", {"unit": province.unit("point").pk, "key": "", "since": "2024-07-01"})
    got = post(f"{base}/drop", {"unit": province.unit("point").pk})
    assert [(row["unit"], row["was"], row["key"]) for row in got["rows"]] == [(newcomer.pk, "", "F_point")]  # type: ignore[attr-defined]
    assert post(f"{base}/submit", {})["state"] == "submitted"
    listed = reader.get("/api/duties/roster?day=2024-04-03").json()
    assert {"澜州市司法局", "清岚县司法局"} <= {row["name"] for row in listed}
    assert reader.get(f"/api/duties/roster/{base}").status_code == 404
    assert reader.get("/api/duties/roster/changes").json() == []


def test_a_court_has_no_such_list(story: Story) -> None:
    client = story.client("editor")
    assert client.get("/roster/").status_code == 404
    assert "考评名单" not in client.get("/").content.decode()
