"""Whatever happens in whatever order: the sum of the lines is the score of the facts that stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengjian.apps.bulletins.models import Fact, Item
from hengjian.apps.points import queries
from hengjian.apps.points.acts.posting import carry, post_open, restate
from hengjian.apps.points.conftest import Desk
from hengjian.apps.points.engine import scored
from hengjian.apps.points.models import AccountPeriod, LedgerLine

pytestmark = pytest.mark.django_db
few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))

Spec = tuple[str, int, str, str, str]
TIMES = st.builds(
    "2024-{:02}-{:02}T{:02}:00".format, st.integers(4, 6), st.integers(1, 28), st.integers(0, 23)
)
ADOPT = st.tuples(st.just("adopt"), st.integers(0, 3), st.sampled_from(["bulletin", "city", "province", "central"]),
                  st.just(""), TIMES)  # fmt: skip
INSTRUCT = st.tuples(st.just("instruct"), st.integers(0, 3), st.sampled_from(["central", "province", "county", "own"]),
                     st.sampled_from(["party", "gov", "court"]), TIMES)  # fmt: skip
SUBMIT = st.tuples(st.just("submit"), st.integers(0, 3), st.just(""), st.just(""), TIMES)
FAULT = st.tuples(
    st.sampled_from(["late", "inaccurate", "false"]), st.integers(0, 3), st.just(""), st.just(""), TIMES
)
FACTS = st.one_of(ADOPT, INSTRUCT, SUBMIT, FAULT)
STEPS = st.lists(st.one_of(FACTS, st.just("post"), st.integers(0, 9)), max_size=14)
END = "2024-06-30T20:00"


@contextmanager
def undone() -> Iterator[None]:
    """One example leaves no trace for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def items_of(desk: Desk) -> list[Item]:
    found = [desk.item("civil1"), desk.item("criminal", "major"),
             desk.joint(["civil1", "criminal"], "civil1"), desk.joint(["civil1", "criminal"], None)]  # fmt: skip
    desk.author(found[0], "writer", 2)
    desk.author(found[0], "staff", 1)
    return found


def record(desk: Desk, items: list[Item], spec: Spec) -> Fact:
    kind, item, value, system, when = spec
    return desk.fact(
        kind, items[item], when, value, system=system, unit="civil1" if kind != "adopt" else None
    )


def ledger(desk: Desk) -> dict[tuple[int | None, str], Decimal]:
    sums: dict[tuple[int | None, str], Decimal] = defaultdict(Decimal)
    for line in LedgerLine.objects.select_related("period"):
        sums[line.unit_id, line.period.key] += line.points
    return {key: points for key, points in sums.items() if points}


def engine(desk: Desk) -> dict[tuple[int | None, str], Decimal]:
    sums: dict[tuple[int | None, str], Decimal] = defaultdict(Decimal)
    for row in scored(desk.story.installation, desk.editor(END).at).rows:
        sums[row.unit, row.period] += row.points
    return {key: points for key, points in sums.items() if points}


def people(desk: Desk) -> dict[Any, Decimal]:
    return queries.person_scores(desk.story.installation, "2024")


@few
@given(steps=STEPS)
def test_the_sum_of_the_lines_is_the_score(desk: Desk, steps: list[Any]) -> None:
    with undone():
        items, facts = items_of(desk), []
        for step in steps:
            if step == "post":
                post_open(desk.editor(END), desk.story.installation)
            elif isinstance(step, int):
                if step < len(facts):
                    desk.withdraw(facts.pop(step), END)
            else:
                facts.append(record(desk, items, step))
        post_open(desk.editor(END), desk.story.installation)
        assert ledger(desk) == engine(desk)
        lines = LedgerLine.objects.count()
        post_open(desk.editor(END), desk.story.installation)
        assert LedgerLine.objects.count() == lines
        shares = sum(people(desk).values())
        assert shares == queries.item_scores(desk.story.installation, "2024").get(items[0].pk, 0) - faults(
            items[0]
        )


def faults(item: Item) -> Decimal:
    """Deductions stay with the department and are not shared."""
    own = LedgerLine.objects.filter(item=item, clause__in=["longkou/points/late", "longkou/points/untrue"])
    return sum((line.points for line in own), Decimal(0))


@few
@given(before=st.lists(FACTS, max_size=6), extra=FACTS)
def test_withdrawing_a_fact_restores_the_former_score(desk: Desk, before: list[Spec], extra: Spec) -> None:
    with undone():
        items = items_of(desk)
        for spec in before:
            record(desk, items, spec)
        post_open(desk.editor(END), desk.story.installation)
        former, persons = ledger(desk), people(desk)
        fact = record(desk, items, extra)
        post_open(desk.editor(END), desk.story.installation)
        desk.withdraw(fact, END)
        post_open(desk.editor(END), desk.story.installation)
        assert (ledger(desk), people(desk)) == (former, persons)


@few
@given(specs=st.lists(FACTS, max_size=7), data=st.data())
def test_the_order_of_arrival_does_not_matter(desk: Desk, specs: list[Spec], data: st.DataObject) -> None:
    results = []
    for order in (specs, data.draw(st.permutations(specs))):
        with undone():
            items = items_of(desk)
            for spec in order:
                record(desk, items, spec)
                if data.draw(st.booleans()):
                    post_open(desk.editor(END), desk.story.installation)
            post_open(desk.editor(END), desk.story.installation)
            results.append(ledger(desk))
    assert results[0] == results[1]


@few
@given(early=st.lists(FACTS, max_size=4), late=st.lists(FACTS, min_size=1, max_size=3), carried=st.booleans())
def test_a_closed_period_moves_only_by_decision(
    desk: Desk, early: list[Spec], late: list[Spec], carried: bool
) -> None:
    with undone():
        items, installation, editor = items_of(desk), desk.story.installation, desk.editor(END)
        for spec in early:
            record(desk, items, spec)
        post_open(editor, installation)
        for key in ("2024-03", "2024-04", "2024-05"):
            AccountPeriod.objects.update_or_create(
                installation=installation, key=key, defaults={"state": "closed"}
            )
        closed = {key: points for key, points in ledger(desk).items() if key[1] < "2024-06"}
        for spec in late:
            record(desk, items, spec)
        post_open(editor, installation)
        assert {key: points for key, points in ledger(desk).items() if key[1] < "2024-06"} == closed
        decide = carry if carried else restate
        for waiting in queries.held(installation, editor.at):
            decide(editor, installation, waiting.period.key, reason="迟到的事实")
        assert queries.held(installation, editor.at) == []
        total = sum(ledger(desk).values())
        assert total == sum(engine(desk).values())
        if not carried:
            assert ledger(desk) == engine(desk)
