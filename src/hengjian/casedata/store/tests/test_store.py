"""Every write is a version; the same rows again are none; the past stays readable."""

from __future__ import annotations

import multiprocessing
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest

from hengjian.casedata.store import Column, Store, StoreError

AT = datetime(2026, 3, 2, 9)
COLUMNS = [Column("case_id"), Column("court"), Column("filed_on", "DATE"), Column("amount", "DECIMAL(18,2)")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.open(tmp_path / "store")
    made.create("cases", COLUMNS)
    return made


def rows(*cells: tuple[str, str]) -> pa.Table:
    return pa.table({"case_id": [c[0] for c in cells], "court": [c[1] for c in cells]})


def put(store: Store, *cells: tuple[str, str], author: str = "甲") -> int | None:
    return store.merge("cases", rows(*cells), key="case_id", at=AT, author=author, message="入库").version


def test_a_write_is_a_version_with_author_and_time(store: Store) -> None:
    first = put(store, ("1", "a"), ("2", "a"))
    second = put(store, ("2", "b"), author="乙")
    assert first is not None and second is not None and second > first
    assert [(v.number, v.author, v.at) for v in store.versions("cases")] == [
        (first, "甲", AT),
        (second, "乙", AT),
    ]


def test_the_same_rows_again_make_no_version(store: Store) -> None:
    put(store, ("1", "a"))
    again = store.merge("cases", rows(("1", "a")), key="case_id", at=AT, author="甲", message="再交")
    assert (again.version, again.inserted, again.updated, again.unchanged) == (None, 0, 0, 1)


def test_the_past_stays_readable(store: Store) -> None:
    first = put(store, ("1", "a"))
    put(store, ("1", "b"))
    assert store.row("cases", "case_id", "1", first) == {
        "case_id": "1", "court": "a", "filed_on": None, "amount": None,
    }  # fmt: skip
    assert store.row("cases", "case_id", "1")["court"] == "b"  # type: ignore[index]
    assert [(v.author, row["court"]) for v, row in store.history("cases", "case_id", "1")] == [
        ("甲", "a"), ("甲", "b"),
    ]  # fmt: skip


def test_columns_that_do_not_come_keep_their_values(store: Store) -> None:
    full = pa.table({"case_id": ["1"], "court": ["a"], "amount": ["12.50"]})
    store.merge("cases", full, key="case_id", at=AT, author="甲", message="")
    put(store, ("1", "b"))
    row = store.row("cases", "case_id", "1") or {}
    assert (row["court"], str(row["amount"])) == ("b", "12.50")


def test_the_change_feed_pairs_before_and_after(store: Store) -> None:
    first = put(store, ("1", "a"), ("2", "a")) or 0
    put(store, ("2", "b"), ("3", "c"))
    feed = store.changes("cases", "case_id", first)
    assert [(c.key, c.before and c.before["court"], c.after and c.after["court"]) for c in feed] == [
        ("2", "a", "b"), ("3", None, "c"),
    ]  # fmt: skip
    assert sorted(store.changed_keys("cases", "case_id", first)) == ["2", "3"]
    assert store.changes("cases", "case_id", store.latest()) == []


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pa.table({"case_id": ["1", "1"], "court": ["a", "b"]}), "有 2 行"),
        (pa.table({"case_id": pa.array([None], pa.string()), "court": ["a"]}), "没有“case_id”"),
        (pa.table({"case_id": ["1"], "colour": ["red"]}), "没有这些列：colour"),
        (pa.table({"court": ["a"]}), "主键列"),
    ],
)
def test_what_does_not_fit_is_refused_whole(store: Store, table: pa.Table, message: str) -> None:
    before = store.latest()
    with pytest.raises(StoreError, match=message):
        store.merge("cases", table, key="case_id", at=AT, author="甲", message="")
    assert store.latest() == before


def test_new_columns_read_as_empty_in_the_past(store: Store) -> None:
    first = put(store, ("1", "a"))
    store.add_columns("cases", [Column("cause")])
    store.merge(
        "cases",
        pa.table({"case_id": ["1"], "cause": ["借款合同纠纷"]}),
        key="case_id",
        at=AT,
        author="甲",
        message="",
    )
    assert (store.row("cases", "case_id", "1") or {})["cause"] == "借款合同纠纷"
    assert "cause" not in (store.row("cases", "case_id", "1", first) or {})


def test_an_export_is_plain_parquet_of_one_version(store: Store, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    first = put(store, ("1", "a"), ("2", "a"))
    put(store, ("2", "b"))
    file = store.export("cases", tmp_path / "out", first)
    assert sorted(pq.read_table(file)["court"].to_pylist()) == ["a", "a"]


def test_a_folder_that_was_moved_opens_where_it_is_now(store: Store, tmp_path: Path) -> None:
    put(store, ("1", "a"))
    store.folder.rename(tmp_path / "elsewhere")
    moved = Store.open(tmp_path / "elsewhere")
    put(moved, ("2", "b"))
    assert moved.count("cases") == 2
    assert not (tmp_path / "store").exists()


def test_a_store_put_in_the_place_of_another_is_opened_anew(store: Store, tmp_path: Path) -> None:
    put(store, ("1", "a"))
    store.folder.rename(tmp_path / "aside")
    empty = Store.open(store.folder)
    assert (empty.folder / "catalogue.sqlite").exists() and empty.tables() == []
    assert Store.open(tmp_path / "aside").count("cases") == 1


def test_preparing_makes_the_table_and_later_adds_what_it_lacks(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "prepared")
    store.prepare("cases", COLUMNS[:2], (), at=AT, author="甲")
    store.prepare("cases", COLUMNS, [("case_id", "bad_resident_id")], at=AT, author="甲")
    store.prepare("cases", COLUMNS[:2], [("case_id", "bad_resident_id")], at=AT, author="甲")
    assert [c.name for c in store.columns("cases")] == [
        *(c.name for c in COLUMNS),
        "case_id__bad_resident_id",
    ]
    with pytest.raises(StoreError, match="不认识的列类型"):
        store.prepare("cases", [Column("x", "TEXTILE")], (), at=AT, author="甲")


def test_compaction_keeps_every_version(store: Store) -> None:
    made = [put(store, (str(n), "a")) for n in range(5)]
    store.compact(at=AT)
    assert [store.count("cases", v) for v in made] == [1, 2, 3, 4, 5]


def _write(folder: Path, who: int) -> None:
    store = Store.open(folder)
    for n in range(5):
        put(store, (f"{who}-{n}", "a"))


def test_two_processes_write_one_after_the_other_and_lose_nothing(store: Store) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write, args=(store.folder, who)) for who in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert store.count("cases") == 10
