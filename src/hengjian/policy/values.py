"""As-of resolution of dated values, and values as a CSV table people can edit."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from hengjian.base.errors import HengjianError, ManyErrors, Place
from hengjian.base.points import plain
from hengjian.policy.model import DatedValue, Param

COLUMNS = ("param", "effective_from", "effective_to", "value", "article")
_FOREVER = date.max


def value_at(values: Iterable[DatedValue], on: date, known: date | None = None) -> DatedValue | None:
    """The entry in force on the day ``on``, as known on the day ``known`` (``None``: all we know).

    The entry that starts last holds; of two that start on one day, the one known later.
    """
    found = [v for v in values if v.since <= on and (known is None or v.known is None or v.known <= known)]
    return max(found, key=lambda v: (v.since, v.known or date.min), default=None)


def value_rows(params: Mapping[str, Param], known: date | None = None) -> list[dict[str, str]]:
    """The table of values in the columns ``COLUMNS``; intervals are half-open, a null value has no row."""
    return [row for name, param in params.items() for row in _rows(name, param, known)]


def _rows(name: str, param: Param, known: date | None) -> Iterable[dict[str, str]]:
    starts = sorted({v.since for v in param.values if known is None or v.known is None or v.known <= known})
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        entry = value_at(param.values, start, known)
        if entry is None or entry.value is None:
            continue
        yield {
            "param": name,
            "effective_from": start.isoformat(),
            "effective_to": end.isoformat() if end else "",
            "value": plain(entry.value),
            "article": entry.article or param.article,
        }


def read_value_tables(path: Path) -> dict[str, dict[str, Param]]:
    """Read ``values.csv``: table name (column ``pack``, empty when absent) → parameter → dated values.

    ManyErrors names every row that is wrong.
    """
    errors: list[HengjianError] = []
    rows: dict[str, dict[str, list[tuple[int, date, date, DatedValue]]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise HengjianError(f"缺少列 {'、'.join(missing)}，请补上表头。", where=Place(str(path), 1))
        for line, row in enumerate(reader, 2):
            try:
                entry = _entry(row)
            except (HengjianError, ValueError, InvalidOperation) as error:
                errors.append(HengjianError(_reason(error), where=Place(str(path), line)))
                continue
            table = rows.setdefault(row.get("pack") or "", {})
            table.setdefault(row["param"], []).append((line, *entry))
    tables = {
        name: {param: _param(param, found, path, errors) for param, found in table.items()}
        for name, table in rows.items()
    }
    if errors:
        raise ManyErrors(errors)
    return tables


def _entry(row: Mapping[str, str]) -> tuple[date, date, DatedValue]:
    start = date.fromisoformat(row["effective_from"])
    end = date.fromisoformat(row["effective_to"]) if row["effective_to"] else _FOREVER
    if end <= start:
        raise HengjianError("effective_to 不晚于 effective_from，请改正日期。")
    value = Decimal(row["value"])
    return start, end, DatedValue.model_validate({"from": start, "value": value, "article": row["article"]})


def _reason(error: Exception) -> str:
    if isinstance(error, HengjianError):
        return error.message
    if isinstance(error, InvalidOperation):
        return "value 不是数，请改正。"
    return "日期不对，请写成 2023-07-01 这样的形式。"


def _param(
    name: str, found: list[tuple[int, date, date, DatedValue]], path: Path, errors: list[HengjianError]
) -> Param:
    found.sort(key=lambda row: row[1])
    values: list[DatedValue] = []
    end = date.min
    for line, start, until, value in found:
        if start < end:
            where = Place(str(path), line, "effective_from")
            errors.append(HengjianError(f"“{name}”的起止日期与另一行重叠，请改正。", where=where))
        if values and start > end:
            values.append(DatedValue.model_validate({"from": end, "value": None}))
        values.append(value)
        end = until
    if end < _FOREVER:
        values.append(DatedValue.model_validate({"from": end, "value": None}))
    return Param(title=name, article=found[0][3].article, values=tuple(values))
