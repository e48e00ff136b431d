"""Parquet in and out: the same rows and scores as from lists."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hengjian.base.errors import HengjianError
from hengjian.policy import load_pack
from hengjian.scoring import ScoreInput, score
from hengjian.scoring.bulk import score_parquet
from hengjian.scoring.clean import clean
from hengjian.scoring.rules import rules_of
from hengjian.scoring.source import TABLES

PACK = load_pack("longkou").with_readings({"R20": "claw_back"})
DATA = ScoreInput(
    units=[{"unit": "一庭"}, {"unit": "二庭"}],
    items=[
        {"item": "a", "kind": "info", "class": "problem", "units": "一庭"},
        {"item": "b", "kind": "info", "class": "major", "joint": 1, "units": "一庭;二庭"},
    ],
    events=[
        {"event_id": "e1", "ts": datetime(2024, 6, 5, 9), "type": "submit", "item": "a", "unit": "一庭"},
        {"event_id": "e2", "ts": datetime(2024, 6, 7, 9), "type": "adopt", "item": "a", "value": "bulletin"},
        {"event_id": "e3", "ts": datetime(2024, 6, 8, 9), "type": "adopt", "item": "b", "value": "city"},
        {"event_id": "e4", "ts": datetime(2024, 7, 1, 9), "type": "false", "item": "a", "unit": "一庭"},
    ],
    authors=[{"item": "a", "unit": "一庭", "person": p, "weight": 1} for p in ("甲", "乙")],
)


@pytest.fixture
def folder(tmp_path):
    for name, columns in clean(rules_of(PACK), DATA).tables.items():
        arrays = {key: pa.array(columns[key], kind) for key, kind in TABLES[name].items()}
        pq.write_table(pa.table(arrays), tmp_path / f"{name}.parquet")
    return tmp_path


def read(folder, name, columns):
    return sorted(duckdb.sql(f"SELECT {columns} FROM '{folder}/out/{name}.parquet'").fetchall(), key=str)


def test_files_give_the_same_as_lists(folder):
    score_parquet(PACK, folder, folder / "out")
    result = score(PACK, DATA)
    rows = [
        (
            r.period,
            r.unit,
            r.clause,
            r.rule,
            r.article,
            r.version,
            r.points,
            "|".join(r.evidence),
            r.item,
            r.code,
        )
        for r in result.rows
    ]
    columns = "period, unit, clause, rule, article, version, points, evidence, coalesce(item, ''), code"
    assert read(folder, "explain", columns) == sorted(rows, key=str)
    scores = [(s.period, s.unit, s.points, s.disqualified, s.place) for s in result.scores]
    assert read(folder, "scores", "period, unit, points, disqualified, place") == sorted(scores, key=str)
    persons = [(p.period, p.unit, p.person, p.points) for p in result.persons]
    assert read(folder, "persons", "*") == sorted(persons, key=str)
    assert ("2024-07", "一庭", "甲", Decimal("-2.50")) in persons


def test_a_missing_file_is_named(folder):
    (folder / "items.parquet").unlink()
    with pytest.raises(HengjianError, match=r"items\.parquet: 没有这个文件"):
        score_parquet(PACK, folder, folder / "out")
