"""A file of cases: read in a child process, its columns matched to items, every cell judged, nothing dropped in silence."""

from __future__ import annotations

import csv
import difflib
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from hengjian.apps.cases.dictionary import KEY, CaseItem
from hengjian.base.batches import batched
from hengjian.base.errors import HengjianError

ROWS_AT_ONCE = 10_000
SAMPLE = 8


@dataclass(slots=True)
class Sorted:
    """What became of a file: the accepted rows as Parquet, the rejected with row, column and reason as CSV."""

    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file of our own that nobody writes any more, with its SHA-256: it is linked, not copied or read again."""

    path: Path
    digest: str


def keep(data: bytes | Path | Arrived, name: str) -> tuple[Path, str]:
    """The file as it came (its bytes, or a file of this machine, which stays where it is), under its digest."""
    if isinstance(data, Arrived):
        digest = data.digest
    elif isinstance(data, Path):
        with data.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    else:
        digest = hashlib.sha256(data).hexdigest()
    folder = Path(settings.DATA_DIR) / "uploads" / digest[:2]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (digest + Path(name).suffix.lower()[:8])
    if not path.exists():
        partial = path.with_suffix(".partial")
        if isinstance(data, Arrived):
            partial.unlink(missing_ok=True)
            partial.hardlink_to(data.path)
        elif isinstance(data, Path):
            shutil.copyfile(data, partial)
        else:
            partial.write_bytes(data)
        partial.replace(path)
    return path, digest


def guess(
    headers: Sequence[str], items: Mapping[str, CaseItem], remembered: Mapping[str, str]
) -> dict[str, str]:
    """Header → item: as the court mapped it last time, else by key or label, else by a very similar label."""
    by_label = {item.label.partition("（")[0]: item.key for item in items.values()}
    by_label |= {item.label: item.key for item in items.values()}
    found: dict[str, str] = {}
    for header in headers:
        plain = header.strip()
        key = remembered.get(plain) or (plain if plain in items else by_label.get(plain, ""))
        if not key:
            close = difflib.get_close_matches(plain, by_label, n=1, cutoff=0.85)
            key = by_label[close[0]] if close else ""
        if key and key not in found.values():
            found[plain] = key
    return found


def sort_rows(
    rows: Iterable[Mapping[str, Any]],
    columns: Mapping[str, str],
    items: Mapping[str, CaseItem],
    accepted: Path,
    rejected: Path,
) -> Sorted:
    """Cells in the type of their items; a row with a cell that does not fit goes back whole, with every reason."""
    if KEY not in columns.values():
        raise HengjianError(f"没有一列对应“{items[KEY].label}”，不能认出是哪个案件；请先对应列。")
    keys = list(columns.values())
    schema = pa.schema([(key, pa.string()) for key in keys])
    told = Sorted()
    seen: set[str] = set()
    with (
        pq.ParquetWriter(accepted, schema) as good,
        rejected.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        bad = csv.writer(file)
        bad.writerow(["行", "列", "内容", "原因"])
        for piece in batched(_numbered(rows), ROWS_AT_ONCE):
            fine = [
                row
                for number, cells in piece
                if (row := _row(number, cells, columns, items, seen, bad, told))
            ]
            if fine:
                good.write_table(pa.Table.from_pylist(fine, schema=schema))
    return told


def _numbered(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Row numbers as the sheet shows them: the heading is row 1; empty rows are passed over."""
    for number, row in enumerate(rows, start=2):
        if any(cell is not None and str(cell).strip() for cell in row.values()):
            yield number, row


def _row(
    number: int,
    cells: Mapping[str, Any],
    columns: Mapping[str, str],
    items: Mapping[str, CaseItem],
    seen: set[str],
    bad: Any,
    told: Sorted,
) -> dict[str, str | None] | None:
    told.rows += 1
    row: dict[str, str | None] = {}
    reasons: list[tuple[str, str, str]] = []
    for header, key in columns.items():
        cell = cells.get(header)
        text = "" if cell is None else str(cell).strip()
        try:
            value = items[key].read(text)
            row[key] = None if value is None else str(value)
        except HengjianError as error:
            reasons.append((header, text, error.message))
    case_id = row.get(KEY)
    if not case_id:
        reasons.append(("", "", "没有案件标识。"))
    elif case_id in seen:
        reasons.append(("", case_id, "同一文件里案件标识重复。"))
    if not reasons and case_id:
        seen.add(case_id)
        told.accepted += 1
        return row
    told.rejected += 1
    for header, text, why in reasons:
        bad.writerow([number, header, _safe(text), why])
        kind = f"{header or items[KEY].label}：{why if not header else '内容不合要求'}"
        told.reasons[kind] = told.reasons.get(kind, 0) + 1
    return None


def _safe(text: str) -> str:
    """A cell a spreadsheet will not run."""
    return "'" + text if text[:1] in "=+-@\t" else text
