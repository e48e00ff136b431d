"""A folder of CSV files to score: one case, or many scenarios side by side, each scored alone."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hengjian.base.errors import HengjianError, ManyErrors, Place
from hengjian.base.periods import Period
from hengjian.policy import Param, read_value_tables
from hengjian.scoring.source import LINE, ScoreInput

_NEEDED = {
    "units": ("unit",),
    "items": ("item", "class"),
    "events": ("event_id", "ts", "type", "item"),
    "authors": ("item", "unit", "person", "weight"),
}
_OPTIONAL = ("authors",)
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Scenario:
    """One case: its facts, the periods to write (None: all) and its table of values (None: the pack's)."""

    name: str
    data: ScoreInput
    periods: tuple[Period, ...] | None
    values: Mapping[str, Param] | None


def read_folder(folder: Path, values: Path | None = None) -> list[Scenario]:
    """Read ``units, items, events`` and, where present, ``authors, values, scenarios``; ManyErrors names all faults.

    ``values`` is a table that replaces ``values.csv``. Without a column ``scenario`` there is one scenario, "".
    """
    errors: list[HengjianError] = []
    tables = {
        name: _read(folder / f"{name}.csv", needed, errors, name in _OPTIONAL)
        for name, needed in _NEEDED.items()
    }
    plan = _read(folder / "scenarios.csv", ("scenario",), errors, optional=True)
    if errors:
        raise ManyErrors(errors)
    source = values or folder / "values.csv"
    value_tables = read_value_tables(_present(source)) if values or source.exists() else {}
    names = {name: str(folder / f"{name}.csv") for name in _NEEDED}
    order = [row["scenario"] for row in plan] if plan else _appearing(tables.values())
    errors += _strays(tables, names, set(order)) if plan else []
    split = {name: _split(rows) for name, rows in tables.items()}
    found = []
    for row in plan or [{"scenario": name} for name in order]:
        try:
            found.append(_scenario(row, split, names, value_tables, source, folder / "scenarios.csv"))
        except HengjianError as error:
            errors.append(error)
    if errors:
        raise ManyErrors(errors)
    return found


def _present(path: Path) -> Path:
    if not path.exists():
        raise HengjianError("没有这个文件，请检查 --values。", where=Place(str(path)))
    return path


def _read(path: Path, needed: tuple[str, ...], errors: list[HengjianError], optional: bool) -> Rows:
    if not path.exists():
        if not optional:
            errors.append(HengjianError("没有这个文件，请放入 --input 的文件夹。", where=Place(str(path))))
        return []
    rows: Rows = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in needed if name not in (reader.fieldnames or ())]
            if missing:
                errors.append(
                    HengjianError(f"缺少列 {'、'.join(missing)}，请补上表头。", where=Place(str(path), 1))
                )
                return []
            for row in reader:
                if None in row or None in row.values():
                    message = "这一行的列数与表头不同，请补齐或删去多余的列。"
                    errors.append(HengjianError(message, where=Place(str(path), reader.line_num)))
                    continue
                rows.append({**row, LINE: reader.line_num})
    except UnicodeDecodeError:
        errors.append(HengjianError("文件不是 UTF-8 编码，请另存为 UTF-8 的 CSV。", where=Place(str(path))))
    except csv.Error:
        errors.append(
            HengjianError(
                "引号没有成对，或者不是 CSV 文件，请改正。", where=Place(str(path), reader.line_num)
            )
        )
    return rows


def _appearing(tables: Iterable[Rows]) -> list[str]:
    return list(dict.fromkeys(row.get("scenario", "") for rows in tables for row in rows)) or [""]


def _strays(tables: Mapping[str, Rows], names: Mapping[str, str], known: set[str]) -> Iterator[HengjianError]:
    for name, rows in tables.items():
        for row in rows:
            if row.get("scenario", "") not in known:
                where = Place(names[name], row[LINE], "scenario")
                yield HengjianError(
                    f"场景“{row.get('scenario', '')}”不在 scenarios.csv 里，请改正或补上。", where=where
                )


def _split(rows: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(row.get("scenario", ""), []).append(row)
    return found


def _scenario(
    row: Mapping[str, Any],
    split: Mapping[str, Mapping[str, Rows]],
    names: Mapping[str, str],
    value_tables: Mapping[str, Mapping[str, Param]],
    source: Path,
    plan: Path,
) -> Scenario:
    name = row["scenario"]
    data = ScoreInput(**{table: rows.get(name, []) for table, rows in split.items()}, names=names)
    where = Place(str(plan), row.get(LINE), "periods")
    return Scenario(
        name,
        data,
        _periods(row.get("periods") or "", where),
        _values(row.get("pack") or "", value_tables, source),
    )


def _periods(text: str, where: Place) -> tuple[Period, ...] | None:
    if not text.strip():
        return None
    try:
        return tuple(Period.parse(part) for part in text.split(";") if part.strip())
    except HengjianError as error:
        raise HengjianError(error.message, where=where) from None


def _values(
    wanted: str, tables: Mapping[str, Mapping[str, Param]], source: Path
) -> Mapping[str, Param] | None:
    if wanted in tables:
        return tables[wanted]
    if not tables:
        return None
    if len(tables) == 1 and (not wanted or "" in tables):
        return next(iter(tables.values()))
    shown = f"“{wanted}”" if wanted else "（没有写明）"
    known = "、".join(tables)
    raise HengjianError(
        f"没有数值表{shown}，请在 scenarios.csv 的 pack 列写 {known} 之一。", where=Place(str(source))
    )
