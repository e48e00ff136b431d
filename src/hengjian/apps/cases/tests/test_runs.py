"""Runs: only what changed is judged again, what died is taken up, what failed has an owner."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hengjian.apps.cases import checking, jobs
from hengjian.apps.cases.acts.record_run import ask_run, start_run
from hengjian.apps.cases.models import Finding, RuleResult, Run, Ticket
from hengjian.apps.cases.tests.story import AT, BAD, GOOD, Province, find, the_finding, upload
from hengjian.apps.cases.views import findings as views
from hengjian.apps.org.access import Denied, system_actor
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
NEXT = timedelta(days=1)


def test_the_second_run_judges_only_what_changed_and_finds_the_same_as_a_full_one(province: Province) -> None:
    upload(province, GOOD, BAD)
    assert find(province).full
    upload(province, BAD.replace("2026-01-02", "2026-02-02"), GOOD.replace("c1", "c3").replace("1号", "3号"))
    second = find(province, AT + NEXT)
    assert (second.full, second.rows) == (False, 2)
    assert the_finding(province).state == "closed"
    standing = set(Finding.objects.exclude(state="closed").values_list("rule", "case_id"))
    full = checking.run(system_actor("每日质检", AT + 2 * NEXT), province.dataset, full=True)
    assert (full.full, full.rows, full.found, full.closed) == (True, 3, 0, 0)
    assert set(Finding.objects.exclude(state="closed").values_list("rule", "case_id")) == standing


def test_an_untouched_case_keeps_its_finding_in_an_incremental_run(province: Province) -> None:
    upload(province, GOOD, BAD)
    find(province)
    upload(province, GOOD.replace("甲某", "戊某"))
    second = find(province, AT + NEXT)
    assert not second.full
    assert the_finding(province).state == "open"
    result = RuleResult.objects.get(run=second, rule="dates/closed-before-accepted")
    assert (result.failed, result.standing) == (0, 1)


def test_a_finding_of_two_cases_ends_for_both_when_one_is_changed(province: Province) -> None:
    twin = GOOD.replace("c1", "c9")
    upload(province, GOOD, twin)
    assert find(province).found == 2
    upload(province, twin.replace("民初1号", "民初9号"))
    second = find(province, AT + NEXT)
    assert (second.full, second.rows, second.closed) == (False, 2, 2)  # the one and its twin


def test_a_run_that_died_fails_and_the_next_one_starts_again(province: Province) -> None:
    upload(province, BAD)
    dead = start_run(system_actor("每日质检", AT), province.dataset, version=1, since=None, digest="")
    done = find(province, AT + NEXT)
    dead.refresh_from_db()
    assert (dead.state, done.state) == ("failed", "done")
    assert "断" in dead.error


def test_a_run_whose_results_are_complete_is_only_put_on_record(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(province, BAD)

    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(checking, "record_run", power_cut)
        with pytest.raises(KeyboardInterrupt):
            find(province)
    monkeypatch.setattr(checking, "check_stored", power_cut)
    again = find(province, AT + NEXT)
    assert (again.state, Run.objects.count()) == ("done", 1)
    assert the_finding(province).state == "open"


def test_a_failure_has_one_owner_until_a_later_run_is_done(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(province, BAD)

    def broken(*_: object, **__: object) -> None:
        raise OSError("设备上没有空间")

    with monkeypatch.context() as trouble:
        trouble.setattr(checking, "check_stored", broken)
        for _ in range(2):
            with pytest.raises(HengjianError, match="没有空间"):
                find(province)
    ticket = Ticket.objects.get()
    assert (ticket.state, ticket.holder, len(ticket.trail)) == ("open", province.units["high"], 2)
    find(province, AT + NEXT)
    ticket.refresh_from_db()
    assert ticket.state == "solved"


def test_the_worker_runs_once_a_day_and_what_is_asked_for(province: Province) -> None:
    upload(province, BAD)
    assert jobs.daily(AT - timedelta(hours=8)) == 0
    assert (jobs.daily(AT), jobs.daily(AT + timedelta(hours=1))) == (1, 0)
    asked = ask_run(province.actor("high"), province.dataset, full=True)
    assert jobs.asked(AT + timedelta(hours=2)) == 1
    asked.refresh_from_db()
    assert (asked.state, asked.full) == ("done", True)


def test_a_court_below_cannot_ask_for_a_run_of_the_province(province: Province) -> None:
    with pytest.raises(Denied):
        ask_run(province.actor("it"), province.dataset)


def test_the_page_checks_at_once_or_asks_the_worker_when_there_is_much(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(province, BAD)
    client = province.client("high")
    assert client.post("/cases/run/").status_code == 302
    assert Run.objects.get().state == "done"
    monkeypatch.setattr(views, "AT_ONCE", 0)
    assert client.post("/cases/run/", {"full": "1"}).status_code == 302
    assert set(Run.objects.values_list("state", flat=True)) == {"done", "asked"}
    shown = client.get("/cases/").content.decode()
    assert "等待检查" in shown
    assert "现在检查" in shown
