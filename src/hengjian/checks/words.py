"""Word lists: secrecy and other words that should not stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengjian.checks.finding import Draft, Finding, finding
from hengjian.checks.params import Number
from hengjian.checks.plain import halved
from hengjian.policy.clauses.check import Severity, WordGroup, WordsCheck

_GAP = r"[ \t]*"


def check(clause: WordsCheck, draft: Draft, number: Number) -> Iterator[Finding]:
    """One finding for each place; the longest word wins, spaces inside a word do not hide it."""
    for key, group in clause.groups.items():
        if group.severity is Severity.OFF:
            continue
        passed = [m.span() for phrase in group.unless for m in _pattern((phrase,)).finditer(draft.plain)]
        for match in _pattern(group.words).finditer(draft.plain):
            if any(start <= match.start() and match.end() <= end for start, end in passed):
                continue
            yield finding(
                clause, f"words.{key}", group.severity, draft, *match.span(), _message(group, match.group())
            )


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(halved, words), key=len, reverse=True)
    return re.compile("|".join(_GAP.join(map(re.escape, word)) for word in longest_first))


def _message(group: WordGroup, word: str) -> str:
    advice = group.advice or "请核对后修改"
    return f"“{word}”属于{group.title}，{advice}。"
