"""What a regulation's own text gets wrong, and what its pack gets wrong. The list is data: add a function to RULES."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hengjian.policy.lint.row import Row
from hengjian.policy.lint.stated import stated
from hengjian.policy.lint.text import (
    assumed_date,
    back_dated,
    numbering_gaps,
    policy_risk,
    self_assessment,
    without_formula,
    without_target,
)
from hengjian.policy.lint.upkeep import (
    clashing_options,
    coverage_gaps,
    idle_options,
    never_checked,
    stray_tries,
    untried_clauses,
    untried_measures,
    untried_params,
    unused_params,
)
from hengjian.policy.pack import Pack

RULES: tuple[Callable[[Pack], Iterable[Row]], ...] = (
    assumed_date,
    back_dated,
    numbering_gaps,
    self_assessment,
    without_formula,
    without_target,
    policy_risk,
    stated,
    coverage_gaps,
    idle_options,
    clashing_options,
    unused_params,
    untried_params,
    untried_clauses,
    untried_measures,
    stray_tries,
    never_checked,
)


def lint(pack: Pack) -> list[Row]:
    """All rows, those about the text first. A pack without any is rare: most texts have open points."""
    return [row for rule in RULES for row in rule(pack)]


__all__ = ["RULES", "Row", "lint"]
