"""Evidence is an attachment of the item, added by the ordinary act (its limits and checks hold here too)."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from hengjian.apps.bulletins.models import Attachment, Item
from hengjian.apps.org.access import Actor


def keep_evidence(actor: Actor, item: Item, file: UploadedFile[Any] | None) -> Attachment | None:
    if file is None:
        return None
    from hengjian.apps.bulletins.acts.attach import attach

    return attach(actor, item, name=file.name or "", content=file)
