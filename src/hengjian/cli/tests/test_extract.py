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


def _compared(tmp_path: Path, records: str) -> tuple[int, list[str], str]:
    source = _write(tmp_path / "in.jsonl", json.dumps({"id": "d1", "text": TEXT}))
    facts, out = tmp_path / "facts.jsonl", tmp_path / "out.csv"
    RUNNER.invoke(app, ["extract", str(source), "--out", str(facts)])
    table = _write(tmp_path / "records.csv", records)
    result = RUNNER.invoke(app, ["extract", "compare", str(facts), str(table), "--out", str(out)])
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    return result.exit_code, lines, result.output + str(result.exception or "")


def test_a_difference_is_written_and_told_by_the_exit_code(tmp_path: Path) -> None:
    code, lines, _ = _compared(tmp_path, "id,案号,原告\nd1,（2024）江0101民初2号,甲某")
    assert code == 3
    assert lines[0] == "id,field,recorded,extracted,start,end,note"
    assert lines[1] == "d1,案号,（2024）江0101民初2号,（2024）江0101民初1号,14,29,"


def test_a_record_may_be_one_cell_a_row(tmp_path: Path) -> None:
    code, lines, _ = _compared(tmp_path, "id,field,recorded\nd1,case_no,(2024)江0101民初1号\nd1,原告,丙某")
    assert code == 3 and len(lines) == 2 and ",丙某,甲某," in lines[1]


def test_an_agreeing_record_is_good(tmp_path: Path) -> None:
    code, lines, said = _compared(tmp_path, "id,案号,卷宗\nd1,（2024）江0101民初1号,3")
    assert code == 0 and len(lines) == 1 and "没有比对的列：卷宗" in said


def test_a_record_without_id_is_refused(tmp_path: Path) -> None:
    _, _, said = _compared(tmp_path, "案号\n（2024）江0101民初1号")
    assert "没有 id 列" in said


def test_a_folder_of_documents_is_read_whatever_its_encoding(tmp_path: Path) -> None:
    from docx import Document

    folder = tmp_path / "in"
    (folder / "民一庭").mkdir(parents=True)
    (folder / "a.txt").write_bytes(TEXT.encode("gbk"))
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    word = Document()
    for line in TEXT.splitlines():
        word.add_paragraph(line)
    word.save(str(folder / "民一庭" / "c.docx"))
    out = tmp_path / "facts.jsonl"
    result = RUNNER.invoke(app, ["extract", str(folder), "--out", str(out)])
    assert result.exit_code == 0, result.output
    facts = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(one["id"], one["case_no"]) for one in facts] == [
        (name, "（2024）江0101民初1号") for name in ("a", "b", "民一庭/c")
    ]


def test_a_kind_of_file_nobody_reads_is_told(tmp_path: Path) -> None:
    source = tmp_path / "a.wps"
    source.write_bytes(b"x")
    result = RUNNER.invoke(app, ["extract", str(source), "--out", str(tmp_path / "o")])
    assert isinstance(result.exception, HengjianError) and ".docx" in str(result.exception)


def test_a_pdf_is_read_by_its_text_and_a_scan_is_one_sentence(tmp_path: Path) -> None:
    from pypdfium2 import PdfDocument

    from hengjian.documents import render_pdf
    from hengjian.documents.model import Kind, OfficialDocument, Paragraph

    lines = tuple(Paragraph(line) for line in TEXT.splitlines()[1:])
    document = OfficialDocument(kind=Kind.NOTICE, title=TEXT.splitlines()[0], blocks=lines)
    paper = tmp_path / "a.pdf"
    paper.write_bytes(render_pdf(document).data)
    out = tmp_path / "facts.jsonl"
    assert RUNNER.invoke(app, ["extract", str(paper), "--out", str(out)]).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["case_no"] == "（2024）江0101民初1号"
    scan = PdfDocument.new()
    scan.new_page(595, 842)
    scan.save(str(paper))
    refused = RUNNER.invoke(app, ["extract", str(paper), "--out", str(out)]).exception
    assert isinstance(refused, HengjianError) and "扫描件" in str(refused)
