"""Read a cell of a record the way people fill it in: dates, amounts, terms, numbers of cases."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from hengjian.extract.numbers import AMOUNT, DATE, TERM, read_amount, read_date, read_term
from hengjian.extract.numbers import plain as exact

_WIDTH = str.maketrans("０１２３４５６７８９．－／()[]【】〔〕［］", "0123456789.-/（）（）（）（）（）")
_DATE = re.compile(DATE)
_NUMERIC = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|^(\d{4})(\d{2})(\d{2})$")
_AMOUNT, _TERM = re.compile(AMOUNT), re.compile(TERM)
_WAN = re.compile(r"^([\d.]+)\s*(万|亿)$")
_SERIAL = re.compile(r"(?:字)?第?0*(\d+(?:[-、]\d+)*)号")
_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def plain(text: str) -> str:
    """Brackets of one kind, digits of one width, no spaces."""
    return re.sub(r"\s+", "", text.translate(_WIDTH))


def read_day(text: str) -> date | None:
    """A date in any usual form.

    >>> [read_day(one) for one in ("2018/5/7", "2018年05月07日", "二〇一八年五月七日", "20180507", "2018-05-07 10:30")] == [
    ...     date(2018, 5, 7)] * 5
    True
    """
    value = plain(text)
    found = _NUMERIC.search(value)
    if found:
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            return date(year, month, day)
        except ValueError:
            return None
    written = _DATE.search(value)
    known = read_date(written) if written else None
    return known.date if known else None


def read_days(text: str) -> set[date]:
    """All dates of a cell."""
    return {day for part in re.split(r"[、,，;；|\[\]\"']|\s+(?=\d{4})", text) if (day := read_day(part))}


def read_yuan(text: str) -> Decimal | None:
    """Yuan of a cell: 12000.00, 12,000元, 1.2万元, 一万二千元.

    >>> {read_yuan(one) for one in ("12000.00", "12,000元", "1.2万元", "一万二千元", "1.2万")}
    {Decimal('12000')}
    """
    value = plain(text).replace(",", "").replace("，", "").removeprefix("人民币").lstrip("￥¥")
    try:
        return exact(Decimal(value))
    except InvalidOperation:
        pass
    short = _WAN.match(value)
    if short:
        return Decimal(short[1]) * (10_000 if short[2] == "万" else 100_000_000)
    found = _AMOUNT.search(value)
    return read_amount(found) if found else None


def read_months(text: str) -> Decimal | None:
    """Months of a cell: 42, 42个月, 三年六个月, 3年零6个月.

    >>> [int(read_months(one)) for one in ("42", "42个月", "三年六个月", "有期徒刑3年零6个月")]
    [42, 42, 42, 42]
    """
    value = plain(text)
    try:
        return Decimal(value)
    except InvalidOperation:
        pass
    for found in _TERM.finditer(value):
        term = read_term(found) if found[0] else None
        if term:
            return term.months
    return None


def read_case_no(text: str) -> str:
    """A case number without what is written in several ways: brackets, 字第, leading zeros.

    >>> read_case_no("(2014)渡法刑初字第00314号") == read_case_no("〔2014〕渡法刑初314号")
    True
    """
    value = plain(text)
    value = re.sub(
        r"^（?([12二][\d〇○零一二三四五六七八九]{3})）?",
        lambda found: f"（{found[1].translate(_YEAR)}）",
        value,
    )
    return _SERIAL.sub(lambda found: f"{found[1]}号", value, count=1)


def read_names(text: str) -> list[str]:
    """The names of a cell, in order."""
    parts = re.split(r"[、,，;；|\n/]+", text.translate(_WIDTH))
    return [name for part in parts if (name := re.sub(r"\s+", "", part).strip("\"'[]"))]
