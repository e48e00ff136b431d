"""The acceptance scenarios beside the checkout, where they are present."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from hengjian.policy import load_pack
from hengjian.scoring import Scorer
from hengjian.scoring.folder import read_folder

SHARED = Path(os.environ.get("HENGJIAN_SHARED", Path(__file__).parents[5] / "shared"))
SCENARIOS = SHARED / "data/scenarios"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SCENARIOS.is_dir(), reason="the acceptance data is not beside the checkout"),
]
PACKS = ("longkou", "hubei")


def rows(pack, name):
    path = SCENARIOS / pack / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def scored(pack, reading=""):
    chosen = load_pack(pack).with_readings(dict([reading.split("=")]) if reading else {})
    with Scorer() as scorer:
        return {
            one.name: scorer.score(chosen, one.data, one.periods, values=one.values)
            for one in read_folder(SCENARIOS / pack)
        }


def flag(value):
    return "" if value is None else str(int(value))


@pytest.mark.parametrize("pack", PACKS)
def test_every_expected_score_is_met_and_none_is_added(pack):
    expected = {
        (r["scenario"], r["period"], r["unit"]): (
            Decimal(r["expected"]),
            r.get("disqualified", ""),
            r.get("evaluated", ""),
        )
        for r in rows(pack, "expected")
    }
    found = {
        (name, s.period, s.unit): (s.points, flag(s.disqualified), flag(s.evaluated))
        for name, result in scored(pack).items()
        for s in result.scores
    }
    assert found == expected


@pytest.mark.parametrize("pack", PACKS)
def test_the_net_of_every_explanation_is_met(pack):
    def net(entries):
        sums = defaultdict(Decimal)
        for *key, points in entries:
            sums[tuple(key)] += Decimal(points)
        return {key: points for key, points in sums.items() if points}

    expected = net(
        (*(r[c] for c in ("scenario", "period", "unit", "rule", "article", "version", "item")), r["points"])
        for r in rows(pack, "explain")
    )
    found = net(
        (name, r.period, r.unit, r.rule, r.article, str(r.version), r.item, r.points)
        for name, result in scored(pack).items()
        for r in result.rows
        if r.points
    )
    assert found == expected


@pytest.mark.parametrize("pack", PACKS)
def test_persons_get_what_is_expected(pack):
    expected = {
        (r["scenario"], r["period"], r["unit"], r["person"]): Decimal(r["expected"])
        for r in rows(pack, "expected_persons")
    }
    found = {
        (name, p.period, p.unit, p.person): p.points
        for name, result in scored(pack).items()
        for p in result.persons
    }
    assert found == expected


def alternatives():
    return [(pack, r) for pack in PACKS for r in rows(pack, "expected_alt")] if SCENARIOS.is_dir() else []


@pytest.mark.parametrize(("pack", "row"), alternatives())
def test_another_reading_gives_the_expected_score(pack, row):
    result = scored(pack, row["reading"])[row["scenario"]]
    (found,) = (s.points for s in result.scores if (s.period, s.unit) == (row["period"], row["unit"]))
    assert found == Decimal(row["expected"])


@pytest.mark.parametrize("pack", PACKS)
def test_every_option_listed_there_can_be_chosen_and_no_other_is_offered(pack):
    listed = {(r["reading"], r["option"]) for r in rows(pack, "reading_options")}
    readings = [r for r in load_pack(pack).readings.values() if r.id in {name for name, _ in listed}]
    offered = {(r.id, o) for r in readings for o in r.options if o != "default"}
    assert offered == listed
