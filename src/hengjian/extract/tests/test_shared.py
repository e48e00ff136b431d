"""The accuracy promised, on real documents beside the checkout; skipped without them."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[4] / "benchmarks" / "extract"
# field → least share; platform records that contradict their own text (known.csv) are left out
PROMISED = {
    "case_no": 0.99,
    "court": 0.99,
    "doc_type": 0.99,
    "decided_on": 0.99,
    "case_kind": 0.99,
    "clerk": 0.98,
    "presiding": 0.98,
    "parties": 0.97,
    "cause": 0.95,
    "articles": 0.95,
    "sentence": 0.95,
    "counts": 0.95,
    "outcome": 0.85,
    "payments": 0.85,
    "fee_yuan": 0.85,
    "fee_borne": 0.85,
}


@cache
def _judged() -> tuple[Any, set[tuple[str, str]], float]:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import run
    finally:
        sys.path.remove(str(BENCHMARKS))
    if not run.SHARED.is_dir():
        pytest.skip("no documents beside the checkout")
    score, _, size, seconds = run.judge(run.SHARED)
    return score, run.known_errors(), seconds / size * 3000


@pytest.mark.shared
@pytest.mark.parametrize("field", PROMISED)
def test_a_field_is_read_as_well_as_promised(field: str) -> None:
    score, known, _ = _judged()
    fair = [one[3] for id, one in score[field] if one[3] or (id, field) not in known]
    assert fair and sum(fair) / len(fair) >= PROMISED[field]


@pytest.mark.shared
def test_a_judgment_of_three_thousand_characters_takes_milliseconds() -> None:
    _, _, seconds = _judged()
    assert seconds < 0.012  # promised are 3 ms on an idle core; the machine of a test run is busy
