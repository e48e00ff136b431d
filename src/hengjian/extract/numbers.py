"""Numbers, amounts, terms and dates as judgments write them: 二百三十四, 1.5万元, 三年零二个月, 二〇一八年."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS |= {c: i for i, c in enumerate("0123456789")}
_DIGITS |= dict.fromkeys("〇○ＯOoОо０◯", 0) | {"两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6}
_DIGITS |= {"柒": 7, "捌": 8, "玖": 9, "幺": 1, "弍": 2, "元": 1}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}

NUMERAL = "0-9零〇○ОO一二三四五六七八九十百千两"
_WRITTEN = "零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"

AMOUNT = (
    r"(?:人民币)?[￥¥]?"
    rf"(?P<number>\d{{1,3}}(?:，\d{{3}}){{1,4}}(?:\.\d{{1,4}})?|\d{{1,12}}(?:\.\d{{1,6}})?|[{_WRITTEN}]{{1,24}})"
    r"(?P<unit>[十百千万亿]{0,2})余?元"
    rf"(?P<jiao>[0-9{_WRITTEN}]角)?(?P<fen>[0-9{_WRITTEN}]分)?[整正]?"
)
_COUNT = rf"[{NUMERAL}壹贰叁肆伍陆柒捌玖拾]{{1,4}}"
TERM = (
    rf"(?:(?P<years>{_COUNT})年)?"
    rf"(?:[零又]?(?P<months>{_COUNT})(?P<month_word>个月|个|月))?"
    rf"(?:[零又]?(?P<days>{_COUNT})[日天])?"
)
_LOST = "?？�\ue000-\uf8ff"
_YEAR_DIGIT = rf"0-9零〇○ＯOoОо◯一二三四五六七八九元{_LOST}"
DATE = (
    rf"(?P<year>[{_YEAR_DIGIT}]{{4}})年"
    rf"(?P<month>[{NUMERAL}元正]{{1,3}})月(?P<day>[{NUMERAL}廿卅]{{1,4}})[日号]"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A length of punishment in months (``Decimal`` because days are counted as thirtieths)."""

    months: Decimal
    short: bool = False  # 月 is missing in print: 六个


def read_int(text: str) -> int | None:
    """The whole number written in Chinese or Arabic digits; None when it is not one.

    >>> read_int("二百三十四"), read_int("十五"), read_int("二〇一七"), read_int("12"), read_int("百")
    (234, 15, 2017, 12, 100)
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if not text:
        return None
    return _positional(text) if all(c in _DIGITS for c in text) else _multiplied(text)


def _positional(text: str) -> int:
    value = 0
    for c in text:
        value = value * 10 + _DIGITS[c]
    return value


def _multiplied(text: str) -> int | None:
    total = section = current = 0
    for c in text:
        if c in _DIGITS:
            current = current * 10 + _DIGITS[c] if c.isdigit() and c.isascii() else _DIGITS[c]
        elif c in _UNITS:
            section += (current or 1) * _UNITS[c]
            current = 0
        elif c in _MYRIADS:
            total = (total + section + current) * _MYRIADS[c]
            section = current = 0
        elif c == "廿":
            section += 20
        elif c == "卅":
            section += 30
        else:
            return None
    return total + section + current


def read_amount(match: re.Match[str]) -> Decimal | None:
    """Yuan of a match of :data:`AMOUNT`: 1.5万元, 5，599.06元, 九元九角, 陆佰万元.

    >>> read_amount(re.match(AMOUNT, "1.5万元")), read_amount(re.match(AMOUNT, "九元九角"))
    (Decimal('15000'), Decimal('9.9'))
    """
    number = match["number"].replace("，", "")
    scale = 1
    for unit in match["unit"] or "":
        scale *= _UNITS.get(unit) or _MYRIADS[unit]
    if number[0].isascii():
        try:
            value = Decimal(number)
        except InvalidOperation:
            return None
    else:
        whole = read_int(number)
        if whole is None:
            return None
        value = Decimal(whole)
    value *= scale
    if match["jiao"]:
        value += Decimal(_DIGITS[match["jiao"][0]]) / 10
    if match["fen"]:
        value += Decimal(_DIGITS[match["fen"][0]]) / 100
    return plain(value)


def read_term(match: re.Match[str]) -> Term | None:
    """Months of a match of :data:`TERM`; None when nothing is printed.

    >>> read_term(re.match(TERM, "三年零二个月"))
    Term(months=Decimal('38'), short=False)
    """
    years, months, days = (read_int(match[name] or "") for name in ("years", "months", "days"))
    if years is None and months is None and days is None:
        return None
    total = Decimal((years or 0) * 12 + (months or 0)) + plain(Decimal(days or 0) / 30)
    return Term(plain(total), match["month_word"] == "个")


@dataclass(frozen=True, slots=True)
class Day:
    """A date with what is unsure about it: ``lost`` when an unreadable digit was read as 〇."""

    date: date
    lost: bool = False


def read_date(match: re.Match[str]) -> Day | None:
    """The day of a match of :data:`DATE`; None when it does not exist.

    A character lost in a Chinese year is the circle 〇: the one digit older character sets lack.

    >>> read_date(re.match(DATE, "二〇一七年十一月二十一日"))
    Day(date=datetime.date(2017, 11, 21), lost=False)
    """
    return _day(match["year"], match["month"], match["day"])


@lru_cache(maxsize=4096)
def _day(year_text: str, month_text: str, day_text: str) -> Day | None:
    lost = False
    digits = []
    for c in year_text:
        if c not in _DIGITS:
            lost, c = True, "〇"
        digits.append(c)
    if lost and digits[0].isascii():
        return None
    year, day = read_int("".join(digits)), read_int(day_text)
    month = 1 if month_text in "元正" else read_int(month_text)
    if not year or not month or not day or not 1900 < year < 2100:
        return None
    try:
        return Day(date(year, month, day), lost)
    except ValueError:
        return None


def plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent.

    >>> plain(Decimal("50.00")), plain(Decimal("1E+3"))
    (Decimal('50'), Decimal('1000'))
    """
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return value.normalize()


def as_json(value: Decimal) -> int | float:
    """A whole number as int, anything else as float rounded to a hundredth."""
    return int(value) if value == value.to_integral_value() else round(float(value), 2)
