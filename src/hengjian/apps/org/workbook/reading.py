"""From the bytes of an xlsx to lines of text; what cannot be read is said with its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from hengjian.apps.org.workbook.model import SHEETS, BadCell, Change, Kind, Line, Sheet
from hengjian.base.errors import HengjianError
from hengjian.base.points import plain
from hengjian.documents.intake import ReadSheet, read_xlsx

_SHEETS = {sheet.name: sheet for sheet in SHEETS}


def lines_of(data: bytes) -> tuple[list[Line], list[Change]]:
    """The rows of the known sheets, and what had to be rejected before a row could be looked at."""
    lines: list[Line] = []
    rejected: list[Change] = []
    found = read_xlsx(data)
    for read in found:
        sheet = _SHEETS.get(read.name.strip())
        if sheet is None:
            if read.rows:
                rejected.append(_reject(read.name, 0, "", f"不认识的工作表，只能有：{'、'.join(_SHEETS)}。"))
            continue
        _read(sheet, read, lines, rejected)
    if not any(read.rows for read in found):
        raise HengjianError("表格里没有内容，请先导出一份，在其上修改后再导入。")
    return lines, rejected


def _read(sheet: Sheet, read: ReadSheet, lines: list[Line], rejected: list[Change]) -> None:
    if not read.rows:
        return
    header = [_text(cell) for cell in read.rows[0]]
    problems = _header_problems(sheet, header)
    rejected.extend(problems)
    if any(problem.column == "" for problem in problems):
        return
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(read.rows[1:], 2):
        cells = {
            title: _text(cell) for title, cell in zip(header, row, strict=False) if title in sheet.columns
        }
        if not any(_text(cell) for cell in row):
            continue
        line = Line(sheet, number, cells)
        try:
            _check(line, seen)
        except BadCell as error:
            rejected.append(_reject(sheet.name, number, error.column, error.message, label_of(line)))
            continue
        seen[line.key] = number
        lines.append(line)


def _header_problems(sheet: Sheet, header: Sequence[str]) -> list[Change]:
    missing = [column for column in sheet.required if column not in header]
    if missing:
        return [_reject(sheet.name, 1, "", f"缺少列：{'、'.join(missing)}，这张表没有读，请补上表头。")]
    twice = sorted({title for title in header if title and header.count(title) > 1})
    if twice:
        return [
            _reject(sheet.name, 1, "", f"列“{'、'.join(twice)}”出现不止一次，这张表没有读，请删去多余的。")
        ]
    unknown = [title for title in header if title and title not in sheet.columns]
    return [_reject(sheet.name, 1, title, f"不认识的列“{title}”，其内容不会导入。") for title in unknown]


def _check(line: Line, seen: dict[tuple[str, ...], int]) -> None:
    for column in line.sheet.required:
        if not line.get(column):
            raise BadCell(column, f"请填写{column}。")
    if line.key in seen:
        raise BadCell(line.sheet.key[0], f"与第 {seen[line.key]} 行重复，请合并成一行。")


def label_of(line: Line) -> str:
    """What a person calls the row."""
    names = {
        "单位": ("名称",),
        "人员": ("姓名", "工号"),
        "岗位": ("单位编码", "岗位名称"),
        "任职": ("工号", "岗位名称"),
    }
    return " ".join(filter(None, (line.get(name) for name in names[line.sheet.name])))


def _reject(sheet: str, number: int, column: str, reason: str, label: str = "") -> Change:
    return Change(sheet, number, Kind.REJECTED, label, (), column, reason)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return plain(cell)
    return str(cell).strip()


def day(line: Line, column: str) -> date | None:
    text = line.get(column).replace("/", "-").replace(".", "-")
    if not text:
        return None
    try:
        year, month, number = (int(part) for part in text.split("-"))
        return date(year, month, number)
    except ValueError:
        raise BadCell(column, f"“{line.get(column)}”不是日期，请写成 2024-06-05 的形式。") from None


def flag(line: Line, column: str) -> bool | None:
    text = line.get(column)
    if text not in ("", "是", "否"):
        raise BadCell(column, f"“{text}”应为“是”或“否”。")
    return None if text == "" else text == "是"


def choice(line: Line, column: str, labels: dict[str, str]) -> str:
    """The key of a label, or the key itself."""
    text = line.get(column)
    for key, label in labels.items():
        if text in (key, label):
            return key
    raise BadCell(column, f"没有“{text}”，可以填：{'、'.join(labels.values())}。")
