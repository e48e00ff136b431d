"""Where ``hengjian extract`` reads documents from: a .jsonl file, one document, or a folder of documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from hengjian.base.errors import HengjianError, Place
from hengjian.extract.batch import Line, lines_of
from hengjian.extract.textfile import decode

_TEXT = {".txt", ".html", ".htm", ".md"}
_OFFICE = {".docx", ".pdf"}


def read_lines(source: Path) -> Iterator[Line]:
    """One line ``{"id", "text"}`` a document; a document file is named by its path without ending."""
    if source.is_dir():
        files = [path for path in sorted(source.rglob("*")) if path.suffix.lower() in _TEXT | _OFFICE]
        if not files:
            raise HengjianError("文件夹里没有文书（.txt、.html、.docx、.pdf）。", where=Place(str(source)))
        for path in files:
            yield _document(path, path.relative_to(source).with_suffix("").as_posix())
    elif source.suffix.lower() in _TEXT | _OFFICE:
        yield _document(source, source.stem)
    elif source.suffix.lower() in {".doc", ".wps", ".ofd"}:
        raise HengjianError("还不能直接读这种文件，请另存为 .docx、.pdf 或 .txt。", where=Place(str(source)))
    else:
        yield from _jsonl(source)


def _jsonl(source: Path) -> Iterator[Line]:
    try:
        with source.open(encoding="utf-8-sig") as file:
            yield from lines_of(str(source), file)
    except FileNotFoundError:
        raise HengjianError("没有这个文件，请检查路径。", where=Place(str(source))) from None
    except UnicodeDecodeError:
        raise HengjianError("文件不是 UTF-8 编码，请另存为 UTF-8 文本。", where=Place(str(source))) from None


def _document(path: Path, id: str) -> Line:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise HengjianError("没有这个文件，请检查路径。", where=Place(str(path))) from None
    try:
        text = _office(data) if path.suffix.lower() in _OFFICE else decode(data)
    except HengjianError as error:
        raise HengjianError(error.message, where=Place(str(path))) from None
    return Line(str(path), 1, json.dumps({"id": id, "text": text}, ensure_ascii=False))


def _office(data: bytes) -> str:
    """What it is, its first bytes say, not its name."""
    from hengjian.documents.intake import read_docx_text, read_pdf_text

    return read_pdf_text(data) if data.startswith(b"%PDF") else read_docx_text(data)
