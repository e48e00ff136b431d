"""Rows of several kinds, counted in one question and no further than the cap."""

from __future__ import annotations

import pytest
from django.utils import timezone

from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.ui.paging import capped_counts

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


def counts(cap: int) -> dict[str, int]:
    return capped_counts({state: OutgoingMail.objects.filter(state=state) for state in State.values}, cap)


def post(number: int, state: str) -> None:
    OutgoingMail.objects.bulk_create(
        OutgoingMail(key=f"{state}{n}", subject="提醒", state=state, created_at=timezone.now())
        for n in range(number)
    )


def test_nothing_is_none_of_each_kind() -> None:
    assert counts(5) == dict.fromkeys(State.values, 0)


def test_each_kind_is_counted_to_one_past_the_cap(django_assert_num_queries) -> None:
    post(2, State.FAILED)
    post(5, State.WAITING)
    post(9, State.SENT)
    with django_assert_num_queries(1):
        assert counts(5) == {State.FAILED: 2, State.WAITING: 5, State.SENT: 6, State.HELD: 0}


def test_a_kind_nobody_can_have_is_none() -> None:
    post(1, State.SENT)
    found = capped_counts({"own": OutgoingMail.objects.none(), "all": OutgoingMail.objects.all()})
    assert found == {"own": 0, "all": 1}
