"""The document beside the record: the case found by its number, the items compared, what was decided so far."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from hengjian.apps.cases import store
from hengjian.apps.cases.dictionary import KEY, CaseItem, items
from hengjian.apps.papers.models import Decision, Paper
from hengjian.extract import Piece, annotate
from hengjian.extract.entry import Entry, entries

QUOTE = 120


@dataclass(frozen=True, slots=True)
class Row:
    """One item as the page shows it."""

    item: CaseItem
    entry: Entry
    decision: Decision | None

    @property
    def missing(self) -> bool:
        """The document prints it, the record has nothing."""
        return bool(self.entry.value) and not self.entry.recorded

    @property
    def decidable(self) -> bool:
        return bool(self.entry.value) and (self.entry.differs or self.missing)


def case_of(paper: Paper) -> dict[str, Any] | None:
    """The case of that number in the court – and department – the document was handed in for."""
    if not paper.dataset.version:
        return None
    wanted = ((KEY, paper.case_id), ("case_no", paper.case_no))
    for column, value in wanted:
        row = store.lake().row(paper.dataset.name, column, value) if value else None
        if row and str(row.get("court") or "") == paper.court.code:
            own = paper.department is None or row.get("department") == paper.department.name
            return row if own else None
    return None


def record_of(paper: Paper, case: dict[str, Any] | None) -> dict[str, str]:
    """Item → text: of the store, else what a person typed."""
    if case is None:
        return {key: str(value) for key, value in paper.typed.items()}
    return {key: str(value) for key, value in case.items() if value is not None}


def compared(paper: Paper, case: dict[str, Any] | None) -> list[Row]:
    known = items(paper.dataset)
    newest = {decision.item: decision for decision in paper.decisions.select_related("person")}
    return [
        Row(known[entry.item], entry, newest.get(entry.item))
        for entry in entries(paper.facts, record_of(paper, case))
        if entry.item in known
    ]


def differing(paper: Paper, case: dict[str, Any] | None) -> int:
    return sum(1 for row in compared(paper, case) if row.entry.differs)


def quote(paper: Paper, entry: Entry) -> str:
    """The words of the document that prove the value."""
    if entry.start is None or entry.end is None:
        return ""
    return paper.text[entry.start : min(entry.end, entry.start + QUOTE)].replace("\n", " ")


def accepted(rows: list[Row]) -> dict[str, str]:
    """Item → value of the document, where a person took it and it still says the same."""
    return {
        row.item.key: row.entry.value
        for row in rows
        if row.decision
        and row.decision.verdict == Decision.Verdict.ACCEPTED
        and row.decision.extracted == row.entry.value
    }


def marked(paper: Paper, rows: list[Row]) -> list[tuple[Piece, Row | None]]:
    """The text in pieces, those that prove an item with that item."""
    by_place: dict[str, Row] = {}
    spans: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.entry.start is not None and row.entry.end is not None:
            by_place[row.item.key] = row
            spans[row.item.key] = (row.entry.start, row.entry.end)
    return [
        (piece, by_place[piece.facts[0]] if piece.facts else None) for piece in annotate(paper.text, spans)
    ]


def as_file(paper: Paper, values: dict[str, str], case_id: str) -> bytes:
    """A file of one row in the upload format: labels of the dictionary as headings."""
    known = items(paper.dataset)
    cells = {KEY: case_id, "court": paper.court.code, **values}
    if paper.department is not None:
        cells.setdefault("department", paper.department.name)
    out = io.StringIO()
    writer = csv.writer(out)
    fitting = {key: value for key, value in cells.items() if key in known}
    writer.writerow([known[key].label for key in fitting])
    writer.writerow(["'" + value if value[:1] in "=+-@\t" else value for value in fitting.values()])
    return out.getvalue().encode("utf-8-sig")
