"""Settings from the environment fail loudly on nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest

from hengjian.base.errors import HengjianError
from hengjian.web import env


def test_a_switch_that_is_no_switch_is_refused(monkeypatch):
    monkeypatch.setenv("X", "maybe")
    with pytest.raises(HengjianError, match="X 的值“maybe”不是开关"):
        env.read_bool("X", True)


def test_a_secret_may_come_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "s").write_text("geheim\n")
    monkeypatch.setenv("X_FILE", str(tmp_path / "s"))
    assert env.read_text("X") == "geheim"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///data/a.sqlite3", Path("data/a.sqlite3")),
        ("sqlite:////srv/a.sqlite3", Path("/srv/a.sqlite3")),
    ],
)
def test_sqlite_urls_may_be_relative_or_absolute(url, name):
    assert env.database(url, Path("/x"))["NAME"] == name


def test_a_postgresql_url_is_taken_apart():
    found = env.database("postgresql://u:p%40ss@db:5433/hj?sslmode=require", Path("/x"))
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "u", "p@ss", "db", "5433", "hj",
    )  # fmt: skip
    assert found["OPTIONS"]["sslmode"] == "require" and found["CONN_MAX_AGE"] == 0


def test_another_database_is_refused():
    with pytest.raises(HengjianError, match="mysql"):
        env.database("mysql://x/y", Path("/x"))
