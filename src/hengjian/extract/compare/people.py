"""Compare names: sides, sets, order of no importance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hengjian.extract.compare.same import near, same_person
from hengjian.extract.reference import party_roles

Facts = dict[str, Any]
Place = tuple[str, str]  # name, JSON pointer


def parties_of(facts: Facts, side: str | None = None) -> list[Place]:
    """Names of the parties with their pointers; ``side`` first, second, third; None: everybody."""
    return [
        (one["name"], f"/parties/{index}/name")
        for index, one in enumerate(facts["parties"])
        if one["name"] and (side is None or side_of(one["role"]) == side)
    ]


def side_of(role: str) -> str:
    """The prosecution stands where a plaintiff stands."""
    known = party_roles().by_word.get(role)
    side = known.side if known else "first"
    return "first" if side == "office" else side


def judges_of(facts: Facts, *, chief: bool | None = None) -> list[Place]:
    """Names on the bench; ``chief``: only the presiding judge, or only the others."""
    judges = facts["judges"]
    head = next((i for i, one in enumerate(judges) if one["role"] == "审判长"), 0)
    return [
        (one["name"], f"/judges/{index}/name")
        for index, one in enumerate(judges)
        if chief is None or (index == head) is chief
    ]


def differing(
    recorded: Sequence[str], found: Sequence[Place], *, whole: bool
) -> Iterator[tuple[str, Place | None]]:
    """Recorded names the document lacks, and – ``whole`` – names of the document the record lacks.

    A name that differs by one character is paired with the one it stands for.
    """
    left = [name for name in recorded if not any(same_person(name, other) for other, _ in found)]
    right = [one for one in found if not any(same_person(one[0], name) for name in recorded)]
    for name in left:
        partner = next((one for one in right if near(name, one[0])), None)
        if partner is None and len(left) == len(right) == 1:
            partner = right[0]
        if partner:
            right.remove(partner)
        yield name, partner
    if whole:
        yield from (("", one) for one in right)
