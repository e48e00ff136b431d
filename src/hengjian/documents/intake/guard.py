"""What an uploaded office file must be before anything opens it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from hengjian.base.errors import HengjianError

_MEGABYTE = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENCODING = re.compile(rb"""^[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_KNOWN = {b"%PDF": "PDF", b"{\\rt": "RTF", b"\x89PNG": "图片", b"\xff\xd8\xff\xe0": "图片", b"<htm": "网页"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of an upload, in bytes; ``ratio`` is unpacked to packed and counts from 10 MB unpacked on."""

    packed: int = 20 * _MEGABYTE
    unpacked: int = 100 * _MEGABYTE
    ratio: int = 80
    members: int = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """The kind of file that is wanted: what people call it, its ending, the part that proves it."""

    called: str
    ending: str
    part: str


WORD = Wanted("Word 文档", ".docx", "word/document.xml")
EXCEL = Wanted("Excel 工作簿", ".xlsx", "xl/workbook.xml")


def check_size(data: bytes, limit: int) -> None:
    """Refuse files over the limit and empty ones."""
    if not data:
        raise HengjianError("文件是空的，请重新选择文件。")
    if len(data) > limit:
        raise HengjianError(f"文件有 {_mb(len(data))}，超过 {_mb(limit)} 的上限，请压缩图片或拆分后再上传。")


def check_package(data: bytes, wanted: Wanted, limits: Limits | None = None) -> None:
    """Refuse what is no office file of the wanted kind, or is built to do harm.

    Looks at the size, the first bytes and the table of contents only; nothing is unpacked.
    """
    limits = limits or Limits()
    check_size(data, limits.packed)
    _check_magic(data, wanted)
    members = _members(data, limits)
    names = {member.filename for member in members}
    _check_names(names)
    if wanted.part not in names:
        raise HengjianError(f"文件不是{wanted.called}（{wanted.ending}），请检查后重新上传。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise HengjianError(f"文件含有宏，不予接收；请另存为不带宏的 {wanted.ending} 后再上传。")
    if any(member.flag_bits & 1 for member in members):
        raise HengjianError("文件设了密码，请取消密码后再上传。")
    _check_unpacked(members, limits)


def _check_magic(data: bytes, wanted: Wanted) -> None:
    if data[:8] == _OLE:
        if _ENCRYPTED in data:
            raise HengjianError("文件设了打开密码，请取消密码后再上传。")
        old = "旧格式的文件（.doc、.wps、.xls、.et 等）"
        raise HengjianError(f"这是{old}，请在 WPS 或 Office 中另存为 {wanted.ending} 后再上传。")
    if data[:4] != b"PK\x03\x04":
        kind = _KNOWN.get(data[:4])
        told = f"这是{kind}文件，" if kind else "文件"
        raise HengjianError(f"{told}不是{wanted.called}（{wanted.ending}），请检查后重新上传。")


def _members(data: bytes, limits: Limits) -> list[ZipInfo]:
    at = data.rfind(b"PK\x05\x06")
    if at < 0 or int.from_bytes(data[at + 10 : at + 12], "little") > limits.members:
        raise HengjianError("文件已损坏或内部文件过多，请在 WPS 或 Office 中打开并另存后再上传。")
    try:
        with ZipFile(BytesIO(data)) as package:
            members = package.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise HengjianError("文件已损坏，请在 WPS 或 Office 中打开并另存后再上传。") from None
    if len(members) > limits.members or len({m.filename for m in members}) != len(members):
        raise HengjianError("文件内部结构异常，请在 WPS 或 Office 中打开并另存后再上传。")
    return members


def _check_names(names: set[str]) -> None:
    for name in names:
        parts = name.replace("\\", "/").split("/")
        if ".." in parts or name.startswith(("/", "\\")) or ":" in name or "\0" in name:
            raise HengjianError("文件内部有指向外部的路径，可能被动过手脚，不予接收；请重新制作后上传。")


def _check_unpacked(members: list[ZipInfo], limits: Limits) -> None:
    total = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    bomb = total > 10 * _MEGABYTE and total / packed > limits.ratio
    if total > limits.unpacked or bomb:
        raise HengjianError(f"文件解压后有 {_mb(total)}，超出处理范围，不予接收；请拆分或重新制作后上传。")


def check_xml(data: bytes) -> None:
    """Refuse markup that office programs never write: document types, entities, odd encodings.

    Reads every part once; meant to run in the child process.
    """
    try:
        with ZipFile(BytesIO(data)) as package:
            for member in package.infolist():
                if member.filename.lower().endswith((".xml", ".rels")):
                    _check_markup(package.read(member))
    except (BadZipFile, ValueError, NotImplementedError, OSError, EOFError, RuntimeError):
        raise HengjianError("文件已损坏，请在 WPS 或 Office 中打开并另存后再上传。") from None


def _check_markup(xml: bytes) -> None:
    found = _ENCODING.match(xml)
    strange = found is not None and found.group(1).lower() not in (b"utf-8", b"utf8", b"us-ascii")
    if strange or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\0" in xml[:4096]:
        raise HengjianError("文件内部有不正常的标记，可能被动过手脚，不予接收；请另存为新文件后再上传。")


def _mb(size: int) -> str:
    return f"{size / _MEGABYTE:.0f} MB" if size >= _MEGABYTE else f"{size / 1024:.0f} KB"
