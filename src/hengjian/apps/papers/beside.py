"""The document beside the record: the case found by its number, the items compared, what was decided so far."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hengjian.apps.cases import store
from hengjian.apps.cases.dictionary import KEY, CaseItem, items
from hengjian.apps.cases.models import Correction, Dataset
from hengjian.apps.papers.models import Decision, Paper
from hengjian.extract import Piece, annotate
from hengjian.extract.entry import Entry, entries

QUOTE = 120
AROUND = 14
"""Characters shown before and after a quotation."""


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
    return cases_of([paper]).get(paper.pk)


def cases_of(papers: Sequence[Paper]) -> dict[int, dict[str, Any]]:
    """Paper → its case, asked of the store at once: by the key it was found under, else by the case number."""
    found: dict[int, dict[str, Any]] = {}
    for column, number in ((KEY, "case_id"), ("case_no", "case_no")):
        asked: dict[Dataset, list[Paper]] = {}
        for paper in papers:
            if paper.pk not in found and paper.dataset.version and getattr(paper, number):
                asked.setdefault(paper.dataset, []).append(paper)
        for dataset, those in asked.items():
            wanted = {str(getattr(paper, number)) for paper in those}
            by_number: dict[str, list[dict[str, Any]]] = {}
            for row in store.lake().rows(dataset.name, column, sorted(wanted)):
                by_number.setdefault(str(row[column]), []).append(row)
            for paper in those:
                own = (row for row in by_number.get(getattr(paper, number), ()) if _within(paper, row))
                if (case := next(own, None)) is not None:
                    found[paper.pk] = case
    return found


def _within(paper: Paper, row: Mapping[str, Any]) -> bool:
    """A number may stand twice by mistake, and in other courts: only the own one counts."""
    court = str(row.get("court") or "") == paper.court.code
    return court and (paper.department is None or row.get("department") == paper.department.name)


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


def lacking(paper: Paper) -> list[str]:
    """Items the record has nothing of and nobody has decided."""
    return [row.item.key for row in compared(paper, case_of(paper)) if row.missing and row.decision is None]


def differing(paper: Paper, case: dict[str, Any] | None) -> int:
    return sum(1 for row in compared(paper, case) if row.entry.differs)


def quote(paper: Paper, entry: Entry) -> str:
    """The words of the document that prove the value."""
    if entry.start is None or entry.end is None:
        return ""
    return paper.text[entry.start : min(entry.end, entry.start + QUOTE)].replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Ground:
    """The words of a document on which one item of a correction rests, with what stands around them."""

    item: str
    label: str
    extracted: str
    quote: str
    before: str
    after: str
    start: int | None


def grounds(paper: Paper, correction: Correction) -> list[Ground]:
    """One place for each item of the correction that was taken from the document."""
    known = items(paper.dataset)
    taken = {
        one.item: one
        for one in paper.decisions.filter(verdict=Decision.Verdict.ACCEPTED, at__lte=correction.made_at)
        if one.item in correction.changes and one.item in known
    }
    return [_ground(paper, taken[key], known[key].label) for key in correction.changes if key in taken]


def _ground(paper: Paper, one: Decision, label: str) -> Ground:
    start, end = one.start, one.end
    if start is None or end is None:
        return Ground(one.item, label, one.extracted, "", "", "", None)
    before = paper.text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = paper.text[end : end + AROUND].partition("\n")[0]
    return Ground(one.item, label, one.extracted, one.quote, before, after, start)


def accepted(rows: list[Row]) -> dict[str, str]:
    """Item → value of the document, where a person took it and it still says the same."""
    return {
        row.item.key: row.entry.value
        for row in rows
        if row.decision
        and row.decision.verdict == Decision.Verdict.ACCEPTED
        and row.decision.extracted == row.entry.value
    }


@dataclass(frozen=True, slots=True)
class Told:
    """What one row of a record cannot hold: a line of the document's own table, and where it stands."""

    who: str
    what: str
    anchor: str
    span: tuple[int, int] | None


def told(paper: Paper) -> dict[str, list[Told]]:
    """Punishments defendant by defendant and payments one by one, under their headings."""
    facts = paper.facts
    punished: list[Told] = []
    for i, one in enumerate(facts.get("sentences") or ()):
        who, at = one["defendant"] or "", f"/sentences/{i}"
        for j, count in enumerate(one["counts"]):
            punished.append(_told(facts, who, f"{count['charge']}：{_penalty(count)}", f"{at}/counts/{j}"))
        if one["final"] and len(one["counts"]) > 1:
            punished.append(_told(facts, who, f"决定执行：{_penalty(one['final'])}", f"{at}/final"))
    paid = [
        _told(
            facts,
            f"{one['payer'] or '？'} → {one['payee'] or '？'}",
            f"{one['yuan']:,} 元",
            f"/payments/{i}",
        )
        for i, one in enumerate(facts.get("payments") or ())
    ]
    return {name: lines for name, lines in (("各被告人的刑罚", punished), ("各项给付", paid)) if lines}


def _told(facts: dict[str, Any], who: str, what: str, pointer: str) -> Told:
    start, end = facts.get("spans", {}).get(pointer, (0, 0))
    return Told(who, what, f"t{pointer.replace('/', '-')}", (start, end) if end else None)


def _penalty(one: dict[str, Any]) -> str:
    """有期徒刑 18 个月，缓刑 24 个月，罚金 2,000 元."""
    parts = [one["kind"] or ""]
    parts[0] += f" {one['months']} 个月" if one["months"] else ""
    parts += [f"缓刑 {one['probation_months']} 个月"] if one["probation_months"] else []
    parts += [f"罚金 {one['fine_yuan']:,} 元"] if one["fine_yuan"] else []
    return "，".join(part for part in parts if part) or "（未判处）"


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of the text: the items it proves, the anchors of what begins here, whether the items' words end here."""

    text: str
    rows: tuple[Row, ...]
    told: bool
    anchors: tuple[str, ...]
    ends: bool

    @property
    def own(self) -> str:
        """The anchor of the item itself, on its first piece."""
        key = f"m-{self.rows[0].item.key}" if self.rows else ""
        return key if key in self.anchors else ""

    @property
    def labels(self) -> str:
        return "、".join(row.item.label for row in self.rows)

    @property
    def differs(self) -> bool:
        return any(row.entry.differs for row in self.rows)


def marked(paper: Paper, rows: list[Row], lines: dict[str, list[Told]]) -> list[Mark]:
    """The text in pieces, those that prove an item with that item. Every anchor stands once, where its words begin."""
    by_place = {f"m-{row.item.key}": row for row in rows}
    spans = {key: (row.entry.start or 0, row.entry.end or 0) for key, row in by_place.items()}
    spans |= {line.anchor: line.span for found in lines.values() for line in found if line.span}
    return [_mark(piece, by_place, spans) for piece in annotate(paper.text, spans)]


def _mark(piece: Piece, by_place: dict[str, Row], spans: dict[str, tuple[int, int]]) -> Mark:
    items = [key for key in piece.facts if key in by_place]
    same = [key for key in items if spans[key] == spans[items[0]]]
    return Mark(
        piece.text,
        tuple(by_place[key] for key in same),
        bool(piece.facts),
        tuple(one for one in piece.facts if spans[one][0] == piece.start),
        bool(same) and spans[same[0]][1] == piece.start + len(piece.text),
    )


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
