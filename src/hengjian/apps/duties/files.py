"""Files attached to a register: size and kind are limited, the name is only ever shown, never used as a path."""

from __future__ import annotations

from pathlib import PurePath

from django.conf import settings
from django.core.files.base import File

from hengjian.base.errors import HengjianError

# first bytes that must agree with the ending
KINDS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".doc": (b"\xd0\xcf\x11\xe0",),
    ".xls": (b"\xd0\xcf\x11\xe0",),
    ".wps": (b"\xd0\xcf\x11\xe0",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG",),
}


def check_file(file: File[bytes]) -> None:
    """HengjianError when the file is empty, too big, of a kind not accepted, or not what its name says."""
    ending = PurePath(file.name or "").suffix.lower()
    if ending not in KINDS:
        raise HengjianError(
            f"不接受“{ending or '没有扩展名'}”文件，请上传 {'、'.join(k[1:] for k in KINDS)} 文件。"
        )
    if not file.size:
        raise HengjianError("文件是空的，请重新选择。")
    if file.size > settings.ATTACHMENT_MAX_BYTES:
        most = settings.ATTACHMENT_MAX_BYTES // 1024 // 1024
        raise HengjianError(f"文件超过 {most} MB，请压缩或拆分后再上传。")
    head = file.read(8)
    file.seek(0)
    if not head.startswith(KINDS[ending]):
        raise HengjianError("文件内容与扩展名不符，请用原来的软件另存后再上传。")
