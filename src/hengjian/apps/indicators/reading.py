"""Read a superior court's workbook: which column is which indicator, which row which unit. A guess a person confirms."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from decimal import Decimal

from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError, Place
from hengjian.documents.intake import ReadSheet
from hengjian.kpi.cells import count, number

FIELDS = {"value": "数值", "numerator": "分子", "denominator": "分母"}
MARKS = {"average": "全省平均", "excellent": "优秀标准", "rank": "名次", "ranked": "参加排名数"}
_MARK_WORDS = {
    "ranked": ("参加排名", "参评"),
    "average": ("平均",),
    "excellent": ("优秀", "先进"),
    "rank": ("名次", "排名", "位次"),
}
IGNORE = "-"


@dataclass(frozen=True)
class Layout:
    """``columns``: column → ``indicator:field``; ``units``: name in the sheet → unit id, ``mark:…`` or ``-``."""

    sheet: int
    header: int
    name_column: int
    columns: dict[int, str]
    units: dict[str, str]

    def as_json(self) -> dict[str, object]:
        return {
            "sheet": self.sheet,
            "header": self.header,
            "name_column": self.name_column,
            "columns": {str(k): v for k, v in self.columns.items()},
            "units": self.units,
        }

    @classmethod
    def of(cls, data: Map[str, object]) -> Layout:
        columns, units = data["columns"], data["units"]
        assert isinstance(columns, dict) and isinstance(units, dict)
        return cls(
            int(str(data["sheet"])),
            int(str(data["header"])),
            int(str(data["name_column"])),
            {int(k): str(v) for k, v in columns.items()},
            {str(k): str(v) for k, v in units.items()},
        )


@dataclass
class Cells:
    """What a sheet says: (indicator, unit) → field → number, and indicator → mark → number."""

    figures: dict[tuple[str, int], dict[str, Decimal]] = field(default_factory=dict)
    marks: dict[str, dict[str, Decimal]] = field(default_factory=dict)


def guess(scene: Scene, sheets: tuple[ReadSheet, ...]) -> Layout:
    """The likeliest reading; HengjianError when no row looks like a header with indicators."""
    best = max(
        (
            (_score(scene, row), s, r)
            for s, sheet in enumerate(sheets)
            for r, row in enumerate(sheet.rows[:15])
        ),
        default=(0, 0, 0),
    )
    if not best[0]:
        raise HengjianError("表里没有找到指标名称，请检查是不是这份通报，或者先在表头写上指标名称。")
    _, at, header = best
    rows = sheets[at].rows
    columns = {c: key for c, cell in enumerate(rows[header]) if (key := _column(scene, str(cell or "")))}
    names = _names(scene)
    below = rows[header + 1 :]
    name_column = max(
        (c for c in range(len(rows[header])) if c not in columns),
        key=lambda c: sum(_text(row[c]) in names or bool(_mark(_text(row[c]))) for row in below),
        default=0,
    )
    found = [_text(row[name_column]) for row in below]
    units = {name: names.get(name) or _mark(name) or IGNORE for name in found if name}
    return Layout(at, header, name_column, columns, units)


def header_digest(sheets: tuple[ReadSheet, ...], layout: Layout) -> str:
    """The same kind of notice has the same header row."""
    cells = [_text(cell) for cell in sheets[layout.sheet].rows[layout.header]]
    return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()


def remembered(layout: Layout, columns: Map[str, str], units: Map[str, str]) -> Layout:
    """The guess with what a person decided last time."""
    kept = {int(k): v for k, v in columns.items()}
    known = {name: units.get(name, value) for name, value in layout.units.items()}
    return Layout(layout.sheet, layout.header, layout.name_column, kept or layout.columns, known)


def read(sheets: tuple[ReadSheet, ...], layout: Layout) -> Cells:
    """The numbers under a layout; HengjianError names the cell that is no number."""
    found = Cells()
    sheet = sheets[layout.sheet]
    for line, row in enumerate(sheet.rows[layout.header + 1 :], layout.header + 2):
        target = layout.units.get(_text(row[layout.name_column]), IGNORE)
        if target == IGNORE:
            continue
        for column, key in layout.columns.items():
            if key == IGNORE or column >= len(row):
                continue
            value = _number(row[column], sheet.name, line, column)
            if value is None:
                continue
            indicator, _, name = key.partition(":")
            if target.startswith("mark:"):
                if name == "value":
                    found.marks.setdefault(indicator, {})[target.removeprefix("mark:")] = value
            else:
                found.figures.setdefault((indicator, int(target)), {})[name] = value
    return found


def _number(cell: object, sheet: str, line: int, column: int) -> Decimal | None:
    if cell is None or cell == "":
        return None
    text = str(cell).strip()
    if text in ("-", "—", "/", "／", "无"):
        return None
    try:
        return number(text.removeprefix("第").removesuffix("名"))
    except HengjianError as error:
        raise HengjianError(error.message, where=Place(sheet, line, column + 1)) from None


def whole(value: Decimal | None) -> int | None:
    return None if value is None else count(str(value))


def _score(scene: Scene, row: tuple[object, ...]) -> int:
    return sum(bool(_column(scene, str(cell or ""))) for cell in row)


def _column(scene: Scene, header: str) -> str:
    """The indicator whose title the header contains (the longest wins), and which part of it."""
    text = _text(header)
    fitting = [m for m in scene.by_key.values() if _text(m.title) in text]
    if not fitting:
        return ""
    measure = max(fitting, key=lambda m: len(m.title))
    part = next((key for key, word in FIELDS.items() if word in text and key != "value"), "value")
    return f"{measure.indicator}:{part}"


def _names(scene: Scene) -> dict[str, str]:
    units: list[Unit] = [scene.installation.unit, *scene.units]
    return {
        _text(name): str(unit.pk)
        for unit in units
        for name in (unit.name, unit.short_name, scene.name_of.get(unit.pk, ""))
        if name
    }


def _mark(name: str) -> str:
    for mark, words in _MARK_WORDS.items():
        if any(word in name for word in words):
            return f"mark:{mark}"
    return ""


def _text(cell: object) -> str:
    return "".join(str(cell or "").split())
