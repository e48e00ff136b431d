"""``hengjian extract`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hengjian.base.errors import HengjianError
from hengjian.cli.main import app

RUNNER = CliRunner()
TEXT = "清岚县人民法院\n民事判决书\n（2024）江0101民初1号\n原告：甲某。\n被告：乙某。\n"


def _write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("jobs", [[], ["--jobs", "2"]])
def test_writes_one_line_of_facts_a_document_in_order(tmp_path: Path, jobs: list[str]) -> None:
    rows = [json.dumps({"id": f"d{number}", "text": TEXT}, ensure_ascii=False) for number in range(5)]
    source, out = _write(tmp_path / "in.jsonl", *rows), tmp_path / "facts.jsonl"
    result = RUNNER.invoke(app, ["extract", str(source), "--out", str(out), *jobs])
    assert result.exit_code == 0, result.output
    facts = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in facts] == [f"d{number}" for number in range(5)]
    assert facts[0]["case_no"] == "（2024）江0101民初1号"


def test_a_bad_line_is_named_and_hides_nothing(tmp_path: Path) -> None:
    source = _write(tmp_path / "in.jsonl", "{", json.dumps({"id": "d1", "text": TEXT}), '{"id": 3}')
    out = tmp_path / "facts.jsonl"
    result = RUNNER.invoke(app, ["extract", str(source), "--out", str(out)])
    assert isinstance(result.exception, HengjianError)
    assert "in.jsonl:1" in str(result.exception) and "in.jsonl:3" in str(result.exception)
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["extract", str(tmp_path / "no.jsonl"), "--out", str(tmp_path / "o")])
    assert isinstance(result.exception, HengjianError) and "没有这个文件" in str(result.exception)
