"""The engine against a plain evaluator of the Longkou readings."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given, settings

from hengjian.scoring import Scorer
from hengjian.scoring.tests.longkou_facts import AMENDED_PACK, MONTHS, OPTIONS, choices, facts, slow_ok
from hengjian.scoring.tests.longkou_plain import Plain


@pytest.fixture(scope="module")
def scorer():
    with Scorer() as one:
        yield one


def compare(scorer, data, options):
    result = scorer.score(AMENDED_PACK.with_readings(options), data, MONTHS)
    plain = Plain(data, options)
    assert {(s.period, s.unit): s.points for s in result.scores} == plain.scores(MONTHS)
    nets = defaultdict(Decimal)
    for row in result.rows:
        if row.rule and row.rule != "base_points":
            nets[row.period, row.unit, row.rule, row.item] += row.points
    assert {key: points for key, points in nets.items() if points} == plain.nets(MONTHS)


@settings(slow_ok, max_examples=15)
@given(data=facts())
def test_random_facts_score_as_the_default_readings_say(scorer, data):
    compare(scorer, data, {})


@settings(slow_ok, max_examples=25)
@given(data=facts(), options=choices())
def test_random_facts_score_as_any_choice_of_readings_says(scorer, data, options):
    compare(scorer, data, options)


@pytest.mark.parametrize(("name", "option"), [(n, o) for n, options in OPTIONS.items() for o in options])
def test_each_option_agrees_on_its_own(scorer, name, option):
    @settings(slow_ok, max_examples=2)
    @given(data=facts())
    def each(data):
        compare(scorer, data, {name: option})

    each()
