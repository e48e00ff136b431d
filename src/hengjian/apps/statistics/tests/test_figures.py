"""The contract for whoever hands figures on: one function, the cases, what changed, whether the table holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengjian.apps.statistics import figures
from hengjian.apps.statistics.conftest import Story
from hengjian.base.errors import HengjianError


def test_a_figure_names_card_version_and_data_version(story: Story) -> None:
    one = figures.figure("filed", "鲁9901", "2026-01")
    assert (one.value, one.unit, one.card_version, one.data_version) == (2, "件", 1, story.dataset.version)
    assert figures.cases_of(one) == ("c2", "c3")


def test_a_court_with_those_below_and_a_kind(story: Story) -> None:
    assert figures.figure("filed", "鲁99+", "2026-01").value == 4
    assert figures.figure("filed", "鲁+", "2026-01~2026-02", {"case_kind": "民事"}).value == 3
    assert figures.figure("closing_rate", "鲁+", "2026-01").value == Decimal("40.00")


def test_a_correction_changes_exactly_the_figures_it_should(changing: Story) -> None:
    wanted = [
        (card, court, span, {})
        for card in ("opening", "filed", "closed", "pending", "closing_rate")
        for court in ("鲁9901", "鲁9902", "鲁99+", "鲁+")
        for span in ("2026-01", "2026-02")
    ]
    kept = figures.figures(wanted)
    version = changing.put(("c3", "鲁9901", "民事", "2026-02-01", "2026-02-10"))
    found = figures.changed(kept)
    expected = [
        (old, old.value, new.value)
        for old, new in zip(kept, figures.figures(wanted), strict=True)
        if new.value != old.value
    ]
    assert found == figures.changed(kept, version) and found
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert {one.court_code for one, _, _ in found} == {"鲁9901", "鲁99+", "鲁+"}


def test_a_past_version_is_computed_as_it_was(changing: Story) -> None:
    first = changing.dataset.version
    changing.put(("c9", "鲁9901", "民事", "2026-01-03", None))
    assert figures.figure("filed", "鲁9901", "2026-01", version=first).value == 2
    assert figures.figure("filed", "鲁9901", "2026-01").value == 3


def test_a_table_that_does_not_hold_is_told_with_its_case(changing: Story) -> None:
    one = figures.figure("filed", "鲁+", "2026-01")
    assert figures.faults([one]) == []
    changing.put(("c8", "鲁9902", "民事", "2026-01-20", "2025-12-30"))
    now = [figures.figure("filed", court, "2026-01") for court in ("鲁+", "鲁9901")]
    assert [b.cases for b in figures.faults(now)] == [("c8",)]
    assert figures.faults(now[1:]) == []


@pytest.mark.parametrize(
    "wrong",
    [
        ("nothing", "鲁", "2026-01"),
        ("filed", "京", "2026-01"),
        ("filed", "鲁", "2026-13"),
        ("filed", "鲁9901+", "2026-01"),
    ],
)
def test_what_does_not_exist_is_refused_with_a_sentence(story: Story, wrong: tuple[str, str, str]) -> None:
    with pytest.raises(HengjianError, match="。"):
        figures.figure(*wrong)
    with pytest.raises(HengjianError):
        figures.figure("filed", "鲁", "2026-01", version=9999)
