"""Which grades an outlet may carry: the permission checks of the pack, asked in one place."""

from __future__ import annotations

from functools import lru_cache

from hengjian.apps.bulletins import words
from hengjian.checks import may_carry
from hengjian.policy import Pack
from hengjian.policy.clauses.check import PermissionCheck


@lru_cache(maxsize=256)  # a pack never changes, and few are loaded
def _rule(pack: Pack, vocabulary: str) -> PermissionCheck | None:
    rules = (clause for clause in pack.clauses_of("check") if isinstance(clause, PermissionCheck))
    return next((rule for rule in rules if rule.outlets == vocabulary), None)


def refusal(pack: Pack, outlet: str, grade: str, *, vocabulary: str = "outlet") -> str:
    """Why the outlet cannot carry the grade, with the article; empty when it can, or when no rule speaks of it."""
    rule, place, mark = (
        _rule(pack, vocabulary),
        words.find(pack, vocabulary, outlet),
        words.find(pack, "grade", grade),
    )
    if rule is None or place is None or mark is None:
        return ""
    answer = may_carry(rule, place, mark)
    return "" if answer.allowed else answer.message


def grades_of(pack: Pack, outlet: str, *, vocabulary: str = "outlet") -> list[str]:
    """Keys of the grades the outlet may carry, in the order of the vocabulary."""
    known = [term.key for term in words.terms(pack, "grade")]
    return [key for key in known if not refusal(pack, outlet, key, vocabulary=vocabulary)]
