"""Findings for people: the text with each number marked, and rows for tables, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hengjian.apps.releases.checking import BELOW, Checked
from hengjian.figures.judging import LABELS, Finding, Verdict
from hengjian.figures.words import Kind

COLUMNS = (
    "line",
    "written",
    "verdict",
    "registered",
    "difference",
    "court",
    "period",
    "concept",
    "dims",
    "message",
)
MARKS = {
    Verdict.AUTHORISED: "good",
    Verdict.DIFFERS: "bad",
    Verdict.NEVER: "warn",
    Verdict.EMBARGOED: "bad",
    Verdict.UNCLEAR: "doubt",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; ``n`` and ``mark`` where it is a number that was judged."""

    text: str
    n: int = 0
    mark: str = ""
    label: str = ""


def pieces(checked: Checked) -> list[Piece]:
    found, at = [], 0
    for n, finding in enumerate(checked.findings, 1):
        if finding.start < at:
            continue
        found.append(Piece(checked.text[at : finding.start]))
        text = checked.text[finding.start : finding.end]
        found.append(Piece(text, n, MARKS[finding.verdict], LABELS[finding.verdict]))
        at = finding.end
    found.append(Piece(checked.text[at:]))
    return found


def rows(checked: Checked, *, labels: bool = False) -> list[dict[str, object]]:
    return [_row(checked.text, finding, labels) for finding in checked.findings]


def _row(text: str, finding: Finding, labels: bool) -> dict[str, object]:
    said = words_of(finding)
    place = finding.mention.place
    return {
        "line": text.count("\n", 0, finding.start) + 1,
        "written": text[finding.start : finding.end],
        "verdict": LABELS[finding.verdict] if labels else finding.verdict.value,
        "registered": finding.registered,
        "difference": "" if finding.difference is None else f"{finding.difference.normalize():f}",
        "court": said.get(Kind.COURT, "") or (place.court.removesuffix(BELOW) if place else ""),
        "period": place.span.label if place else said.get(Kind.PERIOD, ""),
        "concept": said.get(Kind.CONCEPT, ""),
        "dims": said.get(Kind.DIM, ""),
        "message": finding.message,
    }


def words_of(finding: Finding) -> dict[Kind, str]:
    """The words of the text each part was read from."""
    found: dict[Kind, str] = {}
    for word in finding.mention.words:
        found[word.kind] = "、".join(filter(None, (found.get(word.kind, ""), word.text)))
    return found


def told(findings: Iterable[Finding]) -> list[tuple[str, str, int]]:
    """(label, mark, how many) of each verdict, all named."""
    counts = dict.fromkeys(Verdict, 0)
    for finding in findings:
        counts[finding.verdict] += 1
    return [(LABELS[verdict], MARKS[verdict], number) for verdict, number in counts.items()]
