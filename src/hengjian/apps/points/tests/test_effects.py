"""Switching one answer shows at once who gains and loses; a draft is tried with pictures and as a file."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from hengjian.apps.conftest_province import Province
from hengjian.apps.points import engine, replaying
from hengjian.apps.points.acts.posting import post_open
from hengjian.apps.points.columns import feed_with_columns
from hengjian.apps.points.feed import feed_of
from hengjian.apps.points.pictures import edges, gains
from hengjian.apps.points.replaying import run_with
from hengjian.apps.points.whatif import Draft, Outcome, what_if
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period
from hengjian.scoring.typed import FACTS, TypedFacts

pytestmark = pytest.mark.django_db
Q1 = Period.parse("2024Q1")


def year(province: Province) -> None:
    items = province.items("city", 24, "2024-01-03T09:00")
    province.fact("adopt", items[0], "2024-02-01T09:00", "website")
    province.fact("instruct", items[0], "2024-02-09T09:00", "dept_leader", system="justice")
    province.items("city2", 23, "2024-01-03T09:00")
    province.items("legal", 3, "2024-01-03T09:00", "typical")
    province.items("direct", 17, "2024-01-03T09:00", boxes="mail_zhk")


def tried(province: Province, values: dict[str, Decimal] | None = None, **readings: str) -> Outcome:
    actor = province.actor("editor")
    return what_if(province.installation, Draft(values or {}, readings), Q1, Q1, actor.at)


def gained(outcome: Outcome) -> dict[str, Decimal]:
    return {c.unit.name: c.gain for c in outcome.changes if c.gain}


def test_a_proportional_base_pays_those_who_fall_short(province: Province) -> None:
    year(province)
    outcome = tried(province, H01="proportional")
    assert gained(outcome) == {
        "柳川市司法局": Decimal("57.50"), "云泽市司法局": Decimal("56.67"), "厅法治调研处": Decimal(30),
    }  # fmt: skip
    assert outcome.cliffs == []


def test_the_edge_of_a_quota_is_counted_and_named(province: Province) -> None:
    year(province)
    outcome = tried(province, {"quota.A_city": Decimal(23)})
    [cliff] = outcome.cliffs
    assert (cliff.unit.name, cliff.before, cliff.after, cliff.gained) == (
        "柳川市司法局", (Decimal(23), Decimal(24)), (Decimal(23), Decimal(23)), True,
    )  # fmt: skip
    assert [(e.short, e.before, e.after) for e in outcome.edges[:2]] == [(0, 1, 2), (1, 2, 1)]
    assert gained(outcome) == {"柳川市司法局": 60}


def test_two_ladders_pay_adoption_and_instruction(province: Province) -> None:
    year(province)
    assert gained(tried(province, H13="two_ladders")) == {"澜州市司法局": 3}


def test_a_replay_agrees_with_the_engine_for_every_reading(province: Province) -> None:
    year(province)
    pack = pack_for(province.installation, province.at)
    feed = feed_of(province.installation, pack)
    replay, _ = replaying.replay_of(province.installation, pack)
    for reading in pack.readings.values():
        for option in reading.options:
            packs = {"2024Q1": pack.with_readings({reading.id: option})}
            sums: dict[int | None, Decimal] = {}
            for row in engine.run(feed, packs).rows:
                sums[row.unit] = sums.get(row.unit, Decimal(0)) + row.points
            found = run_with(replay, feed, packs).units()
            assert {u: p for u, p in found.items() if p} == {u: p for u, p in sums.items() if p}, (
                reading.id,
                option,
            )


def test_facts_as_columns_are_the_events_row_by_row(province: Province) -> None:
    year(province)
    pack = pack_for(province.installation, province.at)
    feed = feed_of(province.installation, pack)
    around, facts = feed_with_columns(province.installation, pack)
    assert (around.units, around.items, around.authors) == (feed.units, feed.items, feed.authors)
    by_columns = replaying._replay(pack, around, facts)
    by_rows = replaying._replay(pack, feed)
    one, other = (
        r._con.execute("SELECT * FROM events ORDER BY event").fetchall() for r in (by_columns, by_rows)
    )
    assert one == other and len(one) > len(facts.facts[0]) > 40, "some arrived in two boxes"
    types = [[c[:2] for c in r._con.execute("DESCRIBE events").fetchall()] for r in (by_columns, by_rows)]
    assert types[0] == types[1]


@pytest.mark.parametrize(
    ("column", "value"),
    [("type", "odd"), ("n", 0), ("item", 10**9), ("note", " x"), ("moment", datetime(1990, 6, 1))],
)
def test_where_a_column_is_in_doubt_all_is_read_row_by_row(
    province: Province, monkeypatch: pytest.MonkeyPatch, column: str, value: object
) -> None:
    year(province)
    pack = pack_for(province.installation, province.at)
    around, facts = feed_with_columns(province.installation, pack)
    place = list(FACTS).index(column)
    if isinstance(value, datetime):
        value = value.replace(tzinfo=facts.facts[place][0].tzinfo)
    odd = [(value, *c[1:]) if n == place else c for n, c in enumerate(facts.facts)]
    doubtful = around, TypedFacts(odd, facts.arrivals, facts.key)
    monkeypatch.setattr(replaying, "feed_with_columns", lambda *_: doubtful)
    _, feed = replaying.replay_of(province.installation, pack)
    assert feed == feed_of(province.installation, pack)


def test_the_sandbox_answers_for_a_closed_period_and_changes_nothing(province: Province) -> None:
    year(province)
    post_open(province.actor("editor"), province.installation)
    client, pk = province.client("editor"), province.installation.pk
    text = client.get(f"/points/readings/{pk}/H01/?option=proportional&period=2024Q1").content.decode()
    for part in ("柳川市司法局", "+57.5", "还没有决定", "不改变现行的理解"):
        assert part in text
    assert "达到才有" in text and client.get(f"/points/readings/{pk}/H08/").status_code == 404
    assert client.get(f"/points/readings/{pk}/H01/?option=none&period=2024Q1").status_code == 200
    assert client.get(f"/points/readings/{pk}/H01/?option=proportional&period=never").status_code == 200
    assert province.client("city_writer").get(f"/points/readings/{pk}/H01/").status_code == 403


def test_pictures_and_files_of_a_trial(province: Province) -> None:
    year(province)
    outcome = tried(province, H01="proportional")
    assert "柳川市司法局 +57.5分" in gains(outcome, "分").description
    assert "差 1 条（现行）2" in edges(outcome).description.replace(" 2", "2")
    client = province.client("editor")
    query = "first=2024Q1&last=2024Q1&r.H01=proportional"
    page = client.get(f"/points/whatif/?{query}").content.decode()
    assert "whatif/gains.svg" in page and "报告 PDF" in page and "季度最低条数" in page
    picture = client.get(f"/points/whatif/gains.svg?{query}")
    assert picture["Content-Type"] == "image/svg+xml" and picture.content.startswith(b"<svg")
    assert client.get("/points/whatif/gains.svg").status_code == 404
    for suffix, head in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        assert client.get(f"/points/whatif/?{query}&export={suffix}").content.startswith(head)
