"""The version for the public portal: counts and points, no title unless the clause allows it and the item is public."""

from __future__ import annotations

from typing import Any

from hengjian.apps.bulletins.models import Grade, Item
from hengjian.apps.points.models import Notice
from hengjian.apps.points.printing import at_large, day_of, opening
from hengjian.apps.points.tables import section_table
from hengjian.documents import Block, Heading, Kind, OfficialDocument, Paragraph, Signature

Json = dict[str, Any]
OPEN = ("units", "duties")


def portal_document(notice: Notice) -> OfficialDocument:
    """What outsiders may read of a notice."""
    content: Json = notice.content
    day = day_of(notice)
    blocks: list[Block] = [Paragraph(opening(notice, content)), Paragraph(at_large(content))]
    for section in _sections(content):
        blocks += [Heading(1, section["title"]), section_table(section, content["unit_word"])]
    return OfficialDocument(
        kind=Kind.DOCUMENT,
        masthead=(content["court"],),
        number=notice.number,
        title=notice.title,
        issued_on=day,
        blocks=tuple(blocks),
        signatures=(Signature(content["court"], day, sealed=False),),
        disclosure="主动公开",
        author=content["court"],
    )


def _sections(content: Json) -> list[Json]:
    found = [s for s in content["sections"] if s["of"] in OPEN]
    if content.get("publish_items", True):
        found += [_cleared(s) for s in content["sections"] if s["of"] == "items"]
    return found


def _cleared(section: Json) -> Json:
    """Only items whose grade is public keep their row."""
    ids = [row["id"] for row in section["rows"]]
    public = set(Item.objects.filter(pk__in=ids, grade=Grade.PUBLIC).values_list("pk", flat=True))
    return {**section, "rows": [row for row in section["rows"] if row["id"] in public]}
