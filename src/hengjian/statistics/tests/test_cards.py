"""Definition cards: what the loader refuses, and which version holds."""

from __future__ import annotations

from datetime import date

import pytest

from hengjian.base.errors import ManyErrors
from hengjian.statistics.cards import Cards, read_cards

ITEMS = ["accepted_on", "closed_on", "case_kind", "due_on"]
FILED = "- {key: filed, title: 新收, shape: count, date: accepted_on, owner: o, since: 2020-01-01"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FILED + ", strange: 1}", "strange"),
        (FILED + ", of: due_on}", "of"),
        (FILED + ", when: 'nothing = 1'}", "nothing"),
        (FILED + ", when: 'duplicate(case_kind)'}", "重算"),
        (FILED + ", when: 'due_on < current_date'}", "重算"),
        (FILED + ", dims: [colour]}", "colour"),
        (FILED + ", until: 2019-01-01}", "停用"),
        (FILED + "}\n" + FILED + "}", "重复"),
        (
            "- {key: rate, title: 率, shape: ratio, top: [none], bottom: [none], owner: o, since: 2020-01-01}",
            "none",
        ),
        (FILED + "}\n- {balance: even, title: t, left: [filed], right: [gone]}", "gone"),
        ("- 3", "键"),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(ManyErrors, match=told) as caught:
        read_cards(text, ITEMS)
    assert all(str(error).startswith("cards.yaml:") for error in caught.value.errors)


def test_a_later_version_holds_from_its_day_on() -> None:
    text = (
        FILED
        + "}\n"
        + FILED.replace("since: 2020-01-01", "since: 2026-01-01")
        + ", version: 2, when: due_on IS NULL}"
    )
    found = read_cards(text, ITEMS)
    assert [found.on(day)["filed"].version for day in (date(2025, 12, 31), date(2026, 1, 1))] == [1, 2]
    assert "filed" not in found.on(date(2019, 12, 31))


def test_the_cards_of_the_pack_can_be_read(cards: Cards) -> None:
    assert {"opening", "filed", "closed", "pending", "closing_rate"} <= set(cards.on(date(2026, 1, 1)))
    assert cards.balances
