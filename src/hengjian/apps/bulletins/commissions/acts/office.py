"""What the office does: enter a commission, give it to a department, take it back."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.bulletins.commissions.locking import put, take
from hengjian.apps.bulletins.models import Commission
from hengjian.apps.bulletins.numbering import draw
from hengjian.apps.bulletins.once import known, once
from hengjian.apps.bulletins.people import holders
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

State = Commission.State


@act("bulletins.commission.register", "登记约稿")
def register(
    actor: Actor,
    *,
    installation: Installation,
    source: str,
    title: str,
    brief: str = "",
    category: str = "",
    asked_at: datetime,
    due_at: datetime,
    client_key: str,
) -> Commission:
    """Who asked for what until when. Which department writes it is the next act."""
    actor.require(Right.ITEM_EDIT, installation.unit_id)
    if (earlier := known(Commission.objects.all(), client_key, installation=installation)) is not None:
        log(earlier, repeated=True)
        return earlier
    if not source.strip() or not title.strip():
        raise HengjianError("请填写约稿单位和题目。")
    if due_at <= asked_at:
        raise HengjianError("节点应在约稿时间之后，请核对日期。")
    if asked_at > actor.at:
        raise HengjianError("约稿时间晚于现在，请核对。")
    if category:
        pack_for(installation, actor.at).term("category", category)
    year = to_local(actor.at).year
    values = {
        "installation": installation,
        "number": f"约{year}-{draw(installation, 'commission', year):03}",
        "source": source.strip()[:100],
        "title": title.strip()[:200],
        "brief": brief.strip(),
        "category": category,
        "asked_at": asked_at,
        "due_at": due_at,
        "created_at": actor.at,
        "created_by": actor.person,
    }
    row, new = once(Commission.objects.all(), client_key, values, "installation")
    log(row, source=source, due_at=due_at, repeated=not new)
    return row


@act("bulletins.commission.assign", "分配约稿")
def assign(actor: Actor, commission: Commission, *, unit: Unit, version: int | None = None) -> Commission:
    """To a department of the house; also again, when the first declined."""
    actor.require(Right.ITEM_EDIT, commission.installation.unit_id)
    row = take(commission, version)
    if row.state not in (State.OPEN, State.ASSIGNED, State.DECLINED):
        raise HengjianError(
            f"这件约稿现在是“{row.get_state_display()}”，不能再分配；需要换部门时请先取消承办。"
        )
    below = row.installation.unit.descendants(include_self=False)
    if not below.filter(pk=unit.pk).exists():
        raise HengjianError(f"{unit}不是本单位的部门，请重新选择。")
    before = row.unit_id
    row.unit, row.state, row.assigned_at = unit, State.ASSIGNED, actor.at
    row.answered_at, row.answered_by, row.reason = None, None, ""
    put(row)
    notify.tell(
        holders(["dept_head", "liaison"], unit, actor.at),
        f"commission:{row.pk}:{row.version}",
        f"约稿：{row.title}",
        f"{row.source}约稿，节点 {to_local(row.due_at):%Y年%m月%d日 %H:%M}，请答复是否承办："
        f"{reverse('bulletins:commission', args=[row.pk])}",
        actor.at,
    )
    log(row, before=before, unit=unit.pk)
    return row


@act("bulletins.commission.cancel", "取消约稿")
def cancel(actor: Actor, commission: Commission, *, reason: str, version: int | None = None) -> Commission:
    actor.require(Right.ITEM_EDIT, commission.installation.unit_id)
    row = take(commission, version)
    if row.state == State.CANCELLED:
        raise HengjianError("这件约稿已经取消。")
    if not reason.strip():
        raise HengjianError("请写明取消的理由，例如上级已撤回。")
    before, row.state, row.reason = row.state, State.CANCELLED, reason.strip()[:300]
    put(row)
    log(row, before=before, reason=reason)
    return row
