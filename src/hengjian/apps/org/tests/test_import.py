"""Import by Excel: seen before it is done, done as seen, nothing dropped in silence, twice is once."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse

from hengjian.apps.audit.models import Entry
from hengjian.apps.conftest import Story
from hengjian.apps.org.access import Denied, reloaded
from hengjian.apps.org.acts import importing, units
from hengjian.apps.org.models import ImportFile, Person, Unit
from hengjian.apps.org.workbook.model import PEOPLE, POSTS, SEATS, UNITS, Change, Plan, Sheet
from hengjian.base.errors import HengjianError
from hengjian.documents.sheets import SheetColumn, Worksheet, write_xlsx

pytestmark = pytest.mark.django_db


def book(sheet: Sheet, *rows: tuple[str, ...], header: tuple[str, ...] = ()) -> bytes:
    columns = tuple(SheetColumn(title) for title in header or sheet.columns)
    return write_xlsx([Worksheet(sheet.name, columns, rows)])


def court(story: Story) -> tuple[str, ...]:
    """The row that says what is so already."""
    unit = story.unit("court")
    return ("court", unit.name, unit.short_name, "法院", "", "0", "", "", "")


def rehearsed(story: Story, data: bytes, who: str = "sysadmin") -> Plan:
    return importing.rehearse(reloaded(story.actor(who)), data)


def imported(story: Story, data: bytes, who: str = "sysadmin") -> Plan:
    plan = rehearsed(story, data, who)
    kept = importing.upload(story.actor(who), name="表.xlsx", data=data, plan=plan)
    return importing.confirm(story.actor(who), kept)


def only(plan: Plan) -> Change:
    (change,) = plan.changes
    return change


def test_an_export_read_back_changes_nothing(story: Story) -> None:
    for who in ("sysadmin", "secadmin"):
        plan = rehearsed(story, importing.export(story.actor(who)), who)
        assert set(plan.counts) and plan.effective == 0 and plan.counts["rejected"] == 0
        assert plan.counts["unchanged"] > 5


def test_a_rehearsal_changes_nothing(story: Story) -> None:
    before = Unit.objects.count(), Entry.objects.count()
    plan = rehearsed(story, book(UNITS, ("env", "环资庭", "", "内设部门", "court", "", "", "", "")))
    assert only(plan).kind == "added"
    assert (Unit.objects.count(), Entry.objects.count()) == before


def test_units_are_added_whatever_their_order(story: Story) -> None:
    data = book(
        UNITS,
        ("env1", "一组", "", "内设部门", "env", "", "", "", ""),
        ("env", "环资庭", "", "内设部门", "court", "3", "2024-01-01", "", "环境庭、环保庭"),
    )
    assert imported(story, data).counts["added"] == 2
    made = Unit.objects.get(code="env1")
    assert made.parent.code == "env" and made.parent.aliases.count() == 2
    assert rehearsed(story, data).counts["unchanged"] == 2


def test_a_change_is_shown_before_and_after(story: Story) -> None:
    row = ("civil1", "民事审判庭", "民庭", "内设部门", "court", "", "", "", "")
    assert "名称：民事审判第一庭 → 民事审判庭" in only(rehearsed(story, book(UNITS, row))).details


def test_a_new_row_is_told_before_it_counts(story: Story) -> None:
    """Who confirms sees which seat of which department is given from when; numbers of telephones stay closed."""
    number = story.person("staff").staff_no
    seat = ("criminal", "信息员", "信息员", number, "B角", "2024-06-05", "")
    told = f"单位编码：criminal，角色：信息员，岗位名称：信息员，工号：{number}，A/B角：B角，任职日期：2024-06-05"
    assert only(rehearsed(story, book(SEATS, seat), "secadmin")).details == (told,)
    person = ("n1", "卓清扬", "civil1", "13900000000", "", "")
    (said,) = only(rehearsed(story, book(PEOPLE, person))).details
    assert "电话：有" in said and "1390" not in said


def test_an_ended_unit_and_a_leaver_are_shown_as_ended(story: Story) -> None:
    row = ("civil2", "民事审判第二庭", "民二庭", "内设部门", "court", "", "", "2024-06-05", "")
    assert only(rehearsed(story, book(UNITS, row))).kind == "ended"
    person = story.person("staff")
    row = (person.staff_no, person.name, "civil1", "", "", "否")
    assert only(imported(story, book(PEOPLE, row))).kind == "ended"
    assert not Person.objects.get(pk=person.pk).active


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("x", "", "", "内设部门", "court", "", "", "", ""), "名称", "请填写名称"),
        (("x", "某庭", "", "司", "court", "", "", "", ""), "类别", "没有“司”"),
        (("x", "某庭", "", "内设部门", "nowhere", "", "", "", ""), "上级编码", "没有编码为“nowhere”"),
        (("x", "某庭", "", "内设部门", "other_court", "", "", "", ""), "上级编码", "您管理的范围内没有"),
        (("x", "某庭", "", "内设部门", "", "", "", "", ""), "上级编码", "请填写上级编码"),
        (("x", "某庭", "", "内设部门", "court", "", "去年", "", ""), "设立日期", "不是日期"),
        (("x", "某庭", "", "内设部门", "court", "一", "", "", ""), "排序", "不是整数"),
        (("other_court", "改名", "", "法院", "", "", "", "", ""), "编码", "管理范围以外"),
        (("x", "刑事审判庭", "", "内设部门", "court", "", "", "", ""), "", "已有名为"),
        (("civil1", "民事审判第一庭", "", "内设部门", "court", "", "", "2024-06-05", ""), "", "名在职人员"),
    ],
)
def test_a_wrong_row_is_named_with_column_and_reason(
    story: Story, row: tuple[str, ...], column: str, reason: str
) -> None:
    change = only(rehearsed(story, book(UNITS, row)))
    assert (change.kind, change.number, change.column) == ("rejected", 2, column)
    assert reason in change.reason


def test_a_wrong_row_does_not_stop_the_others_and_leaves_no_trace(story: Story) -> None:
    data = book(
        UNITS,
        ("a", "甲庭", "", "内设部门", "court", "", "", "", ""),
        ("b", "乙庭", "", "内设部门", "court", "", "", "", "民一、民一"),
        ("c", "丙庭", "", "内设部门", "court", "", "2024-01-01", "2023-01-01", ""),
    )
    plan = imported(story, data)
    assert [c.kind for c in plan.changes] == ["added", "added", "rejected"]
    assert not Unit.objects.filter(code="c").exists()
    assert not Entry.objects.filter(object_label="丙庭").exists()


def test_a_row_written_twice_is_rejected(story: Story) -> None:
    row = ("a", "甲庭", "", "内设部门", "court", "", "", "", "")
    plan = rehearsed(story, book(UNITS, row, row))
    assert [c.kind for c in plan.changes] == ["added", "rejected"] and "与第 2 行重复" in plan.changes[
        1
    ].reason


def test_unknown_columns_sheets_and_missing_headers_are_said(story: Story) -> None:
    unknown = rehearsed(story, book(UNITS, (*court(story), "x"), header=(*UNITS.columns, "备注")))
    assert any("不认识的列“备注”" in c.reason for c in unknown.changes)
    missing = rehearsed(story, book(UNITS, ("a",), header=("编码",)))
    assert "缺少列：名称、类别" in only(missing).reason
    other = write_xlsx([Worksheet("别的", (SheetColumn("甲"),), (("1",),))])
    assert "不认识的工作表" in only(rehearsed(story, other)).reason


def test_each_administrator_imports_only_his_part(story: Story) -> None:
    seat = ("criminal", "信息员", "信息员", story.person("staff").staff_no, "B角", "2024-06-05", "")
    assert "没有这项权限" in only(rehearsed(story, book(SEATS, seat))).reason
    assert only(rehearsed(story, book(SEATS, seat), "secadmin")).kind == "added"
    unit = ("x", "某庭", "", "内设部门", "court", "", "", "", "")
    assert only(rehearsed(story, book(UNITS, unit), "secadmin")).kind == "rejected"


def test_the_rules_of_appointment_hold_in_a_workbook_too(story: Story) -> None:
    seat = ("court", "审计管理员", "审计管理员", story.person("secadmin").staff_no, "A角", "2024-06-05", "")
    assert "自己的任职" in only(rehearsed(story, book(SEATS, seat), "secadmin")).reason


def test_posts_are_set_up_and_ended(story: Story) -> None:
    row = ("civil2", "信息员", "信息员", "否", "2024-01-01", "")
    assert only(imported(story, book(POSTS, row))).kind == "added"
    ended = ("civil2", "信息员", "信息员", "", "2024-01-01", "2024-07-01")
    assert only(imported(story, book(POSTS, ended))).kind == "ended"


def test_data_changed_since_the_preview_are_not_overwritten(story: Story) -> None:
    sysadmin = story.actor("sysadmin")
    data = book(UNITS, ("civil1", "民事审判庭", "民庭", "内设部门", "court", "", "", "", ""))
    kept = importing.upload(sysadmin, name="表.xlsx", data=data, plan=rehearsed(story, data))
    units.rename_unit(sysadmin, story.unit("civil1"), name="速裁庭")
    with pytest.raises(HengjianError, match="重新上传预览"):
        importing.confirm(sysadmin, kept)
    assert Unit.objects.get(code="civil1").name == "速裁庭"


def test_only_the_previewed_bytes_are_applied_and_only_once(story: Story) -> None:
    data = book(UNITS, ("env", "环资庭", "", "内设部门", "court", "", "", "", ""))
    sysadmin = story.actor("sysadmin")
    kept = importing.upload(sysadmin, name="表.xlsx", data=data, plan=rehearsed(story, data))
    ImportFile.objects.filter(pk=kept.pk).update(content=data + b"x")
    with pytest.raises(HengjianError, match="与预览时不同"):
        importing.confirm(sysadmin, kept)
    ImportFile.objects.filter(pk=kept.pk).update(content=data)
    importing.confirm(sysadmin, kept)
    with pytest.raises(HengjianError, match="已经导入过"):
        importing.confirm(sysadmin, kept)


def test_others_neither_export_nor_import(story: Story) -> None:
    with pytest.raises(Denied):
        importing.export(story.actor("writer"))
    with pytest.raises(Denied):
        rehearsed(story, b"", "editor")


def test_the_pages_lead_from_upload_to_done(story: Story) -> None:
    client = story.client("sysadmin")
    file = BytesIO(book(UNITS, ("env", "环资庭", "", "内设部门", "court", "", "", "", "")))
    file.name = "表.xlsx"
    preview = client.post(reverse("org:import"), {"file": file})
    assert preview.status_code == 302 and not Unit.objects.filter(code="env").exists()
    assert "确认导入 1 行" in client.get(preview.url).content.decode()
    assert story.client("secadmin").get(preview.url).status_code == 404
    assert client.post(preview.url).status_code == 302
    assert Unit.objects.filter(code="env").exists()


def test_a_file_that_is_no_workbook_is_refused(story: Story) -> None:
    file = BytesIO(b"not a workbook")
    file.name = "表.xlsx"
    assert story.client("sysadmin").post(reverse("org:import"), {"file": file}).status_code == 422


def test_the_preview_lists_changes_and_counts_the_rest(story: Story) -> None:
    data = book(UNITS, court(story), ("env", "环资庭", "", "内设部门", "court", "", "", "", ""))
    sysadmin = story.actor("sysadmin")
    kept = importing.upload(sysadmin, name="表.xlsx", data=data, plan=rehearsed(story, data))
    url, name = reverse("org:import_preview", args=[kept.pk]), story.unit("court").name
    page = story.client("sysadmin").get(url).content.decode()
    assert "环资庭" in page and f">{name}</th>" not in page and "相同的 1 行" in page
    assert f">{name}</th>" in story.client("sysadmin").get(url, {"kind": "unchanged"}).content.decode()
