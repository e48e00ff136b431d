"""The monthly report: counts that add up, small courts not compared, causes by people, figures frozen at issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from django.test import Client

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back
from hengjian.apps.cases.access import visible_reports
from hengjian.apps.cases.acts import report as acts
from hengjian.apps.cases.models import Dataset, Finding, FindingEvent, Report, Run
from hengjian.apps.cases.reports.counting import compared, share
from hengjian.apps.cases.reports.spans import spans
from hengjian.apps.org.access import Actor, Denied, actor_for
from hengjian.apps.org.models import Appointment, Person, Post, Unit, UnitClass, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_instant
from hengjian.casedata.store import Column, Store

pytestmark = pytest.mark.django_db
SINCE = date(2020, 1, 1)
PEOPLE = {
    "first": ("statistics", "high"), "second": ("statistics", "high"), "third": ("statistics", "high"),
    "president": ("president", "high"), "basic": ("statistics", "basic"), "clerk": ("staff", "civil"),
    "other": ("statistics", "other"),
}  # fmt: skip


@dataclass
class Month:
    """Forty cases of one court and three of another; findings stood, found and ended around February 2026."""

    dataset: Dataset
    units: dict[str, Unit]
    users: dict[str, User]

    def actor(self, key: str, day: date = date(2026, 3, 10)) -> Actor:
        return actor_for(self.users[key], to_instant(datetime(day.year, day.month, day.day, 10)))

    def prepared(self) -> Report:
        return acts.prepare(self.actor("first"), self.dataset, period="2026-02")

    def section(self, report: Report, key: str) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = next(s["rows"] for s in report.content["sections"] if s["key"] == key)
        return rows

    def client(self, key: str) -> Client:
        client = Client()
        client.force_login(self.users[key])
        return client


def _moment(month: int, day: int) -> datetime:
    return to_instant(datetime(2026, month, day, 4))


def _unit(code: str, name: str, kind: str, parent: Unit | None = None) -> Unit:
    return Unit.objects.create(code=code, name=name, kind=kind, parent=parent, valid_from=SINCE)


@pytest.fixture
def month(settings: object, lake: tuple[Path, int]) -> Month:
    settings.DATA_DIR, version = lake  # type: ignore[attr-defined]
    high = _unit("鲁90", "江岚省高级人民法院", "court")
    units = {"high": high, "basic": _unit("鲁9001", "清岚县人民法院", "court", high)}
    units["other"] = _unit("鲁9002", "望溪县人民法院", "court", high)
    units["civil"] = _unit("d1", "民一庭", "department", units["basic"])
    UnitClass.objects.create(unit=high, pack="shandong", key="high", valid_from=SINCE)
    users = {key: _person(key, role, units[unit]) for key, (role, unit) in PEOPLE.items()}
    installation = Installation.objects.create(
        pack="shandong", unit=high, in_force_from=SINCE, installed_at=_moment(1, 1)
    )
    dataset = Dataset.objects.create(
        installation=installation, name="cases", title="案件", created_at=_moment(1, 1), version=version
    )
    runs = [
        Run.objects.create(
            dataset=dataset, version=version, state="done", started_at=at, finished_at=at, rows=43
        )
        for at in (_moment(2, 1), _moment(3, 1))
    ]
    made = Month(dataset, units, users)
    _finding(made, runs[0], "c1", opened=_moment(2, 1), closed=_moment(3, 1))
    _finding(made, runs[0], "c2", opened=_moment(2, 1))
    _finding(made, runs[1], "c3", opened=_moment(3, 1), verdict="entry")
    return made


def _person(key: str, role: str, unit: Unit) -> User:
    user = User.objects.create(username=key)
    person = Person.objects.create(name=f"{key}甲", staff_no=key, unit=unit, user=user)
    post = Post.objects.create(
        unit=unit, role=role, title=ROLES[role].label, subtree=ROLES[role].subtree, valid_from=SINCE
    )
    Appointment.objects.create(post=post, person=person, valid_from=SINCE)
    return user


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A store with the cases, made once: the tests only read it."""
    folder = tmp_path_factory.mktemp("lake")
    made = Store.open(folder / "store")
    days = ("filed_on", "accepted_on", "closed_on", "updated_on")
    made.create("cases", [Column("case_id"), Column("court"), *(Column(name, "DATE") for name in days)])
    ids = [f"c{n}" for n in range(1, 41)] + ["d1", "d2", "d3"]
    table = pa.table(
        {"case_id": ids, "court": ["鲁9001"] * 40 + ["鲁9002"] * 3, "accepted_on": ["2026-02-10"] * 43}
    )
    at = datetime(2026, 2, 28, 4)
    return folder, made.merge("cases", table, key="case_id", at=at, author="接口", message="").version or 0


def _finding(
    month: Month, run: Run, case: str, *, opened: datetime, closed: datetime | None = None, verdict: str = ""
) -> Finding:
    row = Finding.objects.create(
        dataset=month.dataset, rule="dates/closed-before-accepted", title="结案日期早于立案日期", severity="error",
        owner="trial", case_id=case, court=month.units["basic"], department=month.units["civil"], first_run=run,
        last_run=run, opened_at=opened, closed_at=closed, state="closed" if closed else "open", verdict=verdict,
        judged_at=opened if verdict else None,
    )  # fmt: skip
    FindingEvent.objects.create(finding=row, at=opened, what="发现")
    return row


def test_what_stood_and_was_found_equals_what_ended_and_stands(month: Month) -> None:
    report = month.prepared()
    for row in [report.content["totals"], *month.section(report, "balance")]:
        assert row["last_open"] + row["found"] == row["corrected"] + row["open"]  # type: ignore[operator]
    totals = report.content["totals"]
    assert [totals[k] for k in ("last_open", "found", "corrected", "open")] == [2, 1, 1, 2]
    assert (totals["touched"], totals["failed"], report.data_version) == (
        43,
        1,
        Run.objects.latest("pk").version,
    )
    assert month.section(report, "dimensions")[0]["dimension"] == "真实性"


def test_a_small_court_has_counts_and_is_not_compared(month: Month) -> None:
    rows = {row["court"]: row for row in month.section(month.prepared(), "courts")}
    assert (rows["望溪县人民法院"]["rate"], rows["望溪县人民法院"]["compared"]) == ("件数太少", "不比较")
    assert rows["清岚县人民法院"]["rate"] == "2.50%"
    assert rows["清岚县人民法院"]["compared"] == "无明显差别"


@pytest.mark.parametrize(
    ("failed", "cases", "said"), [(40, 100, "高于全省"), (0, 400, "低于全省"), (3, 100, "无明显差别")]
)
def test_only_what_the_interval_bears_out_is_said(failed: int, cases: int, said: str) -> None:
    assert compared(share(failed, cases), 0.04) == said


def test_a_finding_that_came_back_stood_twice(month: Month) -> None:
    row = Finding.objects.get(case_id="c2")
    for day, what in ((10, "复检销号"), (20, "重新出现")):
        FindingEvent.objects.create(finding=row, at=_moment(2, day), what=what)
    Finding.objects.filter(pk=row.pk).update(reopened=1)
    found = [s for s in spans(month.dataset, _moment(1, 1), _moment(3, 2)) if s.case_id == "c2"]
    assert [(s.opened, s.closed) for s in found] == [(_moment(2, 1), _moment(2, 10)), (_moment(2, 20), None)]
    totals = month.prepared().content["totals"]
    assert totals["last_open"] + totals["found"] == totals["corrected"] + totals["open"]


def test_a_month_that_was_not_checked_is_refused(month: Month) -> None:
    with pytest.raises(HengjianError, match="没有做过质检"):
        acts.prepare(month.actor("first"), month.dataset, period="2025-06")
    with pytest.raises(HengjianError, match="还没有结束"):
        acts.prepare(month.actor("first"), month.dataset, period="2026-03")
    with pytest.raises(Denied):
        acts.prepare(month.actor("basic"), month.dataset, period="2026-02")


def test_a_court_writes_causes_for_itself_until_the_report_is_handed_in(month: Month) -> None:
    report, basic = month.prepared(), month.units["basic"]
    words = {"rule": "dates/closed-before-accepted", "cause": "录错行", "measure": "双人核对"}
    with pytest.raises(Denied):
        acts.write_note(month.actor("other"), report, basic, **words)
    with pytest.raises(HengjianError, match="没有这类问题"):
        acts.write_note(month.actor("basic"), report, basic, **{**words, "rule": "x/y"})
    acts.write_note(month.actor("basic"), report, basic, **words, due_on=date(2026, 4, 1))
    report = acts.submit(month.actor("first"), report, version=report.version)
    assert month.section(report, "causes")[0]["measure"] == "双人核对"
    with pytest.raises(HengjianError, match="已送审"):
        acts.write_note(month.actor("basic"), report, basic, **words)


def _signed(month: Month, report: Report) -> Report:
    report = acts.submit(month.actor("first"), report, version=report.version)
    course = running.current(report)
    assert course is not None
    for key in ("second", "third", "president"):
        agree(month.actor(key), course)
    report.refresh_from_db()
    return report


def test_signed_by_two_and_the_president_numbered_and_frozen(month: Month) -> None:
    report = _signed(month, month.prepared())
    assert report.state == Report.State.APPROVED
    report = acts.issue(month.actor("first"), report, version=report.version)
    assert report.number.endswith("质报〔2026〕1号")
    assert report.digest == acts.digest_of(report.content)
    with pytest.raises(HengjianError, match="与已印发的报告一致"):
        month.prepared()
    Finding.objects.filter(case_id="c2").update(closed_at=_moment(2, 20), state="closed")
    again = month.prepared()
    assert (again.edition, again.title.count("更正")) == (2, 1)
    report.refresh_from_db()
    assert report.digest == acts.digest_of(report.content)


def test_a_returned_report_is_a_draft_again(month: Month) -> None:
    report = acts.submit(month.actor("first"), month.prepared(), version=1)
    course = running.current(report)
    assert course is not None
    send_back(month.actor("second"), course, reason="请补充原因")
    report.refresh_from_db()
    assert report.state == Report.State.DRAFT


def test_before_the_issue_a_court_sees_its_own_part_only(month: Month) -> None:
    report = month.prepared()
    assert not visible_reports(month.actor("clerk")).exists()
    page = month.client("basic").get(f"/cases/reports/{report.pk}/").content.decode()
    assert "清岚县人民法院" in page
    assert "望溪县人民法院" not in page
    other = month.units["other"].pk
    assert month.client("basic").get(f"/cases/reports/{report.pk}/report.pdf").status_code == 404
    assert month.client("basic").get(f"/cases/reports/{report.pk}/?court={other}").status_code == 404
    report = _signed(month, report)
    acts.issue(month.actor("first"), report, version=report.version)
    assert month.client("clerk").get(f"/cases/reports/{report.pk}/").status_code == 200


def test_the_report_is_a_page_a_word_file_and_a_pdf_of_all_and_of_one_court(month: Month) -> None:
    report = month.prepared()
    client, address = month.client("first"), f"/cases/reports/{report.pk}"
    assert client.get("/cases/reports/").status_code == 200
    assert "上月末未销号" in client.get(f"{address}/").content.decode()
    assert client.get(f"{address}/report.pdf").content[:5] == b"%PDF-"
    court = f"?court={month.units['basic'].pk}"
    assert client.get(f"{address}/report.docx{court}").content[:2] == b"PK"
    assert "svg" in client.get(f"{address}/pictures/rules.svg").content.decode()[:200]
    posted = client.post(
        f"{address}/edit/", {"version": report.version, "title": "改过的标题", "remark": "总体平稳。"}
    )
    assert posted.status_code == 302
    report.refresh_from_db()
    assert report.title == "改过的标题"


def test_the_way_from_page_to_cause_and_outcome(month: Month) -> None:
    report, client = month.prepared(), month.client("basic")
    court = month.units["basic"].pk
    data = {
        "rule": "dates/closed-before-accepted",
        "cause": "录错",
        "measure": "核对",
        "due_on": "2026-04-01",
    }
    assert client.post(f"/cases/reports/{report.pk}/note/?court={court}", data).status_code == 302
    note = report.notes.get()
    wrong = client.post(f"/cases/reports/{report.pk}/note/?court={court}", {**data, "cause": ""})
    assert wrong.status_code == 422
    assert (
        month.client("other").post(f"/cases/reports/measures/{note.pk}/", {"outcome": "x"}).status_code == 404
    )
    client.post(f"/cases/reports/measures/{note.pk}/", {"outcome": "已办结", "done": "on"})
    note.refresh_from_db()
    assert (note.outcome, note.done) == ("已办结", True)
