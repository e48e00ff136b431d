"""Files of all kinds: streamed, bounded, from a folder or the command line; what is hostile is refused at once."""

from __future__ import annotations

import io
import os
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hengjian.apps.cases import watch
from hengjian.apps.cases.models import Upload
from hengjian.apps.cases.tables import open_table
from hengjian.apps.cases.tests.story import AT, GOOD, HEAD, Province
from hengjian.base.errors import HengjianError


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "a"
    path.write_bytes(data)
    return path


def _bomb() -> bytes:
    """A small xlsx whose sheet unpacks to a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * (300 * 1024 * 1024))
    return out.getvalue()


def test_a_rare_character_of_a_name_is_kept(tmp_path: Path) -> None:
    data = (HEAD + GOOD.replace("甲某", "𠮷㴪")).encode("gb18030")  # four bytes each, unknown to GBK
    assert next(open_table(_file(tmp_path, data), "a.csv").dicts())["原告"] == "𠮷㴪"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    table = open_table(_file(tmp_path, (HEAD + GOOD + "\n" + GOOD).encode(encoding)), "a.csv")
    assert table.headers[:2] == ["案件标识", "案号"]
    assert table.count() == 2
    assert next(table.dicts())["案号"] == "（2026）鲁9901民初1号"


def test_a_parquet_file_is_read_with_its_types(tmp_path: Path) -> None:
    pq.write_table(pa.table({"case_id": ["c1", "c2"], "hearings": [0, None]}), tmp_path / "a")
    table = open_table(tmp_path / "a", "a.parquet")
    assert list(table.dicts()) == [{"case_id": "c1", "hearings": 0}, {"case_id": "c2", "hearings": None}]


def _parquet(nested: int = 0) -> bytes:
    """A small file, its cells lists in lists ``nested`` deep."""
    kind, value = pa.string(), "x"
    for _ in range(nested):
        kind, value = pa.list_(kind), [value]
    out = io.BytesIO()
    pq.write_table(pa.table({"case_id": pa.array([value] * 100, kind)}), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "空文件"),
        (b"PAR1" + b"\0" * 200 + b"PAR1", "Parquet"),
        (b"PK\x03\x04nonsense", "表格|xlsx|损坏|打不开"),
        (_bomb(), "."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "不是|编码"),
        (b"a," * 600_000, "不是表格"),
        ("案号,案号\n1,2\n".encode(), "两列都叫"),
        (",".join(f"c{number}" for number in range(100_000)).encode(), "超过 300 列"),
        (b"\xff\xfea\0b", "编码"),
        (b"\xff\xfe\x00\xd8,\0\n\0", "编码"),
        (b"\xff\xfe" + ("a,b\n" * 3000).encode("utf-16-le") + b"\x00\xd8,\0", "编码"),
        (HEAD.encode() + b"\0" * 5000, "不是表格"),
        (HEAD.encode("gbk") + GOOD.encode() + "甲".encode("gbk")[:1], "编码"),
        ((HEAD + '"' + GOOD * 3000).encode(), "引号不配对"),
        (_parquet(nested=60), "Parquet"),
        (_parquet()[:-30] + b"\xff\xff\xff\x7fPAR1", "Parquet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "编码"),
    ],
    ids=[
        "empty",
        "parquet",
        "zip",
        "bomb",
        "picture",
        "line",
        "headings",
        "columns",
        "odd",
        "surrogate",
        "late",
        "zeros",
        "mixed",
        "quote",
        "nested",
        "footer",
        "xls",
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence_within_two_seconds(
    tmp_path: Path, data: bytes, message: str
) -> None:
    path = _file(tmp_path, data)
    begun = time.process_time()
    with pytest.raises(HengjianError, match=message):
        open_table(path, "文件").count()
    assert time.process_time() - begun < 2


def test_files_in_the_watched_folder_are_taken_in_and_moved(province: Province, tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "鲁9901"
    folder.mkdir(parents=True)
    bad = GOOD.replace("2026-01-05", "五月").replace("c1", "c9")
    (folder / "a.csv").write_text(HEAD + GOOD + bad, encoding="gbk")
    (folder / "b.xlsx").write_bytes(b"PK\x03\x04nonsense")
    fresh = folder / "c.csv"
    fresh.write_text(HEAD, encoding="utf-8")
    for name in ("a.csv", "b.xlsx"):
        os.utime(folder / name, (AT.timestamp() - 60,) * 2)
    os.utime(fresh, (AT.timestamp(),) * 2)
    assert watch.take(tmp_path / "inbox", AT) == 2
    assert Upload.objects.get(name="a.csv").accepted == 1
    assert sorted(p.suffixes[0] for p in (folder / "done").iterdir()) == [".csv", ".退回"]
    assert any(p.name.endswith("原因.txt") for p in (folder / "refused").iterdir())
    assert fresh.exists()
    assert watch.take(tmp_path / "inbox", AT + timedelta(minutes=1)) == 1


def test_what_is_no_file_is_refused_and_holds_nothing_up(province: Province, tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "鲁9901"
    folder.mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text(HEAD + GOOD, encoding="utf-8")
    (folder / "a.csv").symlink_to(elsewhere)
    (folder / "b.csv").symlink_to(tmp_path / "nowhere")
    (folder / "c.csv").mkdir()
    os.mkfifo(folder / "d.csv")
    (folder / "z.csv").write_text(HEAD + GOOD, encoding="utf-8")
    assert watch.take(tmp_path / "inbox", AT + timedelta(days=90_000)) == 5
    assert {path.name for path in folder.iterdir()} == {"done", "refused"}
    assert Upload.objects.get().name == "z.csv"
    reasons = [path.read_text("utf-8") for path in (folder / "refused").glob("*.原因.txt")]
    assert len(reasons) == 4 and all("不是普通文件" in reason for reason in reasons)
    assert elsewhere.read_text("utf-8") == HEAD + GOOD
    with pytest.raises(HengjianError, match="不是普通文件"):
        watch.upload_file(next((folder / "refused").glob("*d.csv")), "鲁9901", AT)


def test_a_file_of_an_unknown_court_is_refused(province: Province, tmp_path: Path) -> None:
    with pytest.raises(HengjianError, match="没有代字"):
        watch.upload_file(_file(tmp_path, HEAD.encode()), "鲁0000", AT)
