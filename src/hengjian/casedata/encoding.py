"""CSV files as UTF-8: GBK (GB 18030) and UTF-16 files are copied over, others are read where they stand."""

from __future__ import annotations

import codecs
import re
import tempfile
from pathlib import Path

from hengjian.base.errors import HengjianError, Place

_PIECE = 1 << 22
_LONG_LEAD = re.compile(rb"[\xe0-\xf4]")  # first byte of three or four


def encoding_of(path: Path) -> str:
    """``utf-8``, ``gb18030`` or ``utf-16``, by reading the whole file in pieces; HengjianError for none."""
    with path.open("rb") as stream:
        head = stream.read(2)
    if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    if _reads(path, "utf-8"):
        # 鲁 in GBK is a valid pair in UTF-8 too (U+00B3): a file with letters of that kind alone is GBK
        return "gb18030" if _only_short_pairs(path) and _reads(path, "gb18030") else "utf-8"
    if _reads(path, "gb18030"):
        return "gb18030"
    raise HengjianError("文件既不是 UTF-8 也不是 GBK 编码，请另存为 UTF-8。", where=Place(str(path)))


def _reads(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                if decoder.getstate()[0] or not piece.isascii():
                    decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _only_short_pairs(path: Path) -> bool:
    """Whether every character past ASCII has two bytes (U+0080 to U+07FF), and there is one."""
    any_pair = False
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            if piece.isascii():
                continue
            any_pair = True
            if _LONG_LEAD.search(piece):
                return False
    return any_pair


def as_utf8(files: tuple[Path, ...], temporary: list[tempfile.TemporaryDirectory[str]]) -> tuple[Path, ...]:
    """The files, those in another encoding as copies in a new temporary folder."""
    found = []
    for index, file in enumerate(files):
        name = encoding_of(file)
        if name == "utf-8":
            found.append(file)
            continue
        if not temporary:
            temporary.append(tempfile.TemporaryDirectory(prefix="hengjian-"))
        copy = Path(temporary[0].name) / f"{index}-{file.name}"
        with (
            file.open(encoding=name, newline="") as read,
            copy.open("w", encoding="utf-8", newline="") as write,
        ):
            while piece := read.read(_PIECE):
                write.write(piece)
        found.append(copy)
    return tuple(found)
