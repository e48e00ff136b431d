"""Spreadsheets out: nothing is ever a live formula; lists, names, determinism."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.documents import Format
from hengjian.documents.intake import read_xlsx
from hengjian.documents.sheets import SheetColumn, Worksheet, write_csv, write_xlsx
from hengjian.documents.sheets.names import sheet_name

EVIL = (
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "{=1}",
    "http://x.test",
    "internal:A1",
    " =1",
    "＝1",
)


def parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


@pytest.fixture(scope="module")
def evil_book() -> bytes:
    return write_xlsx([Worksheet("表", (SheetColumn("=1"),), tuple((text,) for text in EVIL))])


def test_no_string_becomes_a_formula_or_a_link(evil_book: bytes) -> None:
    files = parts(evil_book)
    sheet = files["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert len(re.findall(r't="s"', sheet)) == len(EVIL) + 1
    assert not any(name.endswith("sheet1.xml.rels") for name in files)


def test_strings_come_back_as_they_were(evil_book: bytes) -> None:
    (sheet,) = read_xlsx(evil_book)
    assert [row[0] for row in sheet.rows[1:4]] == ["=1+1", "+1", "-1+2"]


def test_equal_books_are_equal_files() -> None:
    sheets = [Worksheet("表", (SheetColumn("a", choices=("甲", "乙")),), (("甲",),))]
    assert write_xlsx(sheets, made_on=date(2024, 7, 1)) == write_xlsx(sheets, made_on=date(2024, 7, 1))
    assert "2024-07-01" in parts(write_xlsx(sheets, made_on=date(2024, 7, 1)))["docProps/core.xml"]


def test_the_header_is_frozen_and_filtered() -> None:
    sheet = parts(write_xlsx([Worksheet("表", (SheetColumn("a"),), (("x",),))]))["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in sheet and "autoFilter" in sheet


def test_short_lists_stand_in_the_rule_and_long_ones_on_a_hidden_sheet() -> None:
    columns = (
        SheetColumn("短", choices=("甲", "乙")),
        SheetColumn("长", choices=tuple(f"部门{n}" for n in range(99))),
    )
    files = parts(write_xlsx([Worksheet("模板", columns, blank_rows=50)]))
    sheet = files["xl/worksheets/sheet1.xml"]
    assert '"甲,乙"' in sheet and "'选项'!$A$1:$A$99" in sheet
    assert 'sqref="A2:A51"' in sheet
    assert 'state="hidden"' in files["xl/workbook.xml"]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_sheet_names_are_always_acceptable(names: list[str]) -> None:
    taken: set[str] = set()
    found = [sheet_name(name, taken) for name in names]
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in found)
    assert len({name.lower() for name in found}) == len(found)


@pytest.mark.parametrize("text", EVIL[:6] + EVIL[9:])
def test_csv_cells_that_could_run_are_defused(text: str) -> None:
    data = write_csv(["标题"], [[text]])
    assert data.startswith(b"\xef\xbb\xbf")
    (_, (cell,)) = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
    assert cell.startswith("'")


@given(st.text(max_size=30))
def test_no_csv_cell_ever_starts_alive(text: str) -> None:
    (_, *rows) = csv.reader(StringIO(write_csv(["h"], [[text, "end"]]).decode("utf-8-sig"), newline=""))
    assert not rows[0][0].lstrip().startswith(("=", "+", "-", "@"))


def test_numbers_in_csv_stay_numbers() -> None:
    data = write_csv(["a", "b"], [[Decimal("-2.50"), -3]]).decode("utf-8-sig")
    assert data.splitlines()[1] == "-2.50,-3"


def test_decimals_and_percent_are_formatted() -> None:
    columns = (SheetColumn("率", Format.PERCENT, decimals=1), SheetColumn("分", Format.DECIMAL, decimals=2))
    styles = parts(write_xlsx([Worksheet("表", columns, ((Decimal("0.5"), 2),))]))["xl/styles.xml"]
    assert 'formatCode="0.0%"' in styles
