"""What is checked, and what a check finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from hengjian.checks.plain import halved
from hengjian.policy.clauses.check import CheckBase, Severity


@dataclass(frozen=True)
class Draft:
    """A text with the facts that decide which checks apply (``{"category": "dynamic"}``).

    ``corpus`` maps the name of another item to its text; ``today`` lets the date check see the future;
    ``own`` is this draft's own name in the corpus, left out of the comparison.
    """

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    corpus: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None
    own: str = ""

    @cached_property
    def plain(self) -> str:
        """The text with full-width digits, letters and signs halved; offsets are those of ``text``."""
        return halved(self.text)


@dataclass(frozen=True, slots=True)
class Finding:
    """``text[start:end] == quote``. ``rule`` is the clause, ``code`` what was looked for (``personal.mobile``)."""

    rule: str
    code: str
    severity: Severity
    start: int
    end: int
    quote: str
    message: str
    article: str
    title: str


def finding(
    clause: CheckBase, code: str, severity: Severity, draft: Draft, start: int, end: int, message: str
) -> Finding:
    """A finding on ``draft.text[start:end]``; the clause's own advice is added to the message."""
    return Finding(
        rule=clause.id,
        code=code,
        severity=severity,
        start=start,
        end=end,
        quote=draft.text[start:end],
        message=f"{message}{clause.advice}",
        article="、".join(clause.articles),
        title=clause.title,
    )
