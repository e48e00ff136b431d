"""What of a notice a reader may see. Where items are not to be published, their titles stay with those who read all."""

from __future__ import annotations

from typing import Any

from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.points.models import Notice

Json = dict[str, Any]


def content_for(actor: Actor, notice: Notice) -> Json:
    """The frozen content, without the tables of items where the clause keeps them back from this reader."""
    content: Json = notice.content
    reads_all = actor.has(Right.POINTS_READ_ALL, notice.period.installation.unit_id)
    if reads_all or content.get("publish_items", True):
        return content
    return {**content, "sections": [s for s in content["sections"] if s["of"] != "items"], "unallocated": []}
