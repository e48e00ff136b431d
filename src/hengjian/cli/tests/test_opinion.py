"""``pack lint P --out FILE``: the opinions for the drafter hold what tables and clauses alone give away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from hengjian.base.errors import HengjianError
from hengjian.cli.main import app
from hengjian.cli.opinion import write_opinions
from hengjian.cli.packs import load


def text_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("pack", "told"),
    [
        ("wuhua", ("58", "62", "第 19 行的序号", "1001 至 1999", "公证处")),
        ("hubei", ("41", "42", "80", "81", "领导参阅件")),
    ],
)
def test_the_printed_errors_stand_in_the_list(tmp_path: Path, pack: str, told: tuple[str, ...]) -> None:
    target = tmp_path / "意见.docx"
    result = CliRunner().invoke(app, ["pack", "lint", pack, "--out", str(target)])
    assert result.exit_code == 3
    text = text_of(target)
    assert not [word for word in told if word not in text]
    assert "修改意见" in text


def test_faults_of_the_pack_itself_are_not_the_drafters(tmp_path: Path) -> None:
    write_opinions(load("longkou"), tmp_path / "a.docx", date(2026, 11, 1))
    assert "cases/" not in text_of(tmp_path / "a.docx")


def test_other_formats_are_refused(tmp_path: Path) -> None:
    with pytest.raises(HengjianError, match="docx"):
        write_opinions(load("wuhua"), tmp_path / "a.txt", date(2026, 11, 1))
