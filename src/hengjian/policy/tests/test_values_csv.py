"""Values as a table that people edit and give back."""

import csv
from datetime import date

import pytest

from hengjian.base.errors import HengjianError, ManyErrors
from hengjian.policy.values import COLUMNS, read_value_tables, value_rows

HEAD = "param,effective_from,effective_to,value,article\n"


@pytest.fixture
def table(tmp_path):
    def write(text, head=HEAD):
        path = tmp_path / "values.csv"
        path.write_text(head + text, encoding="utf-8")
        return path

    return write


def test_rows_are_half_open_and_a_null_value_has_none(mini):
    rows = [tuple(row.values()) for row in value_rows(mini.params)]
    assert rows == [
        ("notice.day", "2024-01-01", "2024-07-01", "10", "3"),
        ("notice.day", "2024-07-01", "2025-01-01", "6", "3"),
    ]


def test_rows_can_be_those_known_on_a_day(mini):
    assert [row["value"] for row in value_rows(mini.params, date(2024, 8, 1))] == ["10", "5"]


def test_what_is_written_out_reads_back_with_the_same_results(mini, table, tmp_path):
    path = table("", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(value_rows(mini.params))
    again = mini.with_values(read_value_tables(path)[""])
    for day in (date(2023, 1, 1), date(2024, 3, 1), date(2024, 7, 1), date(2025, 1, 1)):
        assert again.value("notice.day", day) == mini.value("notice.day", day)
    assert again.digest != mini.digest
    assert again.params["notice.day"].title == "通报的最后一天"


def test_a_hole_between_two_rows_has_no_value(table, mini):
    path = table("notice.day,2024-01-01,2024-02-01,1,3\nnotice.day,2024-03-01,,2,3\n")
    pack = mini.with_values(read_value_tables(path)[""])
    assert [pack.value("notice.day", date(2024, m, 1)) for m in (1, 2, 3)] == [1, None, 2]


def test_tables_are_kept_apart_by_the_pack_column(table):
    path = table("base,x,2024-01-01,,1,3\nother,x,2024-01-01,,2,3\n", f"pack,{HEAD}")
    tables = read_value_tables(path)
    assert {name: t["x"].values[0].value for name, t in tables.items()} == {"base": 1, "other": 2}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x,2024-01-01,,五,3", "values.csv:2: value 不是数，请改正。"),
        ("x,2024-1-1,,5,3", "values.csv:2: 日期不对，请写成 2023-07-01 这样的形式。"),
        ("x,2024-01-01,2024-01-01,5,3", "values.csv:2: effective_to 不晚于 effective_from，请改正日期。"),
        (
            "x,2024-01-01,,5,3\nx,2024-06-01,,6,3",
            "values.csv:3 [effective_from]: “x”的起止日期与另一行重叠，请改正。",
        ),
    ],
)
def test_a_wrong_row_is_named(table, row, message):
    with pytest.raises(ManyErrors) as caught:
        read_value_tables(table(row + "\n"))
    assert str(caught.value).endswith(message)


def test_a_missing_column_is_named(table):
    with pytest.raises(HengjianError, match="缺少列 article"):
        read_value_tables(table("", "param,effective_from,effective_to,value\n"))
