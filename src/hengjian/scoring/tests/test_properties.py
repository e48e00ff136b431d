"""What must hold whatever the facts: sums, withdrawal, later values, order of arrival."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.base.periods import Period
from hengjian.policy import DatedValue, Param
from hengjian.scoring import Scorer
from hengjian.scoring.tests.longkou_facts import AMENDED_PACK, MONTHS, UNITS, choices, facts, slow_ok

few = settings(slow_ok, max_examples=12)


@pytest.fixture(scope="module")
def scorer():
    with Scorer() as one:
        yield one


@few
@given(data=facts(), options=choices())
def test_explanation_rows_add_up_to_every_score(scorer, data, options):
    periods = [*MONTHS, Period.parse("2024Q1"), Period.parse("2023"), Period.parse("2024")]
    result = scorer.score(AMENDED_PACK.with_readings(options), data, periods)
    sums = defaultdict(Decimal)
    for row in result.rows:
        month = Period.parse(row.period)
        for period in periods:
            if period.contains(month.first):
                sums[str(period), row.unit] += row.points
    for score in result.scores:
        assert score.points == sums[score.period, score.unit]


@few
@given(data=facts(), options=choices(), pick=st.randoms(use_true_random=False))
def test_a_fact_withdrawn_leaves_no_trace(scorer, data, options, pick):
    pack = AMENDED_PACK.with_readings(options)
    kept = list(data.events)
    if kept:
        kept.pop(pick.randrange(len(kept)))
    scorer.score(pack, data, MONTHS)
    after = scorer.score(pack, replace(data, events=kept), MONTHS)
    with Scorer() as fresh:
        never = fresh.score(pack, replace(data, events=kept), MONTHS)
    assert after == never


@few
@given(data=facts(), options=choices(), pick=st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(scorer, data, options, pick):
    pack = AMENDED_PACK.with_readings(options)
    shuffled = [list(rows) for rows in (data.items, data.events)]
    for rows in shuffled:
        pick.shuffle(rows)
    again = replace(data, items=shuffled[0], events=shuffled[1])
    assert scorer.score(pack, data, MONTHS) == scorer.score(pack, again, MONTHS)


@few
@given(
    data=facts(),
    options=choices(),
    param=st.sampled_from(sorted(AMENDED_PACK.params)),
    value=st.sampled_from([None, Decimal(0), Decimal(7), Decimal(-7)]),
)
def test_a_later_value_never_changes_an_earlier_day(scorer, data, options, param, value):
    pack = AMENDED_PACK.with_readings(options)
    old = pack.params[param]
    entry = DatedValue.model_validate({"from": date(2024, 2, 1), "value": value})
    amended = pack.with_values({param: Param(title=param, article="24", values=(*old.values, entry))})
    before = MONTHS[:-1]
    earlier = replace(data, events=[e for e in data.events if e["ts"].date() < date(2024, 2, 1)])
    assert scorer.score(amended, earlier, before) == scorer.score(pack, earlier, before)


@few
@given(data=facts())
def test_scoring_by_all_periods_gives_every_unit_a_row_in_each(scorer, data):
    result = scorer.score(AMENDED_PACK, data)
    assert len(result.scores) == len({s.period for s in result.scores}) * len(UNITS)
    happened = {e["ts"].strftime("%Y-%m") for e in data.events if e["ts"].date() >= AMENDED_PACK.info.since}
    assert {s.period for s in result.scores} == happened | {month[:4] for month in happened}
