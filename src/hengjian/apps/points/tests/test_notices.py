"""A notice is computed from the ledger, signed, printed; then its period is closed."""

from __future__ import annotations

from typing import Any

import pytest

from hengjian.apps.org.access import Denied
from hengjian.apps.points.acts import notices
from hengjian.apps.points.acts.posting import carry, post_open, post_period, restate
from hengjian.apps.points.conftest import Desk, signed
from hengjian.apps.points.models import AccountPeriod, Notice, Posting
from hengjian.apps.points.queries import held, score_of, scores
from hengjian.apps.points.windows import settled_from
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.policy import load_pack

pytestmark = pytest.mark.django_db
MONTHLY, YEARLY = "notices/monthly", "notices/yearly"


@pytest.fixture
def june(desk: Desk) -> Desk:
    """A month in which 民一庭 has 5 + 3, 刑庭 2 and 执行局 nothing."""
    item = desk.item("civil1")
    desk.author(item, "writer", 2)
    desk.author(item, "staff", 1)
    desk.fact("submit", item, "2024-06-03T09:00")
    desk.fact("adopt", item, "2024-06-05T09:00", "bulletin")
    desk.fact("adopt", item, "2024-06-20T09:00", "province", publication="省院信息")
    other = desk.item("criminal", "dynamic", "刑庭开展庭审观摩")
    desk.fact("submit", other, "2024-06-04T09:00")
    desk.fact("adopt", other, "2024-06-05T09:00", "bulletin")
    return desk


def published(desk: Desk, period: str = "2024-06", clause: str = MONTHLY, on: str = "2024-07-02") -> Notice:
    editor = desk.editor(f"{on}T08:30")
    notice = notices.prepare(editor, desk.story.installation, clause=clause, period=period)
    notice = notices.submit(editor, notice, version=notice.version)
    notice = signed(desk, notice, on)
    return notices.publish(desk.editor(f"{on}T10:00"), notice, version=notice.version)


def section(notice: Notice, key: str) -> list[dict[str, Any]]:
    return next(s["rows"] for s in notice.content["sections"] if s["key"] == key)


def test_the_draft_holds_three_rankings(june: Desk) -> None:
    notice = notices.prepare(
        june.editor("2024-07-01T09:00"), june.story.installation, clause=MONTHLY, period="2024-06"
    )
    first, second, *rest = section(notice, "departments")
    assert (first["name"], first["place"], first["points"], first["adopted"]) == ("民事审判第一庭", 1, "8", 2)
    assert (second["name"], second["place"], second["points"], second["gap"]) == ("刑事审判庭", 2, "2", "6")
    assert {row["place"] for row in rest} == {3} and {row["points"] for row in rest} == {"0"}
    assert [(r["name"], r["points"]) for r in section(notice, "authors")] == [
        ("林知微", "5.33"),
        ("苏小满", "2.67"),
    ]
    assert [(r["place"], r["points"]) for r in section(notice, "items")] == [(1, "8"), (2, "2")]
    duties = {(r["duty"], r["name"]): (r["due"], r["done"]) for r in section(notice, "duties")}
    assert duties["每周至少一篇工作信息", "民事审判第一庭"] == ("4", "1")


def test_the_sum_of_the_table_is_the_sum_of_the_ledger(june: Desk) -> None:
    notice = published(june)
    in_ledger = {u: p for u, p in scores(june.story.installation, "2024-06").items() if u and p}
    in_table = {r["id"]: r["points"] for r in section(notice, "departments") if r["points"] != "0"}
    assert {u: str(int(p)) for u, p in in_ledger.items()} == in_table


def test_publishing_numbers_the_notice_and_closes_the_period(june: Desk) -> None:
    notice = published(june)
    assert notice.number == "清岚法院信通〔2024〕1号"
    assert AccountPeriod.objects.get(key="2024-06").state == AccountPeriod.State.CLOSED
    with pytest.raises(HengjianError, match="已经通报关账"):
        post_period(june.editor("2024-07-03T09:00"), june.story.installation, "2024-06")


def test_a_late_fact_of_a_closed_period_is_held(june: Desk) -> None:
    published(june)
    june.fact(
        "adopt", june.item("filing", "dynamic"), "2024-06-28T09:00", "bulletin", recorded_at=june.story.at
    )
    editor = june.editor("2024-07-05T09:00")
    assert post_open(editor, june.story.installation) == []
    [waiting] = held(june.story.installation, editor.at)
    assert waiting.difference.net == {june.story.unit("filing").pk: 2}
    assert score_of(june.story.installation, june.story.unit("filing"), "2024-06") == 0


def test_a_restatement_posts_to_the_closed_period_and_prints_before_and_after(june: Desk) -> None:
    first = published(june)
    june.fact("adopt", june.item("filing", "dynamic"), "2024-06-28T09:00", "bulletin")
    editor = june.editor("2024-07-05T09:00")
    restate(editor, june.story.installation, "2024-06", reason="漏记一次采用")
    assert held(june.story.installation, editor.at) == []
    second = published(june, on="2024-07-05")
    assert (second.edition, second.number) == (2, "清岚法院信通〔2024〕2号")
    change = next(c for c in second.changes if c["name"] == "立案庭")
    assert (change["before"], change["after"], change["place_before"], change["place_after"]) == (
        "0",
        "2",
        3,
        2,
    )
    first.refresh_from_db()
    assert first.state == Notice.State.SUPERSEDED


def test_a_late_fact_may_be_carried_into_the_running_period(june: Desk) -> None:
    published(june)
    june.fact("adopt", june.item("filing", "dynamic"), "2024-06-28T09:00", "bulletin")
    carry(june.editor("2024-07-05T09:00"), june.story.installation, "2024-06", reason="迟到的采用通知")
    unit = june.story.unit("filing")
    assert score_of(june.story.installation, unit, "2024-06") == 0
    assert score_of(june.story.installation, unit, "2024-07") == 2
    assert held(june.story.installation, june.editor("2024-07-05T09:00").at) == []
    assert post_open(june.editor("2024-07-06T09:00"), june.story.installation) == []
    july = notices.prepare(
        june.editor("2024-08-01T09:00"), june.story.installation, clause=MONTHLY, period="2024-07"
    )
    assert july.content["corrections"][0]["cause"] == "记入当期"


def test_a_restatement_needs_a_reason_and_a_difference(june: Desk) -> None:
    published(june)
    editor = june.editor("2024-07-05T09:00")
    with pytest.raises(HengjianError, match="理由"):
        restate(editor, june.story.installation, "2024-06", reason=" ")
    with pytest.raises(HengjianError, match="没有待更正"):
        restate(editor, june.story.installation, "2024-06", reason="核对")
    with pytest.raises(HengjianError, match="尚未关账"):
        carry(editor, june.story.installation, "2024-07", reason="核对")


def test_a_notice_cannot_be_signed_when_facts_have_come_since(june: Desk) -> None:
    editor = june.editor("2024-07-01T09:00")
    notice = notices.prepare(editor, june.story.installation, clause=MONTHLY, period="2024-06")
    notice = notices.submit(editor, notice, version=notice.version)
    june.fact("adopt", june.item("filing", "dynamic"), "2024-06-28T09:00", "bulletin")
    with pytest.raises(HengjianError, match="重新生成"):
        notices.approve(june.leader(), notice, version=notice.version)


def test_a_stale_page_is_refused(june: Desk) -> None:
    editor = june.editor("2024-07-01T09:00")
    notice = notices.prepare(editor, june.story.installation, clause=MONTHLY, period="2024-06")
    notices.edit(editor, notice, version=notice.version, title="标题", remark="")
    with pytest.raises(HengjianError, match="已被改动"):
        notices.submit(editor, notice, version=notice.version)


def test_a_month_is_not_submitted_before_it_is_over(june: Desk) -> None:
    editor = june.editor("2024-06-28T09:00")
    notice = notices.prepare(editor, june.story.installation, clause=MONTHLY, period="2024-06")
    with pytest.raises(HengjianError, match="还没有结束"):
        notices.submit(editor, notice, version=notice.version)


@pytest.mark.parametrize("who", ["writer", "head", "leader", "president", "neighbour", "auditor"])
def test_only_the_office_prepares(june: Desk, who: str) -> None:
    with pytest.raises(Denied):
        notices.prepare(june.story.actor(who), june.story.installation, clause=MONTHLY, period="2024-06")


def test_a_month_waits_for_the_sunday_of_its_last_week(june: Desk) -> None:
    """May 2024 ends on a Friday: its last week runs to 2 June, and an item of that Sunday still counts in May."""
    install = june.story.installation
    draft = notices.prepare(june.editor("2024-06-01T09:00"), install, clause=MONTHLY, period="2024-05")
    with pytest.raises(HengjianError, match="最后一周到6月2日（周日）"):
        notices.submit(june.editor("2024-06-02T23:59"), draft, version=draft.version)
    notice = notices.submit(june.editor("2024-06-03T00:00"), draft, version=draft.version)
    assert notice.state == Notice.State.SUBMITTED


@pytest.mark.parametrize(
    ("period", "settled"),
    [
        ("2024-05", "2024-06-03"),  # ends on Friday: the week is May's
        ("2024-07", "2024-08-01"),  # ends on Wednesday: the week is August's
        ("2024-10", "2024-11-04"),  # ends on Thursday
        ("2024-06", "2024-07-01"),  # ends on Sunday
        ("2026", "2027-01-04"),  # ends on Thursday
    ],
)
def test_a_period_is_settled_when_its_last_week_is_over(june: Desk, period: str, settled: str) -> None:
    pack = load_pack("longkou")
    assert str(settled_from(pack, Period.parse(period))) == settled
    hubei = load_pack("hubei")
    assert settled_from(hubei, Period.parse("2024Q1")) == Period.parse("2024Q1").end


def test_the_year_names_candidates_and_leaves_the_disqualified_out(june: Desk) -> None:
    june.fact("accident", None, "2024-06-25T09:00", unit="civil1")
    published(june)
    year = published(june, "2024", YEARLY, on="2025-01-06")
    assert year.content["disqualified"] == ["民事审判第一庭"]
    rows = section(year, "departments")
    assert rows[-1]["name"] == "民事审判第一庭" and rows[-1]["place"] is None and rows[-1]["points"] == "8"
    units = next(a for a in year.content["awards"] if a["of"] == "units")
    assert [n["name"] for n in units["names"]] == ["刑事审判庭"]


def test_the_year_waits_for_its_months(june: Desk) -> None:
    with pytest.raises(HengjianError, match="2024年6月还没有通报关账"):
        published(june, "2024", YEARLY, on="2025-01-06")


def test_titles_of_items_not_for_the_intranet_are_left_out(desk: Desk) -> None:
    item = desk.item("civil1", "major", "某某重大敏感事件", outlet="special", grade="sensitive")
    desk.fact("adopt", item, "2024-06-05T09:00", "bulletin")
    notice = notices.prepare(
        desk.editor("2024-07-01T09:00"), desk.story.installation, clause=MONTHLY, period="2024-06"
    )
    assert "某某" not in str(notice.content)


def test_every_posting_names_version_readings_and_facts_read(june: Desk) -> None:
    published(june)
    posting = Posting.objects.get()
    assert len(posting.pack_digest) == 64 and len(posting.inputs_digest) == 64
