"""Files out of what was handed in: single documents, or a zip of them, within bounds; nothing dropped in silence."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from hengjian.base.errors import HengjianError
from hengjian.documents.intake import check_size, read_docx_text, read_pdf_text
from hengjian.extract.textfile import decode

MOST_FILES = 2_000
MOST_BYTES = 20 * 1024 * 1024
MOST_PACKED = 200 * 1024 * 1024
MOST_UNPACKED = 500 * 1024 * 1024
MOST_TEXT = 400_000
_UTF8_NAME = 0x800

File = tuple[str, bytes]


def files_of(handed_in: Iterable[File]) -> Iterator[File]:
    """Every document with its name. HengjianError for a zip that is broken, locked or too large."""
    for name, data in handed_in:
        if not data.startswith(b"PK") or name.lower().endswith(".docx"):
            yield name, data
            continue
        yield from _unzipped(name, data)


def text_of(data: bytes) -> str:
    """The text of one document; parsers of PDF and Word run bounded in a child process."""
    check_size(data, MOST_BYTES)
    if data.startswith(b"%PDF"):
        text = read_pdf_text(data)
    elif data.startswith(b"PK"):
        text = read_docx_text(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise HengjianError("旧版 .doc、.wps 不能直接读，请另存为 .docx 或 .pdf。")
    else:
        text = decode(data)
    text = text.replace("\r\n", "\n").replace("\x00", "")
    if not text.strip():
        raise HengjianError("文件里没有文字，请检查。")
    if len(text) > MOST_TEXT:
        raise HengjianError(f"文书超过 {MOST_TEXT} 字，请拆分后再交。")
    return text


def _unzipped(name: str, data: bytes) -> Iterator[File]:
    check_size(data, MOST_PACKED)
    try:
        with ZipFile(BytesIO(data)) as package:
            members = [one for one in package.infolist() if not one.is_dir() and not _junk(one)]
            if any(one.filename == "word/document.xml" for one in members):
                yield name, data
                return
            if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST_UNPACKED:
                raise HengjianError(f"“{name}”解开后太大，一次最多 {MOST_FILES} 份、500 MB，请分开交。")
            for one in members:
                if one.flag_bits & 1:
                    raise HengjianError(f"“{name}”加了密码，请解密后再交。")
                with package.open(one) as file:
                    yield _name(one), file.read(MOST_BYTES + 1)
    except (BadZipFile, NotImplementedError, EOFError, OSError, zlib.error):
        raise HengjianError(f"“{name}”不是完整的压缩包，请重新压缩。") from None


def _junk(member: ZipInfo) -> bool:
    return "__MACOSX/" in member.filename or member.filename.endswith((".DS_Store", "Thumbs.db"))


def _name(member: ZipInfo) -> str:
    """Names packed on Chinese Windows are GBK."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename
