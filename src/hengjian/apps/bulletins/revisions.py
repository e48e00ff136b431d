"""A snapshot at every hand-over, so that each wrong figure can be traced to the hand that brought it in."""

from __future__ import annotations

from hengjian.apps.bulletins.models import Item, Revision
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit

STAGES = {
    "submit": "部门报送",
    "review": "审核改稿",
    "office": "编辑改稿",
    "report": "紧急首报",
    "supplement": "补充报告",
    "edition": "刊印",
}


def latest(item: Item) -> Revision | None:
    return item.revisions.order_by("-n").first()


def snapshot(actor: Actor, item: Item, stage: str, *, unit: Unit | None = None, note: str = "") -> Revision:
    """Keep the text as it is handed over. An unchanged text gets no second copy: the last one is returned."""
    last = latest(item)
    if last is not None and (last.title, last.body) == (item.title, item.body):
        return last
    return Revision.objects.create(
        item=item,
        n=last.n + 1 if last else 1,
        title=item.title,
        body=item.body,
        stage=stage,
        made_by=actor.person,
        made_by_unit=unit or (actor.person.unit if actor.person else item.unit),
        made_at=actor.at,
        note=note[:200],
    )


def stage_label(stage: str) -> str:
    return STAGES.get(stage, stage)
