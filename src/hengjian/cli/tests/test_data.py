"""The command: exit codes, formats, usage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hengjian.base.errors import ManyErrors
from hengjian.cli.main import app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cases.csv").write_text("case_id,a,b\n1,1,2\n2,3,2\n", "utf-8")
    (tmp_path / "good.yaml").write_text("- {id: G, title: 甲大于乙, fails_when: a > b}\n", "utf-8")
    (tmp_path / "none.yaml").write_text("- {id: N, title: 甲为负, fails_when: a < 0}\n", "utf-8")
    (tmp_path / "bad.yaml").write_text("- {id: B, title: 没有列, fails_when: c > b}\n", "utf-8")
    return tmp_path


def _args(folder: Path, *rules: str) -> list[str]:
    named = [part for rule in rules for part in ("--rules", str(folder / rule))]
    return [
        "data",
        "check",
        str(folder / "cases.csv"),
        *named,
        "--out",
        str(folder / "out"),
        "--format",
        "json",
    ]


def test_findings_end_with_3_and_none_with_0(folder: Path) -> None:
    found = CliRunner().invoke(app, _args(folder, "good.yaml", "none.yaml"))
    assert found.exit_code == 3
    assert [(row["rule_id"], row["failed"]) for row in json.loads(found.stdout)] == [("G", 1), ("N", 0)]
    assert CliRunner().invoke(app, _args(folder, "none.yaml")).exit_code == 0


def test_a_refused_rule_is_a_failure_after_the_others_have_run(folder: Path) -> None:
    found = CliRunner().invoke(app, _args(folder, "good.yaml", "bad.yaml"))
    assert isinstance(found.exception, ManyErrors)
    assert "没有列“c”" in str(found.exception)
    assert [row["rule_id"] for row in json.loads(found.stdout)] == ["G"]
    assert (folder / "out" / "findings.parquet").is_file()


def test_usage_is_2(folder: Path) -> None:
    assert CliRunner().invoke(app, [*_args(folder, "good.yaml"), "--ref", "x"]).exit_code == 2
    assert CliRunner().invoke(app, [*_args(folder, "good.yaml"), "--as-of", "morgen"]).exit_code == 2
