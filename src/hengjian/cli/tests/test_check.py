"""``hengjian check text`` from the outside."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from hengjian.base.errors import HengjianError
from hengjian.cli.main import app

CLEAN = "本院召开审判质效分析会，通报上半年运行情况，研究改进措施，各部门负责人参加会议并作了发言。" * 4


def run(path, *more, kind="longkou:dynamic"):
    return CliRunner().invoke(app, ["check", "text", str(path), "--type", kind, *more])


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path


def test_a_clean_text_exits_with_0(draft):
    assert run(draft).exit_code == 0


def test_findings_exit_with_3_and_name_line_column_and_span(draft):
    draft.write_text(f"{CLEAN}\n联系电话13812345678。", encoding="utf-8")
    result = run(draft, "--format", "json")
    (one,) = json.loads(result.output)
    assert result.exit_code == 3
    assert (one["code"], one["place"], one["quote"]) == ("personal.mobile", "2:5", "13812345678")
    assert one["end"] - one["start"] == 11


def test_a_corpus_is_searched_but_not_the_draft_itself(draft):
    assert run(draft, "--corpus", str(draft.parent)).exit_code == 0
    (draft.parent / "old").mkdir()
    (draft.parent / "old" / "3.md").write_text(CLEAN, encoding="utf-8")
    result = run(draft, "--corpus", str(draft.parent), "--format", "csv")
    assert result.exit_code == 3
    assert "duplicate.near" in result.output and "old/3.md" in result.output


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("none.txt", "longkou:dynamic", "没有这个文件"),
        ("draft.txt", "longkou:unknown", "没有类型“unknown”"),
        ("draft.txt", "nowhere:dynamic", "没有制度包"),
        ("gbk.txt", "longkou:dynamic", "不是 UTF-8"),
    ],
)
def test_mistakes_are_one_sentence(draft, name, kind, message):
    (draft.parent / "gbk.txt").write_bytes("法院".encode("gbk"))
    result = run(draft.parent / name, kind=kind)
    assert isinstance(result.exception, HengjianError)
    assert message in str(result.exception)


def test_a_type_without_pack_is_a_usage_error(draft):
    assert run(draft, kind="dynamic").exit_code == 2


def test_a_reading_that_is_no_pair_is_a_usage_error(draft):
    assert run(draft, "--reading", "R26").exit_code == 2
