"""After a correction one list names everything a figure stands in: also notices, reports and inspections that say it in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree
from hengjian.apps.cases.models import Report as QualityReport
from hengjian.apps.indicators.models import KpiNotice
from hengjian.apps.inspections.models import ExamNotice, Finding, Inspection, Plan
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Appointment, Person, Post, User
from hengjian.apps.regs.models import Installation
from hengjian.apps.releases import uses
from hengjian.apps.releases.acts import releases as acts
from hengjian.apps.releases.checking import check_text, place_of
from hengjian.apps.releases.computed import Wanted, lines_from_data, recheck
from hengjian.apps.releases.models import Doubt, Figure
from hengjian.apps.releases.papers import papers
from hengjian.apps.statistics.acts import analyses, suggestions
from hengjian.apps.statistics.conftest import NOW, SINCE, Story, changing, shared_lake, story
from hengjian.base.times import to_instant
from hengjian.figures.spans import Span

pytestmark = pytest.mark.django_db
__all__ = ["changing", "shared_lake", "story"]
JANUARY = "清岚县人民法院2026年1月新收2件"


@pytest.fixture
def told(changing: Story) -> Story:
    """January of three courts, published by the office of the high court."""
    high = changing.units["high"]
    for n, role in enumerate(("statistics", "statistics", "statistics", "president")):
        user = changing.users[f"high{n}"] = User.objects.create(username=f"high{n}")
        person = Person.objects.create(name=f"员{n}", staff_no=f"H{n}", unit=high, user=user)
        post = Post.objects.create(role=role, unit=high, title=f"{role}{n}", valid_from=SINCE, subtree=True)
        Appointment.objects.create(post=post, person=person, valid_from=SINCE)
    installation, actor = changing.dataset.installation, changing.actor("high0")
    made = acts.draft(
        actor, installation, high, title="一月统计", mode="公报", channel="website", query_channel="网站",
        client_key=uuid4().hex,
    )  # fmt: skip
    courts = (("high", True), ("basic", False), ("other", False))
    wanted = [
        Wanted(changing.units[court], card, Span.parse("2026-01"), whole)
        for court, whole in courts
        for card in ("filed", "closed", "pending")
    ]
    made = acts.add_cells(actor, made, version=made.version, lines=lines_from_data(installation, wanted))
    acts.submit(actor, made, version=made.version)
    course = running.current(made)
    assert course is not None
    for signer in ("high1", "high2", "high3"):
        agree(changing.actor(signer), course)
    return changing


def inspection(told: Story, summary: str, court: str = "basic") -> Inspection:
    installation, high = told.dataset.installation, told.units["high"]
    common: dict[str, Any] = {"installation": installation}
    plan = Plan.objects.create(
        house=high, client_key=uuid4().hex, title="检查", mode="special", purpose="查", made_at=NOW,
        starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 9), **common,
    )  # fmt: skip
    number = Inspection.objects.count() + 1
    return Inspection.objects.create(
        plan=plan, court=told.units[court], year=2026, number=number, state="reported", summary=summary,
        ordered_at=NOW, **common,
    )  # fmt: skip


@pytest.fixture
def written(told: Story) -> dict[str, str]:
    """A text of every kind that says the figure, and of every kind one that says another. Title → kind of the former."""
    high, installation, chief = told.units["high"], told.dataset.installation, told.actor("chief")
    for n, text in enumerate((f"{JANUARY}。", "清岚县人民法院2026年2月新收1件。"), 1):
        QualityReport.objects.create(
            dataset=told.dataset, period=f"2026-0{n}", title=f"质量报告{n}", remark=text, data_version=1,
            prepared_at=NOW, state=QualityReport.State.ISSUED,
        )  # fmt: skip
        row = inspection(told, text)
        Finding.objects.create(
            inspection=row, number=1, head="truth", unit=told.units["basic"], title=f"问题{n}", found_at=NOW,
            text=f"报表称本院2026年{n}月新收2件。", state="handed",
        )  # fmt: skip
        ExamNotice.objects.create(
            installation=installation, house=high, year=2024 + n, text=text, made_at=NOW,
            state=ExamNotice.State.ISSUED,
        )  # fmt: skip
        analyses.write_analysis(
            chief, told.place, high, client_key=f"a{n}",
            fields={"kind": "special", "title": f"分析{n}", "span": "2026-01", "authors": "处", "body": text},
        )  # fmt: skip
        suggestions.draft_suggestion(
            chief, told.place, high, title=f"建议{n}", addressee="局", body=text, client_key=f"s{n}"
        )
    city = Installation.objects.create(
        pack="jiaozuo", unit=high, in_force_from=SINCE, installed_at=to_instant(datetime(2020, 1, 2))
    )
    row = {"unit": "清岚县人民法院", "value": "2件"}
    content = {"label": "2026年1月", "sections": [{"rows": [{"title": "新收", "rows": [row]}]}]}
    KpiNotice.objects.create(
        installation=city, clause="notices/monthly", period="2026-01", title="一月通报", content=content,
        prepared_at=NOW, state=KpiNotice.State.PUBLISHED,
    )  # fmt: skip
    return {
        "质量报告1": "数据质量报告", "1. 问题1": "检查问题", "分析1": "统计分析", "建议1": "司法建议", "一月通报": "指标通报",
    }  # fmt: skip


def brute(actor: Actor) -> set[tuple[int, str]]:
    """Every text through the number checker, every number against every figure."""
    found = set()
    for paper in papers(actor):
        for one in check_text(actor, paper.text, court=paper.court, year=paper.year).findings:
            meant = one.mention.place or one.mention.perhaps
            found |= {(f.pk, paper.url) for f in Figure.objects.all() if place_of(f) == meant}
    return found


def test_a_correction_names_every_text_that_says_the_figure(told: Story, written: dict[str, str]) -> None:
    told.put(("c3", "鲁9901", "民事", "2026-02-01", "2026-02-10"))
    actor = told.actor("high0")
    assert recheck(actor, told.dataset.installation)
    figure = Figure.objects.get(court=told.units["basic"], concept="filed")
    assert Doubt.objects.filter(figure=figure, state="open").exists()
    named = {use.title: use.kind for use in uses.of(actor, figure)}
    assert written.items() <= named.items()
    kinds = [use.kind for use in uses.of(actor, figure)]
    assert sorted(kinds) == sorted([*written.values(), "发布", "检查情况", "考核通报"])
    listed = told.client("high0").get("/api/releases/corrections").json()
    mine = next(row for row in listed if row["figure_id"] == figure.pk)
    assert {use["title"] for use in mine["uses"]} == set(named)


def test_the_list_is_what_the_checker_finds_number_by_number(told: Story, written: dict[str, str]) -> None:
    actor = told.actor("high0")
    inspection(told, "望溪县人民法院2026年1月已结1件，未结0件；全省法院2026年1月新收4件。", "other")
    found = {
        (figure.pk, use.url)
        for figure in Figure.objects.all()
        for use in uses.of(actor, figure)
        if use.kind not in ("发布", "发出的文件")
    }
    assert found == brute(told.actor("high0"))
    assert len({pk for pk, _ in found}) > 3


def test_nobody_learns_of_a_text_he_may_not_see(told: Story, written: dict[str, str]) -> None:
    figure = Figure.objects.get(court=told.units["basic"], concept="filed")
    shown = {use.kind for use in uses.of(told.actor("neighbour"), figure)}
    assert shown.isdisjoint({"检查情况", "检查问题", "统计分析", "司法建议"})
