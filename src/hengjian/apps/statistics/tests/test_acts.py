"""Cards by two people, reports that must be even, surveys, analyses and suggestions from draft to end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.org.access import Denied
from hengjian.apps.statistics import figures
from hengjian.apps.statistics.acts import analyses, cards, reports, suggestions, surveys
from hengjian.apps.statistics.agreement import compared
from hengjian.apps.statistics.conftest import NOW, Story
from hengjian.apps.statistics.models import CardVersion, Report, Suggestion, Survey
from hengjian.apps.statistics.scope import visible_analyses, visible_surveys
from hengjian.apps.statistics.tables import cards_in_use
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_instant
from hengjian.statistics.agree import Level
from hengjian.statistics.spans import Span

pytestmark = pytest.mark.django_db
BODY = {
    "unit": "件",
    "shape": "count",
    "date": "accepted_on",
    "when": "case_kind = '民事'",
    "owner": "研究室",
}
JANUARY = Span.parse("2026-01")


def draft(story: Story, who: str = "chief", **fields: object) -> CardVersion:
    given = {
        "key": "filed",
        "title": "新收",
        "body": BODY,
        "since": date(2026, 4, 1),
        "reason": "只数民事",
    } | fields
    return cards.draft_card(
        story.actor(who),
        story.dataset.installation,
        client_key=uuid4().hex,
        **given,  # type: ignore[arg-type]
    )


def test_a_new_version_of_a_card_is_approved_by_somebody_else_and_holds_from_its_day(changing: Story) -> None:
    row = cards.propose_card(changing.actor("chief"), draft(changing))
    course = running.current(row)
    assert row.number == 2 and course is not None
    with pytest.raises(Denied):
        agree(changing.actor("chief"), course)
    agree(changing.actor("second"), course)
    row.refresh_from_db()
    assert row.state == CardVersion.State.ACTIVE
    changing.put(("d1", "鲁9901", "刑事", "2026-04-02", None), ("d2", "鲁9901", "民事", "2026-04-03", None))
    assert figures.figure("filed", "鲁9901", "2026-01").card_version == 1
    april = figures.figure("filed", "鲁9901", "2026-04")
    assert (april.card_version, april.value) == (2, 1)
    assert figures.figure("filed", "鲁9901", "2026-04", card_version=1).value == 2


def test_a_card_sent_back_can_be_dropped_and_a_late_one_is_not_put_in_force(story: Story) -> None:
    row = cards.propose_card(story.actor("chief"), draft(story))
    course = running.current(row)
    assert course is not None
    late = to_instant(datetime(2026, 4, 2, 9))
    with pytest.raises(HengjianError, match="起用日期"):
        agree(story.actor("second", late), course)
    send_back(story.actor("second"), course, reason="改期")
    row.refresh_from_db()
    cards.drop_card(story.actor("chief"), row)
    assert not CardVersion.objects.exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"since": date(2026, 3, 4)}, "以后"),
        ({"body": BODY | {"when": "nothing = 1"}}, "nothing"),
        ({"body": BODY | {"shape": "stock"}}, "时点存量"),
        (
            {
                "body": {
                    "unit": "%",
                    "shape": "ratio",
                    "top": ["closing_rate"],
                    "bottom": ["filed"],
                    "owner": "o",
                }
            },
            "closing_rate",
        ),
        ({"reason": " "}, "为什么"),
    ],
)
def test_a_wrong_card_is_refused(story: Story, fields: dict[str, object], told: str) -> None:
    with pytest.raises(HengjianError, match=told):
        draft(story, **fields)


def test_only_the_topmost_office_makes_cards(story: Story) -> None:
    for who in ("county", "city", "president"):
        with pytest.raises(Denied):
            draft(story, who)


def report(story: Story, who: str = "county", **fields: object) -> Report:
    given = {"span": "2026-01", "client_key": uuid4().hex} | fields
    return reports.file_report(story.actor(who), story.dataset, story.units["basic"], **given)  # type: ignore[arg-type]


def own(opening: int, filed: int, closed: int, pending: int) -> dict[str, Decimal]:
    numbers = {"opening": opening, "filed": filed, "closed": closed, "pending": pending}
    return {key: Decimal(value) for key, value in numbers.items()}


def test_a_report_from_the_data_agrees_until_a_case_changes(changing: Story) -> None:
    made = report(changing)
    scene = changing.scene("county")
    assert compared(scene, changing.place.data(), JANUARY).found == ()
    changing.put(("c3", "鲁9901", "民事", "2026-02-01", "2026-02-10"))
    scene = changing.scene("county")
    found = [one for one in compared(scene, changing.place.data(), JANUARY).found if not one.cell.dims]
    assert {(one.cell.card, one.missing) for one in found} == {("filed", ("c3",)), ("pending", ("c3",))}
    assert compared(scene, changing.place.data(made.data_version), JANUARY).found == ()


def test_a_number_of_the_courts_own_is_compared_with_its_list(story: Story) -> None:
    report(story, values=own(1, 2, 1, 2), cases={"filed": ["c2", "c7"]})
    found = compared(story.scene("chief"), story.place.data(), JANUARY).found
    assert [(one.level, one.missing, one.extra) for one in found] == [(Level.COURT, ("c7",), ("c3",))]


def test_a_report_that_is_not_even_is_refused(changing: Story) -> None:
    with pytest.raises(HengjianError, match="不成立"):
        report(changing, values=own(1, 2, 1, 1))
    with pytest.raises(HengjianError, match="清单"):
        report(changing, values=own(1, 2, 1, 2), cases={"filed": ["c2"]})
    changing.put(("c8", "鲁9901", "民事", "2026-01-20", "2025-12-30"))
    with pytest.raises(HengjianError, match="c8"):
        report(changing)
    with pytest.raises(HengjianError, match="没有结束"):
        report(changing, span="2026-03")
    with pytest.raises(Denied):
        report(changing, "neighbour")
    with pytest.raises(Denied):
        report(changing, "city")


def test_a_later_report_replaces_the_first_and_the_same_form_files_once(story: Story) -> None:
    first = report(story, client_key="k")
    assert report(story, client_key="k").pk == first.pk
    second = report(story)
    first.refresh_from_db()
    assert first.replaced_at is not None and second.replaced_at is None


QUESTIONS = [{"key": "q1", "label": "人数", "type": "number"}]


def survey(story: Story, who: str = "chief", unit: str = "high", **fields: object) -> Survey:
    given = {
        "way": "full", "title": "人员配备", "purpose": "了解配备", "questions": QUESTIONS, "due_on": date(2026, 3, 20),
        "client_key": uuid4().hex,
    } | fields  # fmt: skip
    return surveys.draft_survey(story.actor(who), story.place, story.units[unit], **given)  # type: ignore[arg-type]


def test_a_survey_asks_the_courts_and_waits_in_their_inboxes(story: Story) -> None:
    row = survey(story)
    assert not visible_surveys(story.actor("county")).exists(), "a draft is nobody's business yet"
    surveys.open_survey(
        story.actor("chief"), story.place, row, courts=[story.units["basic"], story.units["other"]]
    )
    assert [r.title for r in rows_for(story.actor("county"), NOW) if r.kind == "统计调查"] == ["人员配备"]
    part = row.parts.get(court=story.units["basic"])
    with pytest.raises(Denied):
        surveys.answer(story.actor("neighbour"), part, answers={"q1": "2"})
    with pytest.raises(HengjianError, match="人数"):
        surveys.answer(story.actor("county"), part, answers={"q1": ""})
    surveys.answer(story.actor("county"), part, answers={"q1": "2"})
    assert not [r for r in rows_for(story.actor("county"), NOW) if r.kind == "统计调查"]
    row.refresh_from_db()
    surveys.close_survey(story.actor("chief"), row, conclusion="一院两人。")
    part.refresh_from_db()
    with pytest.raises(HengjianError, match="不能再答复"):
        surveys.answer(story.actor("county"), part, answers={"q1": "3"})


def test_a_sample_is_drawn_from_a_cell_by_a_public_seed(story: Story) -> None:
    more = {
        "way": "sample",
        "card": "filed",
        "span": "2026-01",
        "share": Decimal(50),
        "seed": "3051.22",
        "seed_source": "收盘",
    }
    row = survey(story, **more)
    surveys.open_survey(story.actor("chief"), story.place, row, courts=list(story.place.courts))
    row.refresh_from_db()
    assert {s["name"]: (s["population"], s["drawn"]) for s in row.strata}["清岚县人民法院"] == (2, 1)
    assert row.parts.filter(court=story.units["basic"]).get().case_id in ("c2", "c3")
    again = survey(story, title="再抽", **more)
    surveys.open_survey(story.actor("second"), story.place, again, courts=list(story.place.courts))
    assert {p.case_id for p in row.parts.all()} == {p.case_id for p in again.parts.all()}


def test_a_lower_court_surveys_only_itself(story: Story) -> None:
    row = survey(story, "city", "middle")
    with pytest.raises(HengjianError, match="省法院"):
        surveys.open_survey(story.actor("city"), story.place, row, courts=[story.units["basic"]])


def analysis(story: Story, **fields: str):  # type: ignore[no-untyped-def]
    given = {
        "kind": "special",
        "title": "一月收案",
        "span": "2026-01",
        "authors": "陆清和",
        "body": "收案平稳。",
        "method": "",
    }
    return analyses.write_analysis(
        story.actor("county"),
        story.place,
        story.units["basic"],
        client_key=uuid4().hex,
        fields=given | fields,
    )


def test_an_analysis_cites_figures_as_they_stood_and_is_not_finished_on_moved_ones(changing: Story) -> None:
    row = analysis(changing)
    county = changing.actor("county")
    cited = analyses.cite(county, row, card="filed", court="鲁9901", span="2026-01")
    assert (cited.value, cited.data_version) == (2, changing.dataset.version)
    changing.put(("c3", "鲁9901", "民事", "2026-02-01", "2026-02-10"))
    with pytest.raises(HengjianError, match="由 2"):
        analyses.finish_analysis(county, row)
    analyses.cite(county, row, card="filed", court="鲁9901", span="2026-01")
    done = analyses.finish_analysis(county, row)
    with pytest.raises(HengjianError, match="定稿"):
        analyses.edit_analysis(county, done, fields={"body": "别的"})
    assert visible_analyses(changing.actor("chief")).filter(pk=row.pk).exists()
    assert not visible_analyses(changing.actor("neighbour")).filter(pk=row.pk).exists()


def test_a_forecast_must_say_its_method(story: Story) -> None:
    with pytest.raises(HengjianError, match="方法"):
        analyses.finish_analysis(story.actor("county"), analysis(story, kind="forecast"))


def test_a_suggestion_is_kept_until_the_reply_is_in(story: Story) -> None:
    county, today = story.actor("county"), date(2026, 3, 4)
    row = suggestions.draft_suggestion(
        county, story.place, story.units["basic"], title="加强合同管理", addressee="清岚县某局", body="建议……",
        client_key="s1",
    )  # fmt: skip
    suggestions.submit_suggestion(county, row)
    course = running.current(row)
    assert course is not None
    agree(story.actor("president"), course)
    row.refresh_from_db()
    assert row.state == Suggestion.State.SIGNED
    row = suggestions.send_suggestion(
        county, row, number="清法建〔2026〕1号", sent_on=today, reply_by=today + timedelta(days=30)
    )
    later = to_instant(datetime(2026, 4, 10, 9))
    waiting = [r for r in rows_for(story.actor("county", later), later) if r.kind == "司法建议"]
    assert [r.next_step for r in waiting] == ["催办"]
    with pytest.raises(HengjianError, match="催办"):
        suggestions.close_suggestion(story.actor("county", later), row, why="不再等")
    suggestions.remind(story.actor("county", later), row, text="电话，答复下周回函")
    row = suggestions.record_reply(
        story.actor("county", later), row, replied_on=date(2026, 4, 9), adopted=True, reply="已经采纳。"
    )
    assert row.state == Suggestion.State.REPLIED
    assert not [r for r in rows_for(story.actor("county", later), later) if r.kind == "司法建议"]


def end(story: Story, key: str, since: date = date(2026, 4, 1)) -> CardVersion:
    return cards.end_card(
        story.actor("chief"), story.dataset.installation, key=key, since=since, reason="不再使用",
        client_key=uuid4().hex,
    )  # fmt: skip


def test_an_ended_card_counts_no_later_span_and_keeps_the_earlier_ones(changing: Story) -> None:
    row = cards.propose_card(changing.actor("chief"), end(changing, "closing_rate"))
    course = running.current(row)
    assert course is not None
    agree(changing.actor("second"), course)
    march, april = (Span.parse(text) for text in ("2026-03", "2026-04"))
    scene = changing.scene("chief")
    assert "closing_rate" in {card.key for card in cards_in_use(scene, march)}
    assert "closing_rate" not in {card.key for card in cards_in_use(scene, april)}
    assert figures.figure("closing_rate", "鲁9901", "2026-01").value is not None
    with pytest.raises(HengjianError, match="没有使用中的口径卡"):
        figures.figure("closing_rate", "鲁9901", "2026-04")
    client = changing.client("chief")
    shown = client.get(reverse("statistics:card", args=["closing_rate"])).content.decode()
    assert "第2版：停用" in shown and "2026-04-01起不再统计" in shown
    assert client.get(reverse("statistics:table") + "?period=2026-04").status_code == 200


@pytest.mark.parametrize(("key", "told"), [("filed", "收结存等式"), ("nothing", "没有在使用")])
def test_what_others_need_cannot_be_ended(story: Story, key: str, told: str) -> None:
    with pytest.raises(HengjianError, match=told):
        end(story, key)


def test_a_part_of_a_rate_ends_after_the_rate_and_serves_no_new_one(story: Story) -> None:
    with pytest.raises(HengjianError, match="要用"):
        end(story, "closed_in_time")
    for key in ("in_time_rate", "closed_in_time"):
        row = cards.propose_card(story.actor("chief"), end(story, key))
        course = running.current(row)
        assert course is not None
        agree(story.actor("second"), course)
    again = {"unit": "%", "shape": "ratio", "top": ["closed_in_time"], "bottom": ["filed"], "owner": "研究室"}
    with pytest.raises(HengjianError, match="closed_in_time"):
        draft(story, key="again", title="再算", body=again, since=date(2026, 5, 1))
