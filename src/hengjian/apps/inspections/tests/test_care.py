"""First responsible persons, staffing, duty lists, access review, the yearly notice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.inspections.care import access, acts, lines
from hengjian.apps.inspections.care.staffing import staff_of
from hengjian.apps.inspections.conftest import SINCE, Circle
from hengjian.apps.inspections.models import AccessReview, ExamNotice, ReviewLine
from hengjian.apps.inspections.responsible import heads_of_courts, named
from hengjian.apps.inspections.words import pack_of
from hengjian.apps.org.access import Denied
from hengjian.apps.org.models import Absence, Appointment
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def _staff(circle: Circle, key: str):  # type: ignore[no-untyped-def]
    pack = pack_of(circle.installation, circle.at)
    (found,) = staff_of([circle.units[key]], pack, circle.at)
    return found


def test_the_province_needs_three_and_others_one_with_a_substitute(circle: Circle) -> None:
    high, county = _staff(circle, "high"), _staff(circle, "county")
    assert (high.wanted, high.short, high.needs_substitute) == (3, 0, False)
    assert (county.wanted, county.short, county.lacks_substitute) == (1, 0, True)


def test_when_both_are_away_the_head_and_the_court_above_hear_of_it(circle: Circle) -> None:
    post = Appointment.objects.get(person=circle.people["county_stat"]).post
    Appointment.objects.create(post=post, person=circle.people["clerk"], seat="B", valid_from=SINCE)
    for key in ("county_stat", "clerk"):
        span = {"starts_at": circle.at - timedelta(hours=1), "ends_at": circle.at + timedelta(days=1)}
        Absence.objects.create(person=circle.people[key], **span)
        assert _staff(circle, "county").away == (key == "clerk")
    for who in ("president", "stat"):
        assert any(r.kind == "统计人员" for r in rows_for(circle.actor(who))), who
    assert not any(r.kind == "统计人员" for r in rows_for(circle.actor("three")))


def test_a_court_without_a_head_says_so(circle: Circle) -> None:
    found = heads_of_courts([circle.units["county"], circle.units["other"]], date(2026, 3, 4))
    assert named(found[circle.units["county"].pk]).startswith("沈明鉴")
    assert "空缺" in named(found[circle.units["other"].pk])


def test_each_level_has_its_own_list(circle: Circle) -> None:
    pack, day = pack_of(circle.installation, circle.at), date(2026, 3, 4)
    counts = {key: len(lines.lines_for(circle.units[key], pack, day)) for key in ("high", "county", "civil")}
    assert counts == {"high": 7, "county": 8, "civil": 4}


def _record(circle: Circle, who: str = "head", unit: str = "filing", line: str = "d3", **more):  # type: ignore[no-untyped-def]
    fields = {"happened_on": date(2026, 2, 3), "text": "抽查本庭录入"} | more
    return acts.record_duty(
        circle.actor(who), circle.installation, unit=circle.units[unit], line=line, **fields
    )


def test_the_head_records_for_the_department_and_the_office_for_the_court(circle: Circle) -> None:
    made = _record(circle)
    _record(circle, "county_stat", "county", "c4")
    _record(circle, "county_stat", "filing", "d1")
    for who, unit, line in (
        ("civil_head", "filing", "d3"),
        ("head", "county", "c4"),
        ("stat", "county", "c4"),
    ):
        with pytest.raises(Denied):
            _record(circle, who, unit, line)
    with pytest.raises(HengjianError, match="没有这一项"):
        _record(circle, line="c4")
    with pytest.raises(HengjianError, match="以后"):
        _record(circle, happened_on=date(2026, 12, 1))
    acts.withdraw_duty(circle.actor("head"), made, reason="重复")
    pack = pack_of(circle.installation, circle.at)
    found = lines.with_records(
        circle.units["filing"],
        lines.lines_for(circle.units["filing"], pack, circle.at.date()),
        *lines.year_of(2026),
    )
    assert [len(line.done) for line in found] == [1, 0, 0, 0]


def test_a_training_names_who_was_there(circle: Circle) -> None:
    with pytest.raises(HengjianError, match="参加的人员"):
        _record(circle, "county_stat", "county", lines.TRAINING)
    made = _record(circle, "county_stat", "county", lines.TRAINING, attendees=[circle.people["clerk"]])
    assert made.attendees.count() == 1


# access review


def _review(circle: Circle) -> AccessReview:
    return acts.open_review(circle.actor("county_stat"), circle.installation, house=circle.units["county"])


def _decide(circle: Circle, review: AccessReview, revoke: str = "") -> None:
    for line in review.lines.select_related("appointment"):
        own = line.appointment.person_id == circle.people["county_stat"].pk
        who = "security" if own else "county_stat"
        decision = "revoke" if line.holder == revoke else "keep"
        acts.decide_line(
            circle.actor(who), line, decision=decision, note="已调离" if decision == "revoke" else ""
        )


def test_a_review_lists_everybody_once_a_half_year(circle: Circle) -> None:
    review = _review(circle)
    assert review.period == "2026H1"
    holders = set(review.lines.values_list("holder", flat=True))
    assert {"沈明鉴", "林知微", "苏小满", "何新雨", "管无虞", "周以衡"} == holders
    with pytest.raises(HengjianError, match="已经发起"):
        _review(circle)


def test_nobody_confirms_himself_and_all_are_gone_through(circle: Circle) -> None:
    review = _review(circle)
    own = review.lines.get(holder="何新雨")
    with pytest.raises(HengjianError, match="不能复核自己"):
        acts.decide_line(circle.actor("county_stat"), own, decision="keep")
    with pytest.raises(HengjianError, match="还有 6 个岗位"):
        acts.close_review(circle.actor("county_stat"), review)
    with pytest.raises(Denied):
        acts.decide_line(circle.actor("three"), own, decision="keep")


def test_what_should_go_stands_with_the_security_administrator(circle: Circle) -> None:
    review = _review(circle)
    _decide(circle, review, revoke="苏小满")
    acts.close_review(circle.actor("county_stat"), review, note="收回一人")
    waiting = [r.title for r in rows_for(circle.actor("security")) if r.kind == "权限复核"]
    assert len(waiting) == 1 and "苏小满" in waiting[0]
    line = review.lines.get(decision=ReviewLine.Decision.REVOKE)
    line.appointment.valid_to = date(2026, 3, 4)
    line.appointment.save()
    assert not [r for r in rows_for(circle.actor("security")) if r.kind == "权限复核"]


def test_the_review_waits_in_the_inbox_until_it_is_finished(circle: Circle) -> None:
    def kinds() -> list[str]:
        return [r.kind for r in rows_for(circle.actor("county_stat"))]

    assert "权限复核" in kinds()
    review = _review(circle)
    _decide(circle, review)
    acts.close_review(circle.actor("county_stat"), review)
    assert "权限复核" not in kinds()


# the yearly notice


def _exam(circle: Circle, house: str = "high", who: str = "high_stat") -> ExamNotice:
    return acts.prepare_exam(
        circle.actor(who), circle.installation, house=circle.units[house], year=2026, text="总体较好。"
    )


def test_figures_of_the_year_are_frozen_when_it_is_prepared(circle: Circle) -> None:
    circle.reported()
    notice = _exam(circle, "middle", "stat")
    (county, other) = notice.rows
    assert (county["inspections"], county["problems"], county["heads"]) == (1, 1, "数据真实性1")
    assert (other["inspections"], other["duties"]) == (0, 8)
    assert "清岚" in county["court"]


def test_it_goes_level_by_level(circle: Circle) -> None:
    assert [row["court"] for row in _exam(circle).rows] == ["澜州市中级人民法院"]
    with pytest.raises(Denied):
        _exam(circle, "high", "stat")


def _submitted(circle: Circle) -> ExamNotice:
    notice = acts.submit_exam(circle.actor("high_stat"), _exam(circle))
    notice.refresh_from_db()
    return notice


def test_two_of_the_office_and_the_president_sign_it(circle: Circle) -> None:
    notice = _submitted(circle)
    assert not access.visible_notices(circle.actor("stat")).exists()
    course = running.current(notice)
    assert course is not None
    for who in ("signer_one", "signer_two", "high_president"):
        course.refresh_from_db()
        agree(circle.actor(who), course)
    notice.refresh_from_db()
    assert (notice.state, notice.number) == (ExamNotice.State.ISSUED, 1)
    assert access.visible_notices(circle.actor("stat")).get() == notice
    with pytest.raises(HengjianError, match="不能重拟"):
        _exam(circle)


def test_sent_back_it_is_a_draft_again(circle: Circle) -> None:
    notice = _submitted(circle)
    course = running.current(notice)
    assert course is not None
    send_back(circle.actor("signer_one"), course, reason="数字要核")
    notice.refresh_from_db()
    assert notice.state == ExamNotice.State.DRAFT
    _exam(circle)


# pages


def test_pages_of_responsibility(circle: Circle) -> None:
    circle.at = timezone.now()
    review = _review(circle)
    notice = _exam(circle)
    county = circle.units["county"].pk
    pages = {
        "county_stat": ["responsibility/", "duties/", f"duties/{county}/", "reviews/", f"reviews/{review.pk}/",
                        "exams/", f"do/unit/{county}/record/", f"do/unit/{county}/exam/"],
        "head": ["responsibility/", "duties/", f"do/unit/{circle.units['filing'].pk}/record/"],
        "president": ["responsibility/", "duties/"],
        "security": ["reviews/", f"reviews/{review.pk}/"],
        "high_stat": ["responsibility/", "exams/", f"exams/{notice.pk}/", f"exams/{notice.pk}/pdf/"],
    }  # fmt: skip
    for who, found in pages.items():
        client = circle.client(who)
        for page in found:
            assert client.get(f"/inspections/{page}").status_code == 200, (who, page)
    for who, page in (
        ("three", f"reviews/{review.pk}/"),
        ("stat", f"exams/{notice.pk}/"),
        ("clerk", f"duties/{county}/"),
    ):
        assert circle.client(who).get(f"/inspections/{page}").status_code == 404, (who, page)


def test_a_line_is_kept_with_one_click(circle: Circle) -> None:
    circle.at = timezone.now()
    line = _review(circle).lines.get(holder="沈明鉴")
    answer = circle.client("county_stat").post(f"/inspections/do/line/{line.pk}/keep/")
    line.refresh_from_db()
    assert answer.status_code == 302 and line.decision == "keep"


def test_what_was_begun_is_the_next_page(circle: Circle) -> None:
    circle.at = timezone.now()
    county = circle.units["county"].pk
    client = circle.client("county_stat")
    answer = client.post(f"/inspections/do/unit/{county}/review/")
    assert answer.status_code == 302 and "/inspections/reviews/" in answer["Location"]
    assert "逐个岗位" in client.get(answer["Location"]).content.decode()
    answer = client.post(
        f"/inspections/do/unit/{county}/exam/", {"year": circle.at.year, "text": "全年正常。"}
    )
    assert answer.status_code == 302 and "/inspections/exams/" in answer["Location"]
