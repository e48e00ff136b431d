"""The doctor names each part, and one failing check does not hide the others."""

from __future__ import annotations

import pytest

from hengjian.base.errors import HengjianError
from hengjian.web import doctor

pytestmark = pytest.mark.django_db


def test_every_row_says_what_and_how():
    rows = doctor.examine()
    assert {"Python", "SQLite", "数据库", "磁盘", "SM3"} <= {row["check"] for row in rows}
    assert all(row["remedy"] for row in rows if row["status"] != "ok")


def test_a_failing_check_does_not_hide_the_others(monkeypatch):
    def broken():
        raise HengjianError("坏了，请修理。")
        yield

    monkeypatch.setattr(doctor, "_disk", broken)
    rows = doctor.examine()
    assert any(row["detail"] == "坏了，请修理。" for row in rows)
    assert any(row["check"] == "SM3" for row in rows)
