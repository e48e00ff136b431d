"""Texts that repeat others: shared runs of characters, with the longest shared passage as evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.checks.finding import Draft, Finding, finding
from hengjian.checks.params import Number
from hengjian.policy.clauses.check import DuplicateCheck, Severity


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two texts share, in whole percent: of both, of the draft, of the other."""

    name: str
    both: int
    of_draft: int
    of_other: int
    start: int
    end: int


def check(clause: DuplicateCheck, draft: Draft, number: Number) -> Iterator[Finding]:
    """One finding for each text repeated, and one when several others share the event."""
    if clause.severity is Severity.OFF:
        return
    found = overlaps(draft.text, {k: t for k, t in draft.corpus.items() if k != draft.own}, clause.run)
    partly = []
    for one in found:
        if one.both >= clause.near:
            message = f"与“{one.name}”有 {one.both}% 相同，疑似重复报送，请核对是否已报。"
            yield finding(clause, "duplicate.near", clause.severity, draft, one.start, one.end, message)
        elif one.of_draft >= clause.contained:
            message = f"有 {one.of_draft}% 的内容已在“{one.name}”中，请写出新的情况，或合并为续报。"
            yield finding(clause, "duplicate.contained", clause.severity, draft, one.start, one.end, message)
        elif max(one.of_draft, one.of_other) >= clause.split:
            partly.append(one)
    if len(partly) >= clause.split_items:
        names = "、".join(f"“{one.name}”" for one in partly)
        message = f"与 {names} 各有部分相同，请确认不是把一件事拆成几条。"
        first = max(partly, key=lambda one: one.of_draft)
        yield finding(clause, "duplicate.split", Severity.ADVICE, draft, first.start, first.end, message)


def overlaps(text: str, corpus: dict[str, str], run: int) -> list[Overlap]:
    """What ``text`` shares with each other text, the most alike first; texts that share nothing are left out.

    >>> [(o.name, o.both) for o in overlaps("法院开展集中执行行动", {"a": "法院开展集中执行行动。", "b": "无关内容"}, 4)]
    [('a', 100)]
    """
    mine, places = _runs(text, run)
    if not mine:
        return []
    found = []
    for name, other in corpus.items():
        theirs = frozenset(_runs(other, run)[0])
        shared = frozenset(mine) & theirs
        if not shared:
            continue
        own = len(set(mine))
        start, end = _longest(mine, places, shared, run)
        both = len(shared) * 100 // (own + len(theirs) - len(shared))
        found.append(
            Overlap(name, both, len(shared) * 100 // own, len(shared) * 100 // len(theirs), start, end)
        )
    return sorted(found, key=lambda one: (-one.both, -one.of_draft, one.name))


def _runs(text: str, run: int) -> tuple[list[str], list[int]]:
    """Runs of letters and digits (punctuation and space left out), and where each character stood."""
    places = [place for place, char in enumerate(text) if char.isalnum()]
    kept = "".join(text[place] for place in places)
    return [kept[n : n + run] for n in range(len(kept) - run + 1)], places


def _longest(runs: list[str], places: list[int], shared: frozenset[str], run: int) -> tuple[int, int]:
    """The longest stretch of the text whose runs are all shared."""
    best, begin = (0, 0), None
    for index, piece in enumerate([*runs, ""]):
        if piece in shared:
            begin = index if begin is None else begin
        elif begin is not None:
            if index - begin > best[1] - best[0]:
                best = (begin, index)
            begin = None
    return places[best[0]], places[best[1] - 1 + run - 1] + 1
