"""Figures out of the statistics: frozen with card and data version; a correction lists exactly what brute force finds."""

from __future__ import annotations

from uuid import uuid4

import pytest

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree
from hengjian.apps.org.models import Appointment, Person, Post, User
from hengjian.apps.releases import uses
from hengjian.apps.releases.acts import releases as acts
from hengjian.apps.releases.computed import again, behind, line_from_data, recheck
from hengjian.apps.releases.jobs import corrections
from hengjian.apps.releases.models import Doubt, Figure, Release
from hengjian.apps.statistics import figures as statistics
from hengjian.apps.statistics.acts import analyses
from hengjian.apps.statistics.acts.reports import file_report
from hengjian.apps.statistics.conftest import NOW, SINCE, Story, changing, shared_lake, story
from hengjian.apps.statistics.models import Citation
from hengjian.base.errors import HengjianError
from hengjian.figures.spans import Span

pytestmark = pytest.mark.django_db
__all__ = ["changing", "shared_lake", "story"]

CELLS = [("filed", "high", True), ("closed", "high", True), ("pending", "high", True), ("filed", "basic", False),
         ("closed", "basic", False), ("filed", "other", False), ("closing_rate", "high", True)]  # fmt: skip


def staffed(told: Story) -> None:
    """A statistics office of three and a president at the high court."""
    for n, role in enumerate(("statistics", "statistics", "statistics", "president")):
        user = User.objects.create(username=f"high{n}", password="!")
        person = Person.objects.create(name=f"员{n}", staff_no=f"H{n}", unit=told.units["high"], user=user)
        post, _ = Post.objects.get_or_create(
            role=role, unit=told.units["high"], title=f"{role}{n}", valid_from=SINCE, subtree=True
        )
        Appointment.objects.create(post=post, person=person, valid_from=SINCE)
        told.users[f"high{n}"] = user


def published(told: Story, period: str = "2026-01") -> Release:
    staffed(told)
    installation = told.dataset.installation
    actor = told.actor("high0")
    lines = [
        line_from_data(
            installation, told.units[court], card=card, span=Span.parse(period), whole=whole, dims={}
        )
        for card, court, whole in CELLS
    ]
    made = acts.draft(
        actor, installation, told.units["high"], title="一月统计", mode="公报", channel="website",
        query_channel="网站", client_key=uuid4().hex,
    )  # fmt: skip
    made = acts.add_cells(actor, made, version=made.version, lines=lines)
    acts.submit(actor, made, version=made.version)
    course = running.current(made)
    assert course is not None
    for signer in ("high1", "high2", "high3"):
        agree(told.actor(signer), course)
    made.refresh_from_db()
    return made


def test_a_computed_figure_carries_its_card_and_data_version(story: Story) -> None:
    published(story)
    figure = Figure.objects.get(concept="filed", court=story.units["basic"])
    assert (figure.name, figure.measure, figure.card_version) == ("新收", "件", "1")
    assert figure.data_version == str(story.dataset.version)
    one = again(figure)
    assert one is not None and statistics.cases_of(one) == ("c2", "c3")


def test_a_correction_lists_exactly_the_cells_a_recomputation_finds(changing: Story) -> None:
    published(changing)
    installation = changing.dataset.installation
    assert recheck(changing.actor("high0"), installation) == []
    changing.put(
        ("c3", "鲁9901", "民事", "2026-02-01", "2026-02-10"), ("c7", "鲁9902", "民事", "2026-01-09", None)
    )
    assert behind(installation)
    corrections(NOW)
    assert not behind(installation)
    brute = set()
    for figure in Figure.objects.all():
        one = again(figure)
        assert one is not None
        now = statistics.figure(one.card_key, one.court_code, one.period, dict(one.dims)).value
        if now != figure.value:
            brute.add((figure.pk, now))
    assert {(d.figure_id, d.now) for d in Doubt.objects.filter(state="open")} == brute != set()


def test_a_correction_names_every_analysis_and_report_it_reaches(changing: Story) -> None:
    """Those that stand beside the doubts are those a recomputation of every citation and total finds."""
    published(changing)
    installation, place = changing.dataset.installation, changing.place
    office, county = changing.actor("chief"), changing.actor("county")
    for title, court, month in (
        ("县院", "basic", "2026-01"),
        ("邻院", "other", "2026-01"),
        ("二月", "basic", "2026-02"),
    ):
        row = analyses.write_analysis(
            office, place, changing.units["high"], client_key=title,
            fields={"kind": "special", "title": title, "span": month, "authors": "处", "body": "文"},
        )  # fmt: skip
        analyses.cite(office, row, card="filed", court=changing.units[court].code, span=month)
    report = file_report(county, changing.dataset, changing.units["basic"], span="2026-01", client_key="r")
    changing.put(("c3", "鲁9901", "民事", "2026-02-01", "2026-02-10"))
    changed = {doubt.figure for doubt in recheck(changing.actor("high0"), installation)}
    told = {(use.kind, use.title) for figure in changed for use in uses.of(office, figure)} - {
        ("发布", "一月统计")
    }
    cited = {(row.card, row.court, row.span): row.analysis.title for row in Citation.objects.all()}
    moved = {
        one.cell for one, _, _ in statistics.changed(analyses.figure_of(c) for c in Citation.objects.all())
    }
    published_too = {(f.concept, f.court.code, "2026-01") for f in changed if not f.whole}
    brute = {
        ("统计分析", title)
        for (card, court, span), title in cited.items()
        if (card, court, span) in published_too
        and any((c.card, c.court, c.span) == (card, court, span) for c in moved)
    }
    assert brute == {("统计分析", "县院")}
    assert told == brute | {("法院上报", str(report))}
    assert uses.of(
        changing.actor("clerk"), Figure.objects.get(court=changing.units["basic"], concept="filed")
    ) == [uses.Use("发布", "一月统计", f"/releases/{Release.objects.get().pk}/")]


def test_taking_the_correction_back_settles_what_was_open(changing: Story) -> None:
    published(changing)
    installation = changing.dataset.installation
    changing.put(("c2", "鲁9901", "刑事", "2026-02-05", None))
    assert recheck(changing.actor("high0"), installation)
    changing.put(("c2", "鲁9901", "刑事", "2026-01-05", None))
    assert recheck(changing.actor("high0"), installation) == []
    assert set(Doubt.objects.values_list("state", flat=True)) == {"settled"}


def test_a_table_that_does_not_add_up_is_not_published(changing: Story) -> None:
    changing.put(("c9", "鲁9901", "民事", "2026-03-01", "2026-01-20"))
    with pytest.raises(HengjianError, match="收结存对不上"):
        line_from_data(
            changing.dataset.installation, changing.units["basic"], card="closed", span=Span.parse("2026-01"),
            whole=False, dims={},
        )  # fmt: skip


def test_the_page_computes_and_registers(story: Story) -> None:
    staffed(story)
    actor = story.actor("high0", NOW)
    made = acts.draft(
        actor, story.dataset.installation, story.units["high"], title="统计", mode="公报", channel="website",
        query_channel="网站", client_key=uuid4().hex,
    )  # fmt: skip
    client = story.client("high0")
    assert "由统计算出" in client.get(f"/releases/{made.pk}/").content.decode()
    said = {"card-version": made.version, "card-card": "filed", "card-court": story.units["high"].pk,
            "card-whole": "on", "card-period": "2026-01", "card-dims": "案件类别=民事"}  # fmt: skip
    answer = client.post(f"/releases/{made.pk}/computed/", said)
    assert answer.status_code == 302
    cell = made.cells.get()
    assert (cell.written, cell.dims) == ("3", {"case_kind": "民事"})
    assert client.post(f"/releases/{made.pk}/computed/", said | {"card-period": "x"}).status_code == 422


def test_a_table_of_cards_and_courts_is_registered_at_once(story: Story) -> None:
    staffed(story)
    made = acts.draft(
        story.actor("high0", NOW), story.dataset.installation, story.units["high"], title="统计", mode="公报",
        channel="website", query_channel="网站", client_key=uuid4().hex,
    )  # fmt: skip
    said = {"card-version": made.version, "card-card": ["filed", "closed"], "card-whole": "on",
            "card-court": story.units["high"].pk, "card-each": "on", "card-period": "2026-01"}  # fmt: skip
    assert story.client("high0").post(f"/releases/{made.pk}/computed/", said).status_code == 302
    rows = [(cell.concept, cell.court, cell.whole) for cell in made.cells.select_related("court")]
    courts = [(story.units["high"], True)]
    courts += [(story.units[key], False) for key in ("middle", "basic", "other")]
    assert rows == [(card, court, whole) for court, whole in courts for card in ("filed", "closed")]
    one = line_from_data(
        story.dataset.installation, story.units["basic"], card="filed", span=Span.parse("2026-01"),
        whole=False, dims={},
    )  # fmt: skip
    assert one.written == made.cells.get(concept="filed", court=story.units["basic"]).written
