"""Where ``hengjian extract`` reads documents from: a .jsonl file, one document, or a folder of documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from hengjian.base.errors import HengjianError, Place
from hengjian.extract.batch import Line, lines_of
from hengjian.extract.textfile import decode

_TEXT = {".txt", ".html", ".htm", ".md"}
_WORD = {".docx"}


def read_lines(source: Path) -> Iterator[Line]:
    """One line ``{"id", "text"}`` a document; a document file is named by its path without ending."""
    if source.is_dir():
        files = [path for path in sorted(source.rglob("*")) if path.suffix.lower() in _TEXT | _WORD]
        if not files:
            raise HengjianError("文件夹里没有文书（.txt、.html、.docx）。", where=Place(str(source)))
        for path in files:
            yield _document(path, path.relative_to(source).with_suffix("").as_posix())
    elif source.suffix.lower() in _TEXT | _WORD:
        yield _document(source, source.stem)
    elif source.suffix.lower() in {".pdf", ".doc", ".wps", ".ofd"}:
        raise HengjianError("还不能直接读这种文件，请另存为 .docx 或 .txt。", where=Place(str(source)))
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
        text = _word(data) if path.suffix.lower() in _WORD else decode(data)
    except HengjianError as error:
        raise HengjianError(error.message, where=Place(str(path))) from None
    return Line(str(path), 1, json.dumps({"id": id, "text": text}, ensure_ascii=False))


def _word(data: bytes) -> str:
    from hengjian.documents.intake import read_docx_text

    return read_docx_text(data)
