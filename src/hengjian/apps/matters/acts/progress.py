"""A stage is answered by linking an item that was handed in; its own time of filing is what counts."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.states import WITH_THE_OFFICE
from hengjian.apps.matters import rules
from hengjian.apps.matters.models import Assignment, Progress
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError


@act("matters.progress.link", "以信息报告落实情况")
def link(actor: Actor, assignment: Assignment, *, stage: str, item: Item) -> Progress:
    """The unit itself or the office; linking the same item to the same stage again changes nothing."""
    _may(actor, assignment)
    matter = assignment.matter
    if matter.withdrawn_at is not None:
        raise HengjianError("这个事项已经撤销，不需要再报。")
    pack = pack_for(matter.installation, actor.at)
    known = rules.stages(pack, matter)
    if stage not in known:
        raise HengjianError(f"请选择报告的阶段：{'、'.join(known.values())}。")
    if item.unit_id != assignment.unit_id or item.installation_id != matter.installation_id:
        raise HengjianError("只能用责任单位自己报送的信息报告落实情况。")
    if item.state not in WITH_THE_OFFICE or item.filed_at is None:
        raise HengjianError(f"《{item.title}》还没有报送，请先报送，再来关联。")
    if item.filed_at < matter.happened_at:
        raise HengjianError(f"《{item.title}》在事项发生以前就已报送，不能作为落实情况。")
    row, made = Progress.objects.get_or_create(
        assignment=assignment, stage=stage, item=item, undone_at=None,
        defaults={"reported_at": item.filed_at, "linked_by": actor.person, "linked_at": actor.at},
    )  # fmt: skip
    log(matter, stage=stage, item=item.number, unit_name=str(assignment.unit), repeated=not made)
    return row


@act("matters.progress.undo", "取消落实情况的关联")
def undo(actor: Actor, progress: Progress, *, reason: str) -> Progress:
    _may(actor, progress.assignment)
    if not reason.strip():
        raise HengjianError("请写明取消的理由。")
    row = Progress.objects.select_for_update().get(pk=progress.pk)
    if row.undone_at is not None:
        raise HengjianError("这个关联已经取消，请刷新页面。")
    row.undone_at, row.undone_reason = actor.at, reason.strip()[:200]
    row.save(update_fields=["undone_at", "undone_reason"])
    log(row.assignment.matter, stage=row.stage, item=row.item.number, reason=reason)
    return row


def _may(actor: Actor, assignment: Assignment) -> None:
    if not actor.has(Right.REGISTER_MANAGE, assignment.unit_id):
        actor.require(Right.ITEM_FILE, assignment.unit_id)
