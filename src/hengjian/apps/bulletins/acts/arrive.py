"""An item that came by a channel outside the system: filed on behalf of its department, to be confirmed by the office."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import filing, flows, rounds
from hengjian.apps.bulletins.acts.submit import FIELDS
from hengjian.apps.bulletins.checking import refuse_blocked
from hengjian.apps.bulletins.drafts import ItemDraft, check_importance, completed
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.once import known, once
from hengjian.apps.bulletins.revisions import snapshot
from hengjian.apps.bulletins.states import Verb, check, move
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy.clauses.flow import WayOut

CONFIRM = "核实来源并签收"


@act("bulletins.item.arrive", "代为登记报送")
def arrive(
    actor: Actor,
    *,
    installation: Installation,
    unit: Unit,
    draft: ItemDraft,
    client_key: str,
    channel: str,
    arrived_at: datetime,
) -> Item:
    """File what reached the office by ``channel`` at ``arrived_at``. Author and approval are unconfirmed: every
    step of the department's review is waived with that reason, and the office's receipt is the confirmation."""
    actor.require(Right.ITEM_EDIT, unit)
    if (earlier := known(Item.objects.all(), client_key, unit=unit)) is not None:
        log(earlier, repeated=True)
        return earlier
    if arrived_at > actor.at:
        raise HengjianError("收到时间晚于现在，请核对日期和时间。")
    pack = pack_for(installation, actor.at)
    values = completed(draft, pack)
    check_importance(values, pack)
    values |= {"installation": installation, "unit": unit, "created_by": None}
    values |= {"created_at": actor.at, "changed_at": actor.at}
    item, _ = once(Item.objects.all(), client_key, values, "unit")
    refuse_blocked(item, pack, actor.at)
    flow = flows.flow_for(pack, item, to_local(arrived_at).date())
    revision = snapshot(actor, item, "submit", unit=unit)
    reason = f"由{channel}收到，部门的审阅由办公室核实"
    way = WayOut(key="channel", title=channel, used_by=("editor",))
    rounds.start(actor, item, pack, flow, revision, way, reason)
    item.approval_waived = reason[:200]
    filing.file(actor, item, pack, flow, revision, arrived_at=arrived_at, label=CONFIRM)
    move(item, Verb.SUBMIT, Item.State.FILED)
    put(item, actor.at, *FIELDS)
    log(
        item,
        title=item.title,
        number=item.number,
        channel=channel,
        arrived_at=arrived_at,
        unit_name=str(unit),
    )
    return item


@act("bulletins.item.misplace", "撤销代为登记")
def misplace(actor: Actor, item: Item, *, reason: str) -> Item:
    """It was filed for the wrong department: out of the count, as an error of the office and not of anybody else."""
    actor.require(Right.ITEM_EDIT, item.unit)
    item = take(item, None)
    check(item, Verb.CANCEL)
    if item.state != Item.State.FILED:
        raise HengjianError("这条信息已经签收，请先撤销签收。")
    filing.take_back(actor, item, reason=reason, cause="error")
    rounds.void_open(item)
    item.filed_at = None
    move(item, Verb.CANCEL, Item.State.CANCELLED)
    put(item, actor.at, *FIELDS)
    log(item, after=item.state, reason=reason)
    return item
