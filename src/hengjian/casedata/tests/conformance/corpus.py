"""Rows with the traps of the engines, and for each rule the rows it must find: on every engine the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa

_D = date
# ruff: noqa: E501 - a table
# key, text, number of the case, resident id, credit code, first day, second day, amount, count
_ROWS: list[tuple[object, ...]] = [
    ("null", None, None, None, None, None, None, None, None),
    ("plain", "abc", "（2023）鲁0102民初1号", "11010519491231002X", "91110000600037341L", _D(2023, 1, 2), _D(2023, 1, 1), "0.10", 1),
    ("empty", "", "", "", "", _D(2024, 2, 29), _D(2024, 3, 1), "0.20", 0),
    ("newline", "abc\n", "（2023）鲁0102民初2号\n", "11010519491231002X\n", "91110000600037341L\n", _D(2023, 12, 31), _D(2024, 1, 1), "0.30", -1),
    ("han", "鲁山东", "(2023)鲁0102民初3号", "110105491231002", "91110000600037341M", _D(2023, 1, 31), _D(2023, 2, 28), "-0.30", 3),
    ("wide", "ＡＢＣ１２３", "（２０２３）鲁0102民初4号", "１1010519491231002X", "９1110000600037341L", None, _D(2023, 1, 1), "100.00", 2),
    ("emoji", "😀x", "（2014）历民初字第5号", "11010519490229002X", "911100006000373411", _D(2020, 2, 29), _D(2021, 2, 28), "1.00", 7),
    ("twin1", "twin", "（2023）鲁0102民初7号", "110105194912310021", "91110000600037341L", _D(2023, 6, 1), _D(2023, 6, 1), "2.00", 8),
    ("twin2", "twin", "（2023）鲁0102民初7号", "11010519491231002x", None, _D(2023, 6, 2), None, "2.00", 9),
    ("quote", "it's \\ %_", "（2016）历民初字第8号", " 11010519491231002X", "", _D(1999, 12, 31), _D(2000, 1, 1), "3.33", 10),
]  # fmt: skip
COLUMNS = ("case_id", "t", "no", "rid", "code", "d1", "d2", "amount", "n")
COURTS = ("abc", "鲁山东", "twin", None)

EXPECTED: dict[str, set[str]] = {
    # NULL against FALSE
    "t = 'abc'": {"plain"},
    "t <> 'abc'": {"empty", "newline", "han", "wide", "emoji", "twin1", "twin2", "quote"},
    "NOT (t = 'abc')": {"empty", "newline", "han", "wide", "emoji", "twin1", "twin2", "quote"},
    "t IS NULL": {"null"},
    "t IS NULL OR t = ''": {"null", "empty"},
    "d1 < d2 AND n > 0": {"han", "emoji", "quote"},
    "d1 IS NOT DISTINCT FROM d2": {"null", "twin1"},
    "coalesce(n, 0) = 0": {"null", "empty"},
    "CASE WHEN n > 5 THEN d2 IS NULL END": {"twin2"},
    # characters, not bytes
    "length(t) = 3": {"plain", "han"},
    "length(t) = 2": {"emoji"},
    "substring(t, 2, 1) = '山'": {"han"},
    "left(t, 1) = '😀' OR right(t, 1) = '东'": {"emoji", "han"},
    "upper(t) = 'ABC' OR lower(t) = 'twin'": {"plain", "twin1", "twin2"},
    # patterns: end of text, full-width digits
    "regexp_full_match(t, '[a-z]+')": {"plain", "twin1", "twin2"},
    "regexp_matches(t, '^[a-z]+$')": {"plain", "twin1", "twin2"},
    "regexp_matches(t, '[0-9]')": set(),
    "t LIKE '%b%'": {"plain", "newline"},
    "contains(t, '%')": {"quote"},
    "starts_with(t, 'tw') OR ends_with(t, 'c')": {"plain", "twin1", "twin2"},
    "strpos(t, '东') = 3": {"han"},
    "trim(t) = ''": {"empty"},
    "t IN ('twin', 'it''s \\ %_')": {"twin1", "twin2", "quote"},
    # days
    "date_diff('day', d1, d2) = 1": {"empty", "newline", "quote"},
    "date_diff('day', d1, d2) < 0": {"plain"},
    "year(d1) = 2023 AND month(d1) = 6": {"twin1", "twin2"},
    "d1 > DATE '2023-05-31' AND d1 <= DATE '2023-12-31'": {"newline", "twin1", "twin2"},
    "d2 >= d1 + INTERVAL 1 YEAR": {"emoji"},
    "d1 > current_date": {"empty"},
    # exact numbers
    "amount = 0.3 OR amount + 0.1 = 0.2": {"plain", "newline"},
    "amount < 0": {"han"},
    "amount * 3 > 9.98 AND amount * 3 < 10": {"quote"},
    "n % 2 = 0 AND n BETWEEN 1 AND 8": {"wide", "twin1"},
    "n / 2 = 3.5": {"emoji"},
    "n // 2 = 4": {"twin1", "twin2"},
    # our own functions
    "bad_resident_id(rid)": {"empty", "newline", "wide", "emoji", "twin1", "twin2", "quote"},
    "NOT bad_resident_id(rid)": {"plain", "han"},
    "bad_uscc(code)": {"empty", "newline", "han", "wide", "emoji", "quote"},
    "bad_case_no(no)": {"empty", "newline", "wide", "quote"},
    "NOT bad_case_no(no)": {"plain", "han", "emoji", "twin1", "twin2"},
    "duplicate(no)": {"twin1", "twin2"},
    "duplicate(d2)": {"plain", "wide"},
    "NOT duplicate(t)": {"plain", "empty", "newline", "han", "wide", "emoji", "quote"},
    "duplicate(t, amount)": {"twin1", "twin2"},
    "unknown(t, courts.code)": {"empty", "newline", "wide", "emoji", "quote"},
    "unknown(t, courts.code) AND n > 5": {"emoji", "quote"},
}
# more than one mask word
EXPECTED |= {f"n = {number}": {row[0] for row in _ROWS if row[8] == number} for number in range(-1, 70)}  # type: ignore[misc]
AS_OF = date(2024, 1, 1)


def table() -> pa.Table:
    """The rows as Arrow, with exact amounts."""
    columns = list(zip(*_ROWS, strict=True))
    cells = dict(zip(COLUMNS, columns, strict=True))
    amounts = [None if value is None else Decimal(str(value)) for value in cells["amount"]]
    return pa.table(
        {
            **{name: pa.array(cells[name], pa.string()) for name in ("case_id", "t", "no", "rid", "code")},
            **{name: pa.array(cells[name], pa.date32()) for name in ("d1", "d2")},
            "amount": pa.array(amounts, pa.decimal128(18, 2)),
            "n": pa.array(cells["n"], pa.int32()),
        }
    )
