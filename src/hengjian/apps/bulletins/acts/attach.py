"""Files of an item: checked for size and true kind, kept outside the web root under a random name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.db import transaction

from hengjian.apps.audit.acting import act, called, log
from hengjian.apps.bulletins.locking import take
from hengjian.apps.bulletins.models import Attachment, Item
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

MOST = 20  # files of an item
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:\"|?*]")


def _text(head: bytes) -> bool:
    return b"\0" not in head


@dataclass(frozen=True, slots=True)
class Kind:
    media_type: str
    begins: tuple[bytes, ...] = ()
    test: Callable[[bytes], bool] | None = None

    def fits(self, head: bytes) -> bool:
        return any(head.startswith(magic) for magic in self.begins) or bool(self.test and self.test(head))


_ZIP, _OLE = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, Kind] = {
    ".pdf": Kind("application/pdf", (b"%PDF-",)),
    ".docx": Kind(_OFFICE + "wordprocessingml.document", _ZIP),
    ".xlsx": Kind(_OFFICE + "spreadsheetml.sheet", _ZIP),
    ".pptx": Kind(_OFFICE + "presentationml.presentation", _ZIP),
    ".ofd": Kind("application/ofd", _ZIP),
    ".doc": Kind("application/msword", _OLE),
    ".xls": Kind("application/vnd.ms-excel", _OLE),
    ".wps": Kind("application/vnd.ms-works", _OLE),
    ".et": Kind("application/vnd.ms-excel", _OLE),
    ".jpg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    ".png": Kind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".txt": Kind("text/plain", test=_text),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that may be kept: the name as shown, its ending and kind, what it holds."""

    name: str
    ending: str
    media_type: str
    digest: str


def checked(name: str, content: File) -> Paper:  # type: ignore[type-arg]
    """HengjianError names what is wrong with the file: its kind, its size, or that it is not what it says."""
    shown = safe_name(name)
    ending, kind = _kind(shown, content)
    return Paper(shown, ending, kind.media_type, _digest(content))


@act("bulletins.attachment.add", "添加附件")
def attach(actor: Actor, item: Item, *, name: str, content: File) -> Attachment:  # type: ignore[type-arg]
    """The department while it writes (in the emergency lane also later), the office at any time."""
    item = take(item, None)
    _require(actor, item)
    paper = checked(name, content)
    if item.attachments.count() >= MOST:
        raise HengjianError(f"一条信息最多 {MOST} 个附件，请先删去不需要的。")
    known = item.attachments.filter(sha256=paper.digest).first()
    if known is not None:
        log(item, attachment=called(known), repeated=True)
        return known
    content.seek(0)
    made = Attachment(item=item, name=paper.name, media_type=paper.media_type, size=content.size)
    made.sha256, made.added_by, made.added_at = paper.digest, actor.person, actor.at
    made.file.save(f"{uuid4().hex}{paper.ending}", content, save=False)
    made.save()
    log(item, attachment=called(made), size=content.size, sha256=paper.digest)
    return made


@act("bulletins.attachment.remove", "删除附件")
def remove(actor: Actor, attachment: Attachment) -> None:
    """Only while the item is being written; evidence of a fact stays."""
    item = take(attachment.item, None)
    if item.state not in (Item.State.DRAFT, Item.State.RETURNED):
        raise HengjianError("报送以后的附件不能删除，可以补充新的附件。")
    actor.require(Right.ITEM_WRITE, item.unit)
    if attachment.facts.exists():
        raise HengjianError("这个附件是登记事实的凭证，不能删除。")
    storage, path = attachment.file.storage, str(attachment.file.name)
    log(item, attachment=called(attachment), sha256=attachment.sha256)
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(path))


@act("bulletins.attachment.download", "下载附件")
def download(actor: Actor, attachment: Attachment) -> Attachment:
    """Who took which file, for the access log; the right to read the item was checked by the caller."""
    log(attachment.item, attachment=called(attachment), sha256=attachment.sha256)
    return attachment


def safe_name(name: str) -> str:
    """The last part of the path, without signs that mislead or break.

    >>> safe_name("..\\\\..\\\\etc/报告.pdf")
    '报告.pdf'
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = _UNSAFE.sub("", last).strip(". ")
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:150]}{dot}{ending[:10]}" if dot else clean[:150]


def _kind(name: str, content: File) -> tuple[str, Kind]:  # type: ignore[type-arg]
    ending = PurePosixPath(name).suffix.lower()
    kind = KINDS.get(ending)
    if kind is None:
        raise HengjianError(f"不能上传“{ending or name}”类型的文件；可以上传：{'、'.join(KINDS)}。")
    if not content.size:
        raise HengjianError("文件是空的，请重新选择。")
    if content.size > settings.ATTACHMENT_MAX_BYTES:
        most = settings.ATTACHMENT_MAX_BYTES // (1024 * 1024)
        raise HengjianError(f"文件超过 {most} MB，请压缩或拆分后上传。")
    content.seek(0)
    if not kind.fits(content.read(512)):
        raise HengjianError(f"“{name}”的内容不是{ending}文件，请用原来的软件另存后再上传。")
    return ending, kind


def _digest(content: File) -> str:  # type: ignore[type-arg]
    content.seek(0)
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _require(actor: Actor, item: Item) -> None:
    if actor.has(Right.ITEM_EDIT, item.unit):
        return
    actor.require(Right.ITEM_WRITE, item.unit)
    writing = item.state in (Item.State.DRAFT, Item.State.RETURNED)
    if not writing and item.lane != Item.Lane.EMERGENCY:
        raise HengjianError("报送以后不能再加附件；需要补充的请收回修改，或请编辑代为添加。")
