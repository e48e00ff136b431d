"""From a file, or a number read off it, to whoever was given it."""

from __future__ import annotations

import re
from hashlib import sha256
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from hengjian.apps.org.access import Actor
from hengjian.apps.releases.codes import traces_in
from hengjian.apps.releases.models import HandOut
from hengjian.apps.releases.queries import visible_handouts

_MOST = 20 * 1024 * 1024
_PARTS = re.compile(r"(docProps/.*|word/(document|header\d*)|xl/(sharedStrings|worksheets/.*))\.xml")
_UTF16 = re.compile(rb"(?:\x00[\x20-\x7e]){12,}")


def by_text(actor: Actor, text: str) -> list[HandOut]:
    """Ids typed or pasted."""
    found = visible_handouts(actor).filter(code__in=traces_in(text))
    return list(found)


def by_file(actor: Actor, data: bytes) -> list[HandOut]:
    """The very file by its digest; else the ids found in its properties and text."""
    same = list(visible_handouts(actor).filter(sha256=sha256(data).hexdigest()))
    return same or by_text(actor, marks_of(data[:_MOST]))


def marks_of(data: bytes) -> str:
    """Where a mark may stand in a file: the XML of office packages, properties of a PDF, plain text."""
    if data[:2] == b"PK":
        return _package(data)
    plain = data.decode("utf-8", "ignore")
    wide = " ".join(hit.group().decode("utf-16-be", "ignore") for hit in _UTF16.finditer(data))
    return f"{plain} {wide}"


def _package(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as package:
            wanted = [i for i in package.infolist() if _PARTS.fullmatch(i.filename)]
            texts, room = [], _MOST
            for info in wanted[:60]:
                room -= info.file_size
                if room > 0:
                    texts.append(package.read(info).decode("utf-8", "ignore"))
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return ""
    return " ".join(re.sub(r"<[^>]*>", "", text) + text for text in texts)
