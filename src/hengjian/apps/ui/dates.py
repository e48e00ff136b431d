"""Days and moments typed the Chinese way, whatever language the browser speaks: 2024-06-03, 2024-06-03 15:00.

Native date inputs follow the browser's language (mm/dd/yyyy in an English one). These are text inputs that read
what people write, 2024.6.3 and 2024年6月3日 too; with script a button beside them opens the browser's own calendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from unicodedata import normalize

from django import forms
from django.utils import timezone

from hengjian.base.times import to_local

_DAY = re.compile(r"(\d{4})\s*(?:[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?|(\d{2})(\d{2}))")
_CLOCK = re.compile(r"(\d{1,2})(?:[:时点]\s*(\d{1,2})?|(\d{2}))\s*分?(?::?00秒?)?")


def read_day(text: str) -> date:
    """A day as people write it; ValueError for anything else.

    >>> [str(read_day(t)) for t in ("2024-06-03", "2024.6.3", "２０２４年6月3日", "20240603")]
    ['2024-06-03', '2024-06-03', '2024-06-03', '2024-06-03']
    """
    found = _DAY.fullmatch(normalize("NFKC", text).strip())
    if not found:
        raise ValueError(text)
    return _date_of(found)


def read_moment(text: str) -> datetime:
    """A naive local moment as people write it; ValueError for anything else, a day alone too.

    >>> [f"{read_moment(t):%H:%M}" for t in ("2024-06-03T15:00", "2024年6月3日 9时5分", "2024-6-3 15点", "202406031500")]
    ['15:00', '09:05', '15:00', '15:00']
    """
    plain = normalize("NFKC", text).strip()
    day = _DAY.match(plain)
    if not day:
        raise ValueError(text)
    clock = _CLOCK.fullmatch(plain[day.end() :].lstrip(" T，,"))
    if not clock:
        raise ValueError(text)
    moment = _date_of(day)
    return datetime(moment.year, moment.month, moment.day, int(clock[1]), int(clock[2] or clock[3] or 0))


def _date_of(found: re.Match[str]) -> date:
    return date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))


def _as_typed(value: Any, form: str) -> str:
    if isinstance(value, datetime):
        return (to_local(value) if timezone.is_aware(value) else value).strftime(form)
    return value.strftime(form) if isinstance(value, date) else str(value or "")


class DayInput(forms.TextInput):
    """``data-pick`` tells the script which calendar to open."""

    pick, form, hint, size = "date", "%Y-%m-%d", "年-月-日", 12

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        given = {
            "data-pick": self.pick,
            "placeholder": self.hint,
            "size": self.size,
            "maxlength": 24,
            "autocomplete": "off",
        }
        super().__init__({**given, **(attrs or {})})

    def format_value(self, value: Any) -> str:
        return _as_typed(value, self.form)


class MomentInput(DayInput):
    pick, form, hint, size = "datetime-local", "%Y-%m-%d %H:%M", "年-月-日 时:分", 18


def _read(value: Any, read: Callable[[str], Any], message: str) -> Any:
    if value in (None, ""):
        return None
    if isinstance(value, date):
        return value
    try:
        return read(str(value))
    except ValueError:
        raise forms.ValidationError(message, code="invalid") from None


class DayField(forms.DateField):
    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        found = _read(value, read_day, "不是存在的日期，请写成 2024-06-03 这样的形式。")
        return found.date() if isinstance(found, datetime) else found


class MomentField(forms.DateTimeField):
    widget = MomentInput

    def to_python(self, value: Any) -> datetime | None:
        found = _read(
            value, read_moment, "不是存在的时间，请写成 2024-06-03 15:00 这样的形式（24:00 写成次日 00:00）。"
        )
        if found is None or not isinstance(found, datetime):
            return found
        return timezone.make_aware(found) if timezone.is_naive(found) else found

    def prepare_value(self, value: Any) -> Any:
        return value
