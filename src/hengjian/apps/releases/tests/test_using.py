"""Applying level by level, what is supplied, marked copies and whose they are."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import send_back
from hengjian.apps.org.access import Denied
from hengjian.apps.regs.models import ReadingDecision
from hengjian.apps.releases import queries, tracing
from hengjian.apps.releases.acts.applications import apply, revoke
from hengjian.apps.releases.acts.handouts import copy_parcel, copy_release, supply
from hengjian.apps.releases.acts.traces import look_up
from hengjian.apps.releases.codes import ALPHABET, check_letter, new_trace, traces_in
from hengjian.apps.releases.conftest import Land
from hengjian.apps.releases.models import Application, HandOut, Parcel
from hengjian.base.errors import HengjianError
from hengjian.documents.intake import read_any_text

pytestmark = pytest.mark.django_db

State = Application.State
ROWS = [["法院", "未结"], ["清岚县人民法院", "=1+1"], ["望溪县人民法院", "88"]]


def applied(land: Land, who: str = "judge", scope: str = "own", **said: Any) -> Application:
    values: dict[str, Any] = {
        "wanted": "未结案件明细表", "purpose": "审判质效分析", "until": date(2025, 8, 31), "client_key": uuid4().hex
    }  # fmt: skip
    return apply(land.actor(who), land.installation, scope=scope, **(values | said))


def houses(application: Application) -> list[str]:
    course = running.current(application)
    assert course is not None
    return [f"{s.role}@{(s.house or s.unit).short_name}" for s in running.steps_of(course)]


def test_own_data_are_granted_by_the_own_office(land: Land) -> None:
    made = applied(land)
    granted = land.granted(made, "qing_stat")
    assert (granted.state, granted.granted_by) == (State.GRANTED, land.unit("qing"))


def test_data_of_the_province_go_up_level_by_level(land: Land) -> None:
    made = applied(land, scope="province")
    assert houses(made) == [
        "statistics@清岚法院",
        "statistics@澜州中院",
        "statistics@江岚高院",
        "high_statistics@江岚高院",
    ]
    with pytest.raises(Denied):
        land.granted(made, "high_stat")
    granted = land.granted(made, "qing_stat", "lan_stat", "stat", "high_stat")
    assert granted.granted_by == land.unit("high")


def test_city_data_and_those_of_another_court_stop_at_the_court_above_both(land: Land) -> None:
    assert houses(applied(land, scope="city")) == ["statistics@清岚法院", "statistics@澜州中院"]
    near = applied(land, scope="other", target=land.unit("wang"))
    assert houses(near) == ["statistics@清岚法院", "statistics@澜州中院"]
    far = applied(land, scope="other", target=land.unit("yun"))
    assert houses(far) == ["statistics@清岚法院", "statistics@澜州中院", "statistics@江岚高院"]
    with pytest.raises(HengjianError, match="哪个法院"):
        applied(land, scope="other")


@pytest.mark.parametrize(("option", "message"), [("province", ""), ("refused", "不受理")])
def test_the_reading_decides_what_the_text_left_out(land: Land, option: str, message: str) -> None:
    ReadingDecision.objects.create(
        installation=land.installation, reading="S05", option=option, decided_by="审委会",
        effective_from=date(2025, 1, 1), decided_at=land.at,
    )  # fmt: skip
    if message:
        with pytest.raises(HengjianError, match=message):
            applied(land, scope="city")
        return
    assert houses(applied(land, scope="city"))[-1] == "statistics@江岚高院"
    assert houses(applied(land, scope="other", target=land.unit("wang")))[-1] == "statistics@江岚高院"


def test_people_from_outside_enter_through_the_office(land: Land) -> None:
    with pytest.raises(Denied, match="代为受理"):
        applied(land, external="江岚大学法学院 某教授")
    made = applied(land, "qing_stat", scope="city", external="江岚大学法学院 某教授")
    granted = land.granted(made, "lan_stat")
    assert (granted.state, granted.who) == (State.GRANTED, "江岚大学法学院 某教授")


def test_a_purpose_and_a_last_day_are_asked_for(land: Land) -> None:
    for said in ({"purpose": " "}, {"until": date(2025, 7, 1)}, {"until": None}, {"scope": "moon"}):
        with pytest.raises(HengjianError):
            applied(land, **said)


def test_neighbours_do_not_see_an_application(land: Land) -> None:
    made = applied(land, scope="province")
    for who in ("neighbour", "head", "wang_stat", "liu_stat", "president", "auditor"):
        assert not queries.visible_applications(land.actor(who)).exists(), who
    for who in ("judge", "qing_stat", "lan_stat", "high_stat"):
        assert queries.visible_applications(land.actor(who)).get() == made, who


def test_what_is_sent_back_grants_nothing(land: Land) -> None:
    made = applied(land)
    course = running.current(made)
    assert course is not None
    send_back(land.actor("qing_stat"), course, reason="用途不明。")
    made.refresh_from_db()
    assert made.state == State.RETURNED
    with pytest.raises(HengjianError, match="授权以后"):
        supply(land.actor("qing_stat"), made, title="表", rows=ROWS, source="系统")


def supplied(land: Land) -> Parcel:
    granted = land.granted(applied(land), "qing_stat")
    return supply(land.actor("qing_stat"), granted, title="未结案件明细", rows=ROWS, source="统计系统")


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf", "csv"])
def test_every_copy_is_marked_and_leads_back_to_whom_it_was_given(land: Land, form: str) -> None:
    row, data = copy_parcel(land.actor("judge"), supplied(land), form=form)
    text = read_any_text(data)
    assert "清岚法院 林知微 2025-07-15 用于审判质效分析" in "".join(text.split("\n")) or form == "docx"
    assert row.code in tracing.marks_of(data)
    stat = land.actor("qing_stat")
    assert look_up(stat, land.installation, data=data) == [row]
    assert look_up(stat, land.installation, text=f"文件上写着{row.code.lower()}。") == [row]
    assert tracing.by_file(stat, data + b" ") == [row]  # changed afterwards: by the mark


def test_a_copy_that_was_printed_to_text_still_tells(land: Land) -> None:
    row, _ = copy_parcel(land.actor("judge"), supplied(land), form="csv")
    other = land.actor("wang_stat")
    assert look_up(other, land.installation, text=row.code) == []
    assert look_up(land.actor("auditor"), land.installation, text=row.code) == [row]
    with pytest.raises(Denied):
        look_up(land.actor("judge"), land.installation, text=row.code)


def test_nothing_is_handed_out_after_the_last_day_or_once_revoked(land: Land) -> None:
    parcel = supplied(land)
    last = land.actor("judge", "2025-08-31T23:59")
    assert copy_parcel(last, parcel, form="csv")
    for late in ("2025-09-01T00:00", "2026-01-01T09:00"):
        with pytest.raises(Denied):
            copy_parcel(land.actor("judge", late), parcel, form="csv")
    with pytest.raises(Denied):
        copy_parcel(land.actor("neighbour"), parcel, form="csv")
    with pytest.raises(Denied):
        revoke(land.actor("wang_stat"), parcel.application, reason="x")
    revoke(land.actor("qing_stat"), parcel.application, reason="另作他用")
    with pytest.raises(Denied):
        copy_parcel(land.actor("judge"), parcel, form="csv")


def test_formulas_of_a_supplied_table_stay_text(land: Land) -> None:
    _, data = copy_parcel(land.actor("judge"), supplied(land), form="csv")
    assert "'=1+1" in data.decode("utf-8-sig")


def test_a_copy_of_a_release_says_its_time(land: Land) -> None:
    made = land.sign(land.release(opens_at=land.at.replace(hour=15)))
    row, data = copy_release(land.actor("president"), made, form="csv", purpose="签发后核对")
    assert "阶段性保密" in data.decode("utf-8-sig") and row.code in data.decode("utf-8-sig")
    with pytest.raises(Denied):
        copy_release(land.actor("judge"), made, form="csv")


def test_a_trace_id_with_a_wrong_letter_or_two_exchanged_is_none() -> None:
    code = new_trace()
    assert traces_in(code) == [code]
    letters = [place for place in range(3, len(code)) if code[place] != "-"]
    for place, follower in pairwise(letters):
        for other in set(ALPHABET) - {code[place]}:
            assert traces_in(code[:place] + other + code[place + 1 :]) == []
        if code[place] != code[follower] and follower != letters[-1]:
            exchanged = list(code)
            exchanged[place], exchanged[follower] = code[follower], code[place]
            assert traces_in("".join(exchanged)) == []
    for last in set(ALPHABET) - {code[-1]}:
        assert traces_in(code[:-1] + last) == []


def test_a_trace_id_handed_out_with_a_z_is_still_read() -> None:
    body = "ZZ22ABCDEFGZ"
    code = f"HJ-{body[:4]}-{body[4:8]}-{body[8:]}{check_letter(body)}"
    assert traces_in(f"来源：{code.lower()}。") == [code]


def test_pages_of_an_application(land: Land) -> None:
    parcel = supplied(land)
    Application.objects.update(until=date(2099, 1, 1))
    judge, office = land.client("judge"), land.client("qing_stat")
    assert "未结案件明细" in judge.get(f"/releases/applications/{parcel.application_id}/").content.decode()
    answer = judge.post(f"/releases/parcels/{parcel.pk}/copy/", {"form": "xlsx"})
    assert answer.status_code == 200 and HandOut.objects.get().code in answer["Content-Disposition"]
    assert HandOut.objects.get().code in office.get("/releases/trace/").content.decode()
    assert judge.get("/releases/trace/").status_code == 403
    page = judge.post("/releases/applications/new/", {"scope": "own"})
    assert page.status_code == 422
