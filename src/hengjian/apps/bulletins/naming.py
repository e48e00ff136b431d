"""What an item is called where its title may not stand: in the log, which the auditor reads, and in mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.models import Attachment, Grade, Item, Revision
from hengjian.apps.regs.queries import loaded


def is_closed(item: Item) -> bool:
    """Sensitive, or of an outlet with an audience of its own."""
    return item.grade == Grade.SENSITIVE or item.outlet in words.restricted_outlets(
        loaded(item.installation.pack)
    )


def name_in_log(item: Item) -> str:
    """The title, or for a closed item its number: who keeps the log need not know what it says."""
    if not is_closed(item):
        return item.title
    return f"受限信息 {item.number or f'（未编号，第 {item.pk} 号稿）'}"


def file_in_log(file: Attachment) -> str:
    return file.name if not is_closed(file.item) else f"{name_in_log(file.item)}的附件 {file.pk}"


def revision_in_log(revision: Revision) -> str:
    return f"{name_in_log(revision.item)}（第{revision.n}稿）"


IN_LOG: dict[type[Model], Callable[[Any], str]] = {
    Item: name_in_log,
    Attachment: file_in_log,
    Revision: revision_in_log,
}
