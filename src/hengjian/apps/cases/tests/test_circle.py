"""From upload to closed correction: clerk, statistician, data manager above; nothing lost, everything on record."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back
from hengjian.apps.cases import checking, store
from hengjian.apps.cases.access import visible_findings
from hengjian.apps.cases.acts import rules as rule_acts
from hengjian.apps.cases.acts.bundle import make_bundle, send_bundle
from hengjian.apps.cases.acts.correct import propose
from hengjian.apps.cases.acts.judge import judge
from hengjian.apps.cases.acts.sample import draw, review
from hengjian.apps.cases.acts.tickets import open_ticket, raise_ticket, solve_ticket
from hengjian.apps.cases.acts.upload import receive, take_in
from hengjian.apps.cases.acts.waive import lapse, waive
from hengjian.apps.cases.models import Bundle, CaseLook, Correction, Dataset, Finding, Run
from hengjian.apps.cases.results import result_of
from hengjian.apps.cases.rulebook import compiled
from hengjian.apps.cases.tests.story import AT, BAD, GOOD, HEAD, Province, find, the_finding, upload
from hengjian.apps.org.access import Denied, system_actor
from hengjian.base.errors import HengjianError
from hengjian.casedata.sampling import draw as draw_again

pytestmark = pytest.mark.django_db


def test_a_file_is_matched_by_its_headings_and_read_in_gbk(province: Province) -> None:
    row = receive(
        province.actor("statistics"),
        province.dataset,
        province.units["basic"],
        name="a.csv",
        data=(HEAD + GOOD).encode("gbk"),
    )
    assert row.columns["案号"] == "case_no"
    done = take_in(province.actor("statistics"), row, columns=row.columns)
    assert (done.accepted, done.rejected, done.encoding[:2].lower()) == (1, 0, "gb")
    assert (store.case(province.dataset, "c1") or {})["accepted_on"] == date(2026, 1, 5)


def test_rows_that_do_not_fit_come_back_with_row_column_and_reason(
    province: Province, settings: object
) -> None:
    bad_date = GOOD.replace("2026-01-05", "五月").replace("c1", "c9")
    row = receive(
        province.actor("statistics"), province.dataset, province.units["basic"], name="a.csv",
        data=(HEAD + GOOD + bad_date + GOOD).encode(),
    )  # fmt: skip
    done = take_in(province.actor("statistics"), row, columns=row.columns)
    assert (done.rows, done.accepted, done.rejected) == (3, 1, 2)
    text = (settings.DATA_DIR / done.rejects).read_text("utf-8-sig")  # type: ignore[attr-defined]
    assert "3,立案日期,五月" in text
    assert "案件标识重复" in text


def test_the_same_file_again_makes_no_version(province: Province) -> None:
    upload(province, GOOD)
    version = province.dataset.version
    upload(province, GOOD)
    assert province.dataset.version == version


def test_what_the_store_took_before_the_process_died_is_found_by_the_next_try(province: Province) -> None:
    before = province.dataset.version
    upload(province, GOOD)
    version = province.dataset.version
    Dataset.objects.update(version=before)
    upload(province, GOOD)
    assert province.dataset.version == version > before


def test_a_court_uploads_only_its_own_cases(province: Province) -> None:
    row = receive(
        province.actor("stranger"),
        province.dataset,
        province.units["other"],
        name="a.csv",
        data=(HEAD + GOOD).encode(),
    )
    with pytest.raises(HengjianError, match="鲁9901"):
        take_in(province.actor("stranger"), row, columns=row.columns)
    with pytest.raises(Denied):
        receive(
            province.actor("stranger"), province.dataset, province.units["basic"], name="a.csv", data=b"x"
        )


def test_a_file_that_cannot_be_read_is_on_record_with_the_reason(province: Province) -> None:
    row = receive(
        province.actor("statistics"),
        province.dataset,
        province.units["basic"],
        name="a.xlsx",
        data=b"PK\x03\x04nonsense",
    )
    assert row.state == "refused"
    assert row.refusal


def test_the_whole_circle_from_upload_to_closed_correction(province: Province) -> None:
    upload(province, GOOD, BAD)
    first = find(province)
    finding = the_finding(province)
    assert (finding.court, finding.department, finding.state) == (
        province.units["basic"],
        province.units["civil"],
        "open",
    )
    bundle = make_bundle(province.actor("it"), province.dataset, province.units["basic"])
    send_bundle(province.actor("it"), bundle)
    course = running.current(bundle)
    assert course is not None
    agree(province.actor("statistics"), course)
    bundle.refresh_from_db()
    assert bundle.state == Bundle.State.SENT
    for row in bundle.findings.all():
        judge(province.actor("manager"), row, verdict="entry")
    agree(province.actor("manager"), course)
    bundle.refresh_from_db()
    assert bundle.state == Bundle.State.JUDGED
    finding.refresh_from_db()
    correction = propose(
        province.actor("clerk"), province.dataset, case_id="c2", court=province.units["basic"],
        department=province.units["civil"], changes={"closed_on": "2026-02-02"}, reason="结案审批表", findings=[finding],
    )  # fmt: skip
    course = running.current(correction)
    assert course is not None
    agree(province.actor("head"), course)
    agree(province.actor("statistics"), course)
    correction.refresh_from_db()
    assert correction.state == Correction.State.APPLIED
    history = store.history(province.dataset, "c2")
    assert [(v.author, row["closed_on"]) for v, row in history] == [
        ("statistics甲", date(2026, 1, 2)), ("clerk甲", date(2026, 2, 2)),
    ]  # fmt: skip
    second = find(province, AT + timedelta(days=1))
    finding.refresh_from_db()
    assert (finding.state, finding.cause, finding.first_run) == ("closed", "fixed", first)
    assert second.closed >= 1
    assert [e.what for e in finding.events.all()][:3] == ["发现", "列入周报", "录入错误"]


def test_a_finding_that_comes_back_keeps_its_id(province: Province) -> None:
    upload(province, BAD)
    find(province)
    finding = the_finding(province)
    upload(province, BAD.replace("2026-01-02", "2026-02-02"))
    find(province, AT + timedelta(days=1))
    upload(province, BAD)
    again = find(province, AT + timedelta(days=2))
    finding.refresh_from_db()
    assert (finding.state, finding.reopened, finding.last_run) == ("open", 1, again)
    assert Finding.objects.filter(rule=finding.rule, case_id="c2").count() == 1


def test_the_own_court_does_not_judge_itself_and_no_error_needs_a_reason(province: Province) -> None:
    upload(province, BAD)
    find(province)
    finding = the_finding(province)
    with pytest.raises(Denied):
        judge(province.actor("statistics"), finding, verdict="entry")
    with pytest.raises(HengjianError, match="写明理由"):
        judge(province.actor("manager"), finding, verdict="none")
    judge(province.actor("manager"), finding, verdict="none", why="庭审笔录补正")
    find(province, AT + timedelta(days=1))
    finding.refresh_from_db()
    assert (finding.state, finding.cause) == ("closed", "not_wrong")


def test_a_returned_correction_puts_the_finding_back(province: Province) -> None:
    upload(province, BAD)
    find(province)
    finding = the_finding(province)
    correction = propose(
        province.actor("clerk"), province.dataset, case_id="c2", court=province.units["basic"],
        department=province.units["civil"], changes={"closed_on": "2026-02-02"}, reason="结案审批表", findings=[finding],
    )  # fmt: skip
    send_back(province.actor("head"), running.current(correction), reason="没有附审批表")  # type: ignore[arg-type]
    finding.refresh_from_db()
    correction.refresh_from_db()
    assert (finding.state, correction.state) == ("wrong", "returned")
    assert (store.case(province.dataset, "c2") or {})["closed_on"] == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"closed_on": "昨天"}, "不是日期"),
        ({"closed_on": "2026-01-02"}, "没有要改的"),
        ({"colour": "红"}, "没有信息项"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(
    province: Province, changes: dict[str, str], message: str
) -> None:
    upload(province, BAD)
    with pytest.raises(HengjianError, match=message):
        propose(
            province.actor("clerk"), province.dataset, case_id="c2", court=province.units["basic"],
            department=province.units["civil"], changes=changes, reason="审批表",
        )  # fmt: skip


def test_a_waiver_ends_by_itself(province: Province) -> None:
    upload(province, BAD)
    find(province)
    waive(province.actor("statistics"), the_finding(province), reason="等待系统升级", until=date(2026, 3, 10))
    assert lapse(system_actor("每日质检", AT)) == 0
    assert lapse(system_actor("每日质检", AT + timedelta(days=8))) == 1
    assert the_finding(province).state == "open"


def test_a_neighbouring_court_sees_nothing(province: Province) -> None:
    upload(province, BAD)
    find(province)
    assert not visible_findings(province.actor("stranger")).exists()
    client = province.client("stranger")
    assert client.get(f"/cases/findings/{the_finding(province).pk}/").status_code == 404


def test_every_look_at_a_case_is_on_record_and_personal_data_is_masked(province: Province) -> None:
    upload(province, BAD)
    find(province)
    page = province.client("it").get(f"/cases/findings/{the_finding(province).pk}/")
    assert page.status_code == 200
    assert "丙某" not in page.content.decode()
    look = CaseLook.objects.get()
    assert (look.case_id, look.unmasked) == ("c2", False)
    answer = province.client("clerk").get(f"/cases/findings/{the_finding(province).pk}/")
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "丙某" in shown


@pytest.mark.parametrize(
    "path",
    ["", "findings/", "uploads/", "bundles/", "corrections/", "tickets/", "rules/", "rules/new/", "samples/"],
)
def test_every_page_opens_with_and_without_data(province: Province, path: str) -> None:
    client = province.client("high")
    assert client.get(f"/cases/{path}").status_code in (200, 403)
    upload(province, GOOD, BAD)
    find(province)
    assert client.get(f"/cases/{path}").status_code in (200, 403)


def test_a_rule_of_the_office_needs_trial_rows_and_four_eyes(province: Province) -> None:
    upload(province, GOOD, BAD)
    values = {"title": "结案太快", "basis": "本院规定", "fails_when": "closed_on < accepted_on"}
    values |= {"severity": "warning", "owner": "trial"}
    hit = {"found": True, "values": {"accepted_on": "2026-01-02", "closed_on": "2026-01-01"}}
    miss = {"found": False, "values": {"accepted_on": "2026-01-01", "closed_on": "2026-01-02"}}
    maker, other = province.actor("high"), province.actor("high2")
    with pytest.raises(HengjianError, match="查出了"):
        rule_acts.save_rule(
            maker, province.dataset, key="L-1", values=values, tests=[{**hit, "found": False}]
        )
    with pytest.raises(HengjianError, match="system"):
        rule_acts.save_rule(
            maker,
            province.dataset,
            key="L-1",
            values={**values, "fails_when": "system('x') = 1"},
            tests=[hit, miss],
        )
    rule = rule_acts.save_rule(maker, province.dataset, key="L-1", values=values, tests=[hit, miss])
    checked, failed, cases, errors = checking.preview(province.dataset, compiled(rule))
    assert (checked, failed, [c["case_id"] for c in cases], errors) == (2, 1, ["c2"], [])
    rule_acts.propose_rule(maker, rule)
    with pytest.raises(Denied, match="不能自己起用"):
        rule_acts.activate_rule(maker, rule, since=date(2026, 3, 4))
    rule_acts.activate_rule(other, rule, since=date(2026, 3, 4))
    find(province)
    assert Finding.objects.filter(rule="L-1", case_id="c2").exists()


def test_a_failed_run_is_on_record(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(province, GOOD)

    def broken(*_: object, **__: object) -> None:
        raise HengjianError("磁盘已满，请清理后再试。")

    monkeypatch.setattr(checking, "check_stored", broken)
    with pytest.raises(HengjianError, match="磁盘已满"):
        find(province)
    run = Run.objects.get()
    assert (run.state, run.error) == ("failed", "磁盘已满，请清理后再试。")


def test_a_technical_problem_climbs_until_somebody_solves_it(province: Province) -> None:
    ticket = open_ticket(
        province.actor("clerk"),
        province.dataset.installation,
        province.units["civil"],
        title="接口不通",
        text="上午起",
    )
    raise_ticket(province.actor("it"), ticket, version=1, text="本院不能解决")
    with pytest.raises(Denied):
        solve_ticket(province.actor("it"), ticket, version=2, answer="好了")
    ticket = solve_ticket(province.actor("itmiddle"), ticket, version=2, answer="已恢复")
    assert (ticket.state, ticket.holder) == ("solved", province.units["middle"])
    assert len(ticket.trail) == 3


def test_a_sample_can_be_drawn_again_by_anybody_and_is_reviewed_blind(province: Province) -> None:
    lines = [GOOD.replace("c1", f"s{n}").replace("民初1号", f"民初{n}号") for n in range(1, 151)]
    upload(province, *lines)
    made = draw(
        province.actor("high"),
        province.dataset,
        period="2026-01",
        seed="3021.69",
        seed_source="某日公布的指数",
    )
    picked = list(made.cases.values_list("case_id", flat=True))
    again = draw_again(((f"s{n}", "鲁9901") for n in range(1, 151)), "3021.69", Decimal("0.01"))
    assert picked == list(again.keys)
    with pytest.raises(HengjianError, match="已经抽取过"):
        draw(province.actor("high"), province.dataset, period="2026-01", seed="1", seed_source="换一个")
    for case in made.cases.all():
        review(province.actor("high"), case, wrong=["cause"])
        with pytest.raises(HengjianError, match="已经给过意见"):
            review(province.actor("high"), case, wrong=[])
        review(province.actor("high2"), case, wrong=["cause"])
    result = result_of(made)
    assert (result.drawn, result.reviewed, result.wrong, result.kappa) == (2, 2, 2, None)
