"""Two time axes: in force from a day, known from a day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.base.errors import HengjianError
from hengjian.policy.model import DatedValue
from hengjian.policy.values import value_at

DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))
NUMBERS = st.integers(-50, 50).map(Decimal)


def dated(since, value, known=None):
    return DatedValue.model_validate({"from": since, "known": known, "value": value})


ENTRIES = st.builds(dated, DAYS, st.none() | NUMBERS, st.none() | DAYS)


@pytest.mark.parametrize(
    ("on", "known", "value"),
    [
        ("2023-12-31", None, None),
        ("2024-01-01", None, 10),
        ("2024-06-30", None, 10),
        ("2024-07-01", None, 6),
        ("2024-07-01", "2024-08-31", 5),
        ("2024-07-01", "2024-09-01", 6),
        ("2024-12-31", None, 6),
        ("2025-01-01", None, None),
    ],
)
def test_a_value_is_that_of_the_day_as_known_on_the_other_day(mini, on, known, value):
    found = mini.value("notice.day", date.fromisoformat(on), known and date.fromisoformat(known))
    assert found == value


def test_the_version_names_the_day_the_value_starts(mini):
    assert mini.version("notice.day", date(2024, 8, 1)).since == date(2024, 7, 1)
    assert mini.version("notice.day", date(2023, 8, 1)) is None


def test_an_unknown_value_is_an_error(mini):
    with pytest.raises(HengjianError, match=r"没有数值“notice\.dat”"):
        mini.value("notice.dat", date(2024, 1, 1))


@pytest.mark.parametrize(
    ("on", "known", "holds"),
    [
        ("2023-12-31", None, False),
        ("2024-01-01", None, True),
        ("2024-12-31", None, True),
        ("2025-01-01", None, False),
        ("2024-01-01", "2024-01-31", False),
        ("2024-01-01", "2024-02-01", True),
    ],
)
def test_a_clause_holds_from_since_until_and_once_known(mini, on, known, holds):
    found = mini.clauses_of("notice", date.fromisoformat(on), known and date.fromisoformat(known))
    assert bool(found) is holds


def test_without_dates_a_clause_has_those_of_its_pack(mini):
    assert mini.clauses_of("flow", date(2023, 12, 31)) == []
    assert [c.id for c in mini.clauses_of("flow", date(2030, 1, 1))] == ["flows/important"]


@given(st.lists(ENTRIES, max_size=8), DAYS, st.none() | DAYS, ENTRIES)
def test_a_later_value_never_changes_an_earlier_day(entries, on, known, later):
    later = later.model_copy(update={"since": on + timedelta(days=1)})
    assert value_at([*entries, later], on, known) == value_at(entries, on, known)


@given(st.lists(ENTRIES, max_size=8), DAYS, DAYS, ENTRIES)
def test_what_is_learned_later_never_changes_what_was_known(entries, on, known, later):
    later = later.model_copy(update={"known": known + timedelta(days=1)})
    assert value_at([*entries, later], on, known) == value_at(entries, on, known)


@given(st.lists(ENTRIES, max_size=8, unique_by=lambda v: (v.since, v.known)), DAYS)
def test_the_order_of_entries_does_not_matter(entries, on):
    assert value_at(entries, on) == value_at(list(reversed(entries)), on)
