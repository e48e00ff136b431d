"""A table of the input as columns: read at once, its faults named with file, row and column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Any

from hengjian.base.errors import HengjianError, Place
from hengjian.base.times import parse_local, start_of_day, to_local
from hengjian.scoring.source import LINE, Rows

Texts = list[str | None]
EMPTY = "没有填写，请补上。"
NOT_A_DAY = "不是日期，请写成 2024-06-03 这样的形式。"
NOT_A_TIME = "不是时间，请写成 2024-06-03T09:30 这样的形式。"


class InputTable:
    """Whole columns are checked as sets; single rows are looked at only when something is wrong."""

    def __init__(self, file: str, rows: Rows) -> None:
        self.file, self.rows = file, rows
        self._errors: list[tuple[int, HengjianError]] = []

    @property
    def errors(self) -> list[HengjianError]:
        """All faults in order of rows."""
        return [error for _, error in sorted(self._errors, key=lambda found: found[0])]

    def fault(self, pos: int, column: str, message: str) -> None:
        """Note a fault of the row at ``pos`` (from 0)."""
        line = self.rows[pos].get(LINE, pos + 1)
        self._errors.append((pos, HengjianError(message, where=Place(self.file, line, column))))

    def texts(self, column: str) -> Texts:
        """A column as text; blank is absent, Python values read as the files write them."""
        return [
            (value.strip() or None) if type(value) is str else as_text(value)
            for value in [row.get(column) for row in self.rows]
        ]

    def ids(self, column: str) -> Texts:
        """A column whose texts must be there and differ."""
        values = self.texts(column)
        if None in values or len(set(values)) < len(values):
            seen: set[str] = set()
            for pos, value in enumerate(values):
                if value is None:
                    self.fault(pos, column, EMPTY)
                elif value in seen:
                    self.fault(pos, column, f"“{value}”出现了不止一次，请删去重复的一行或改编号。")
                else:
                    seen.add(value)
        return values

    def among(self, column: str, allowed: Collection[str], message: str, default: str | None = None) -> Texts:
        """A column whose texts must be ``allowed`` where they are there; ``{0}`` in the message is the text."""
        values = self.texts(column)
        self.refuse(column, values, set(values) - set(allowed) - {None}, message)
        return values if default is None else [default if value is None else value for value in values]

    def refuse(self, column: str, values: Texts, wrong: Collection[str | None], message: str) -> None:
        """Note every row whose value is among the ``wrong``."""
        if wrong:
            for pos, value in enumerate(values):
                if value in wrong:
                    self.fault(pos, column, message.format(value or ""))

    def parsed(self, column: str, parse: Callable[[Any], Any], message: str) -> list[Any]:
        """A column of values that ``parse`` reads from text or from Python values; blank is None."""
        raw = [row.get(column) for row in self.rows]
        try:
            return [None if value is None or value == "" else parse(value) for value in raw]
        except ValueError:
            return [self._parse(pos, column, value, parse, message) for pos, value in enumerate(raw)]

    def _parse(self, pos: int, column: str, value: Any, parse: Callable[[Any], Any], message: str) -> Any:
        if value is None or value == "":
            return None
        try:
            return parse(value)
        except ValueError:
            self.fault(pos, column, f"“{value}”{message}")
            return None

    def required(self, column: str, values: Iterable[Any]) -> None:
        """Note every row without a value."""
        for pos, value in enumerate(values):
            if value is None and self.rows[pos].get(column) in (None, ""):
                self.fault(pos, column, EMPTY)


def as_text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value).strip() or None


def as_texts(value: object) -> list[str]:
    """A list, or a text joined by ``;``, without blanks and repetitions."""
    if isinstance(value, str) and ";" not in value:
        return [text] if (text := value.strip()) else []
    parts = (
        value.split(";") if isinstance(value, str) else value if isinstance(value, (list, tuple)) else [value]
    )
    return list(dict.fromkeys(part for part in map(as_text, parts) if part))


def day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value).strip())


def moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return to_local(value) if value.tzinfo else value
    if isinstance(value, date):
        return start_of_day(value)
    return parse_local(str(value))


def whole_number(least: int, most: int) -> Callable[[object], int]:
    """A reader of whole numbers within limits."""

    def read(value: object) -> int:
        number = value if type(value) is int else int(str(value).strip())
        if not least <= number <= most:
            raise ValueError(number)
        return number

    return read
