"""A backup taken from a running database brings everything back; a damaged one changes nothing."""

from __future__ import annotations

import tarfile
from datetime import datetime

import pyarrow as pa
import pytest
from django.conf import settings as live
from django.db import connection, connections

from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError
from hengjian.casedata.store import Column, Store
from hengjian.web.backup import read_backup, write_backup

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the file database"),
]


AT = datetime(2026, 3, 2, 9)


@pytest.fixture
def home(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DATA_DIR = tmp_path / "home"
    (tmp_path / "files/a").mkdir(parents=True)
    (tmp_path / "files/a/文.txt").write_text("附件")
    Unit.objects.create(code="X", name="清岚县人民法院", kind="court")
    return tmp_path


def test_what_was_saved_is_in_the_backup(home):
    manifest = write_backup(home / "b.tar.gz")
    assert manifest["files"] == 1
    with tarfile.open(home / "b.tar.gz") as archive:
        assert {"manifest.json", "database.sqlite3", "files/a/文.txt"} <= set(archive.getnames())


def test_an_empty_database_is_no_backup(home, monkeypatch):
    """The command runs in the wrong folder: it must not say that all is saved."""
    monkeypatch.setattr(type(connection.introspection), "table_names", lambda _: [])
    with pytest.raises(HengjianError, match="数据库还是空的"):
        write_backup(home / "b.tar.gz")
    assert not (home / "b.tar.gz").exists()


def test_restoring_gives_back_rows_and_files(home, monkeypatch):
    write_backup(home / "b.tar.gz")
    target = home / "new" / "db.sqlite3"
    monkeypatch.setattr("hengjian.web.backup._sqlite_path", lambda: target)
    live.MEDIA_ROOT = home / "restored"
    assert read_backup(home / "b.tar.gz") is None
    import sqlite3

    rows = sqlite3.connect(target).execute("SELECT name FROM org_unit").fetchall()
    assert rows == [("清岚县人民法院",)]
    assert (home / "restored/a/文.txt").read_text() == "附件"


def test_the_cases_come_back_where_the_books_left_them(home, monkeypatch, settings):
    settings.DATA_DIR = home / "data"
    table = pa.table({"case_id": ["1", "2"], "court": ["清岚", "松陵"]})
    store = Store.open(home / "data/store")
    store.create("cases", [Column("case_id"), Column("court")])
    version = store.merge("cases", table, key="case_id", at=AT, author="甲", message="入库").version
    (home / "data/uploads/ab").mkdir(parents=True)
    (home / "data/uploads/ab/原件.csv").write_text("案号", encoding="utf-8")
    assert write_backup(home / "b.tar.gz")["case_files"] > 2
    later = pa.table({"case_id": ["3"], "court": ["柳川"]})
    store.merge("cases", later, key="case_id", at=AT, author="乙", message="此后写入")
    (home / "data/uploads/ab/原件.csv").unlink()

    target = home / "new" / "db.sqlite3"
    monkeypatch.setattr("hengjian.web.backup._sqlite_path", lambda: target)
    aside = read_backup(home / "b.tar.gz")
    back = Store.open(home / "data/store")
    assert (back.count("cases"), back.latest()) == (2, version)
    assert (home / "data/uploads/ab/原件.csv").read_text(encoding="utf-8") == "案号"
    assert aside is not None and Store.open(aside / "store").count("cases") == 3


def test_existing_data_is_not_replaced_unasked(home, monkeypatch):
    write_backup(home / "b.tar.gz")
    target = home / "db.sqlite3"
    target.write_bytes(b"precious")
    monkeypatch.setattr("hengjian.web.backup._sqlite_path", lambda: target)
    with pytest.raises(HengjianError, match="--force"):
        read_backup(home / "b.tar.gz")
    assert target.read_bytes() == b"precious"


def test_a_damaged_backup_changes_nothing(home, monkeypatch):
    write_backup(home / "b.tar.gz")
    data = bytearray((home / "b.tar.gz").read_bytes())
    (home / "b.tar.gz").write_bytes(data[: len(data) // 2])
    monkeypatch.setattr("hengjian.web.backup._sqlite_path", lambda: home / "new.sqlite3")
    with pytest.raises(HengjianError, match="没有改动任何数据"):
        read_backup(home / "b.tar.gz")
    assert not (home / "new.sqlite3").exists()
    connections.close_all()
