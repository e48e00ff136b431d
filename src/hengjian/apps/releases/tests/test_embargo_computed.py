"""A figure kept back until its time is not counted by the back door: no table, file, analysis, trend, sample or API call
gives it to anybody who may not know the release, and none gives what it could be worked out of.

The figures are of a size nothing else has, so that the answer to any request can be searched for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree
from hengjian.apps.audit.models import Entry
from hengjian.apps.cases import withheld
from hengjian.apps.cases.acts import sample
from hengjian.apps.cases.models import Draw
from hengjian.apps.org.models import Appointment, Person, Post, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.releases.acts import releases as acts
from hengjian.apps.releases.acts.readers import admit
from hengjian.apps.releases.checking import check_text
from hengjian.apps.releases.computed import Wanted, lines_from_data
from hengjian.apps.releases.models import Release
from hengjian.apps.statistics.acts import analyses, suggestions, surveys
from hengjian.apps.statistics.acts.reports import file_report
from hengjian.apps.statistics.conftest import NOW, SINCE, Story, changing, shared_lake, story
from hengjian.apps.statistics.models import Analysis, Report, Suggestion, Survey
from hengjian.apps.statistics.scope import scene_of
from hengjian.apps.statistics.trends import series_of
from hengjian.apps.ui import counts
from hengjian.documents.intake import read_xlsx
from hengjian.figures.spans import Span

pytestmark = pytest.mark.django_db
__all__ = ["changing", "shared_lake", "story"]

OPENS = NOW + timedelta(hours=6)
CARDS = ("filed", "pending")
SPANS = ("2026-01", "2026Q1", "2026H1", "2026", "2025-12~2026-01", "2026-01~2026-02")
NUMBERS = (1715, 1717, 1304, 1305, 412, 413)
"""Filed, pending and closed in January at 清岚 and in the province; all but one case there are civil, 1,716 moved."""
_ALONE = r"(?<![0-9A-Za-z+/_-]){0}(?![0-9A-Za-z+/_-])"
MARKS = re.compile(
    "|".join(_ALONE.format(text) for n in (*NUMBERS, 1714, 1716, 1303) for text in (f"{n}", f"{n:,}"))
)
EXTRA = {
    "vice": ("副院长", "supervising_leader", "high"),
    "it": ("信息技术", "it_office", "high"),
    "manager": ("数据管理", "data_manager", "high"),
    "auditor": ("审计", "audit_admin", "high"),
    "preparer": ("拟稿", "statistics", "high"),
    "second_hand": ("核一", "statistics", "high"),
    "third_hand": ("核二", "statistics", "high"),
    "leader": ("院长", "president", "high"),
}
OUTSIDE = ("vice", "president", "manager", "auditor", "neighbour")
WALKING = ("auditor",)
"""Who opens every page of the product; the others what counts cases and what was made of it."""
COUNTED = ("vice", "president")
"""Those who may see statistics at all, of courts the figures are of."""


@pytest.fixture(autouse=True)
def ids_above_the_figures(db: None) -> None:
    """PostgreSQL goes on counting from test to test: the number of a row could be one of the figures looked for."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 100000) FROM pg_sequences "
            "WHERE schemaname = current_schema() AND coalesce(last_value, 0) < 100000"
        )


@pytest.fixture
def told(changing: Story) -> Story:
    """1,713 civil cases more at 清岚 in January, 411 of them closed; figures of them kept back until the afternoon."""
    counts.forget()
    changing.put(*(
        (f"m{n}", "鲁9901", "民事", "2026-01-10", "2026-01-20" if n < 411 else None) for n in range(1713)
    ))  # fmt: skip
    for n, (key, (name, role, unit)) in enumerate(EXTRA.items()):
        user = changing.users[key] = User.objects.create(username=key)
        person = Person.objects.create(name=name, staff_no=f"e{n}", unit=changing.units[unit], user=user)
        post = Post.objects.create(
            unit=changing.units[unit], role=role, title=name, subtree=ROLES[role].subtree, valid_from=SINCE
        )
        Appointment.objects.create(post=post, person=person, valid_from=SINCE)
    return changing


@pytest.fixture
def secret(told: Story) -> Release:
    actor, high, basic = told.actor("preparer"), told.units["high"], told.units["basic"]
    made = acts.draft(
        actor, told.dataset.installation, high, title="一月统计", mode="公报", channel="website",
        query_channel="网站", opens_at=OPENS, client_key=uuid4().hex,
    )  # fmt: skip
    wanted = [
        Wanted(court, card, Span.parse("2026-01"), whole)
        for court, whole in ((high, True), (basic, False))
        for card in ("filed", "closed", "pending")
    ]
    lines = lines_from_data(told.dataset.installation, wanted)
    assert {int(line.written) for line in lines} == set(NUMBERS)
    return acts.add_cells(actor, made, version=made.version, lines=lines)


@pytest.fixture
def works(told: Story, secret: Release) -> None:
    """What is made of the figures meanwhile by those who count them."""
    chief, place, high = told.actor("chief"), told.place, told.units["high"]
    row = analyses.write_analysis(
        chief, place, high, client_key="a",
        fields={"kind": "special", "title": "一月分析", "span": "2026-01", "authors": "处", "body": "新收1717件"},
    )  # fmt: skip
    analyses.cite(chief, row, card="filed", court="鲁9901", span="2026-01")
    row = analyses.edit_analysis(chief, row, fields={"body": "新收1717件，已结413件"})
    analyses.finish_analysis(chief, row)
    suggestions.draft_suggestion(
        chief,
        place,
        high,
        title="建议",
        addressee="某局",
        body="一月新收1717件",
        client_key="s",
        analysis=row,
    )
    file_report(told.actor("county"), told.dataset, told.units["basic"], span="2026-01", client_key="r")
    survey = surveys.draft_survey(
        chief, place, high, way="sample", title="抽样", purpose="p", due_on=NOW.date() + timedelta(9),
        questions=[{"key": "q1", "label": "问", "type": "text"}], client_key="v", card="filed", span="2026-01",
        share=1, seed="1", seed_source="公报",
    )  # fmt: skip
    courts = [told.units["basic"], told.units["other"]]
    surveys.open_survey(chief, place, survey, courts=courts)
    sample.draw(chief, told.dataset, period="2026-01", seed="1", seed_source="公报")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    from django.utils import timezone

    def at(moment: datetime) -> None:
        counts.forget()
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(NOW)
    yield at


def _routes(patterns: object, start: str = "") -> Iterator[str]:
    for pattern in patterns:  # type: ignore[attr-defined]
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route.replace("^", "").replace("$", "").replace(r"\.", ".")


def everywhere() -> tuple[list[str], list[str]]:
    """What was made of the figures and what counts by itself; every other address without parameters."""
    found = [f"/{route}" for route in _routes(get_resolver().url_patterns) if not re.search(r"[<(]", route)]
    found = [one for one in found if not re.match(r"/(static|accounts|api/(docs|openapi))", one)]
    made = [one for one in found if re.match(r"/(api/)?(statistics|cases)/", one)]
    made += [f"/statistics/analyses/{row.pk}/" for row in Analysis.objects.all()]
    made += [f"/statistics/reports/{row.pk}/" for row in Report.objects.all()]
    made += [f"/statistics/surveys/{row.pk}/" for row in Survey.objects.all()]
    made += [f"/cases/samples/{row.pk}/" for row in Draw.objects.all()]
    made += ["/ui/search/?q=新收", "/statistics/analyses/?q=新收", "/releases/figures/?q=新收"]
    return made, [one for one in found if one not in made]


def counting() -> list[str]:
    """What counts cases, with every parameter that makes it count January."""
    found = []
    for span in SPANS:
        found += [f"/statistics/?period={span}&kinds=on", f"/api/statistics/figures?period={span}&kinds=true"]
    courts = [quote(code, safe="") for code in ("鲁+", "鲁9901")]
    for one in (f"card={card}&court={court}" for card in CARDS for court in courts):
        found.append(f"/statistics/trends/?{one}")
        found.append(f"/statistics/cell/?{one}&period=2026-01")
        found.append(f"/api/statistics/cases?{one}&period=2026Q1")
    found.append(f"/statistics/cell/?card=filed&court=鲁9901&period=2026-01&dims={quote('case_kind:民事')}")
    return [*found, "/statistics/agreement/?period=2026-01", "/api/statistics/agreement?period=2026-01"]


def leaks(client: Client, address: str) -> set[str]:
    answer = client.get(address)
    body = b"".join(answer) if answer.streaming else answer.content
    text = re.sub(
        r"<svg.*?</svg>|base64,[\w+/=]+|%3Csvg[^\"]*", "", body.decode("utf-8", "ignore"), flags=re.S
    )
    return set(MARKS.findall(text)) - set(MARKS.findall(address))


def exports(client: Client) -> str:
    """The working table in the forms it can be read back from."""
    found = []
    for span in SPANS[:3]:
        asked = {"period": span, "purpose": "核对", "kinds": "1"}
        answer = client.post("/releases/working/table/", asked | {"form": "xlsx"})
        assert answer.status_code == 200
        found += [str(cell) for sheet in read_xlsx(answer.content) for row in sheet.rows for cell in row]
        answer = client.post("/releases/working/table/", asked | {"form": "csv"})
        found.append(answer.content.decode())
    return "\n".join(found)


def test_nobody_outside_is_counted_the_figure_or_what_it_is_made_of(
    told: Story, works: None, clock: object
) -> None:
    found = []
    made, empty = everywhere()
    for who in OUTSIDE:
        client = told.client(who)
        places = [*made, *(empty if who in WALKING else ()), *(counting() if who in COUNTED else ())]
        found += [(who, place, hit) for place in places if (hit := leaks(client, place))]
        found += [(who, "file", hit) for hit in MARKS.findall(exports(client) if who in COUNTED else "")]
    assert not found, found
    assert not {1715.0, 1717.0} & drawn(told)


def drawn(told: Story) -> set[float]:
    """Numbers that stand in no text: the points of the picture of trends, and what forecasts are made of."""
    scene = scene_of(told.actor("vice"))
    data, card = scene.place.data(), scene.cards.versions("filed")[-1]
    return {value for series in series_of(scene, data, card).values() for value in series.values}


def test_the_search_finds_the_figure_where_nothing_keeps_it_back(
    told: Story, works: None, clock: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of these would give it away: to the vice-president all, to the neighbour the sample."""
    monkeypatch.setattr(withheld, "_providers", [])
    client = told.client("vice")
    analysis, draw = Analysis.objects.get(), Draw.objects.get()
    suggestion = Suggestion.objects.get()
    for place in (
        "/statistics/?period=2026-01", "/statistics/?period=2026Q1&kinds=on",
        "/statistics/cell/?card=filed&court=%E9%B2%819901&period=2026-01",
        "/api/statistics/figures?period=2026-01", f"/statistics/analyses/{analysis.pk}/",
        f"/statistics/suggestions/{suggestion.pk}/",
    ):  # fmt: skip
        assert leaks(client, place), place
    assert MARKS.findall(exports(client))
    assert {1715.0, 1717.0} <= drawn(told)
    assert leaks(told.client("neighbour"), f"/cases/samples/{draw.pk}/")


def test_the_offices_that_count_go_on_counting(told: Story, works: None, clock: object) -> None:
    for who, place in (("chief", "/statistics/?period=2026-01"), ("county", "/statistics/?period=2026-01"),
                       ("county", f"/statistics/reports/{Report.objects.get().pk}/")):  # fmt: skip
        assert leaks(told.client(who), place), (who, place)


def test_who_is_on_the_list_is_counted_it_and_the_rest_at_the_minute(
    told: Story, secret: Release, clock: Any
) -> None:
    vice, place = told.client("vice"), "/statistics/?period=2026-01"
    assert not leaks(vice, place) and "未发布" in vice.get(place).content.decode()
    assert vice.get("/statistics/cell/?card=filed&court=鲁9901&period=2026-01").status_code == 404
    admit(told.actor("preparer"), secret, person=told.users["vice"].person, reason="审阅")
    assert leaks(vice, place)
    assert not leaks(told.client("president"), place)
    sign(told, secret)
    clock(OPENS - timedelta(seconds=1))
    assert not leaks(told.client("president"), place)
    clock(OPENS)
    assert leaks(told.client("president"), place)


def test_signing_late_keeps_the_figure_until_it_is_signed(told: Story, secret: Release) -> None:
    acts.submit(told.actor("preparer"), secret, version=secret.version)
    assert scene_of(told.actor("president", OPENS + timedelta(days=1))).seals


def test_other_months_and_courts_are_counted_as_ever(told: Story, secret: Release, clock: object) -> None:
    vice = told.client("vice")
    assert "未发布" not in vice.get("/statistics/?period=2025-11").content.decode()
    assert not scene_of(told.actor("neighbour")).seals
    acts.withdraw(told.actor("preparer"), secret, version=secret.version, reason="不发了")
    assert "未发布" not in vice.get("/statistics/?period=2026-01").content.decode()


def test_the_log_does_not_tell(told: Story, works: None) -> None:
    told.client("chief").get("/statistics/cell/?card=filed&court=鲁9901&period=2026-01")
    entries = "".join(f"{e.object_label}{e.payload}" for e in Entry.objects.all())
    assert not MARKS.findall(entries)


def test_the_checker_says_the_same_of_a_right_and_a_wrong_number(told: Story, secret: Release) -> None:
    said = []
    for number in (1715, 1716):
        found = check_text(told.actor("vice"), f"清岚县人民法院2026年1月新收{number}件。").findings
        said.append([(one.verdict, one.message, one.registered) for one in found])
    assert said[0] == said[1]


def sign(told: Story, release: Release) -> None:
    acts.submit(told.actor("preparer"), release, version=release.version)
    course = running.current(release)
    assert course is not None
    for signer in ("second_hand", "third_hand", "leader"):
        agree(told.actor(signer), course)
