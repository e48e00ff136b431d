"""What a regulation's own text gets wrong, and what its pack gets wrong. The list is data: add a function to RULES."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hengjian.policy.lint.row import Row
from hengjian.policy.lint.stated import stated
from hengjian.policy.lint.text import (
    assumed_date,
    back_dated,
    held_by_nobody,
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

Rule = Callable[[Pack], Iterable[Row]]
ABOUT_THE_TEXT: tuple[Rule, ...] = (
    assumed_date,
    back_dated,
    numbering_gaps,
    held_by_nobody,
    self_assessment,
    without_formula,
    without_target,
    policy_risk,
    stated,
)
RULES: tuple[Rule, ...] = (
    *ABOUT_THE_TEXT,
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


def opinions(pack: Pack) -> list[Row]:
    """What the office that drafted the text should hear: its own faults, without those of the pack."""
    return [row for rule in ABOUT_THE_TEXT for row in rule(pack)]


__all__ = ["ABOUT_THE_TEXT", "RULES", "Row", "lint", "opinions"]
