"""Ask that an item be reported to the outside: by the office, or directly where the regulation leaves a way."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.carrying import refusal
from hengjian.apps.bulletins.models import Dispatch, Item
from hengjian.apps.bulletins.once import known, once
from hengjian.apps.bulletins.outward.naming import name
from hengjian.apps.bulletins.outward.rules import flow_of, outlet_for, way_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack

NOT_YET = (Item.State.DRAFT, Item.State.CANCELLED)


@act("bulletins.dispatch.propose", "提请对外报送")
def propose(
    actor: Actor,
    item: Item,
    *,
    recipient: str,
    audience: Iterable[str] = (),
    way_out: str = "",
    reason: str = "",
    client_key: str,
) -> Dispatch:
    """The office proposes what it received; a department names the exception and why. The flow clause decides who agrees.

    Whoever proposes in a seat the first step asks for has given that signature by proposing.
    """
    pack = pack_for(item.installation, actor.at)
    flow = flow_of(pack, actor.at)
    unit = _reporting_unit(actor, item, way_out)
    if (earlier := known(Dispatch.objects.all(), client_key, item=item)) is not None:
        log(earlier, repeated=True)
        return earlier
    if way_out:
        way_of(actor, flow, way_out, item)
    outlet = outlet_for(pack, item, way_out)
    _check(pack, item, outlet, way_out, recipient, audience)
    values = {
        "installation": item.installation,
        "item": item,
        "way_out": way_out,
        "outlet": outlet,
        "audience": list(audience),
        "recipient": recipient.strip()[:100],
        "reason": reason.strip()[:300],
        "unit": unit,
        "proposed_at": actor.at,
        "proposed_by": actor.person,
    }
    dispatch, new = once(Dispatch.objects.all(), client_key, values, "item")
    if new:
        _begin(actor, dispatch, pack.full_id(flow).split("/", 1)[1])
    log(
        dispatch,
        label=name(dispatch),
        way_out=way_out,
        reason=reason,
        audience=list(audience),
        repeated=not new,
    )
    return dispatch


def _begin(actor: Actor, dispatch: Dispatch, clause: str) -> None:
    running.begin(
        actor,
        dispatch,
        dispatch.installation,
        clause,
        unit=dispatch.item.unit if dispatch.way_out else dispatch.unit,
        title=f"对外报送：{name(dispatch)}",
        url=reverse("bulletins:dispatch", args=[dispatch.pk]),
        way_out=dispatch.way_out,
        reason=dispatch.reason,
        by_hand=None if dispatch.way_out else "拟上报。",
    )


def _reporting_unit(actor: Actor, item: Item, way_out: str) -> Unit:
    if way_out:
        actor.require(Right.ITEM_FILE, item.unit)
        return item.unit
    actor.require(Right.ITEM_EDIT, item.installation.unit_id)
    return item.installation.competent_unit or item.installation.unit


def _check(
    pack: Pack, item: Item, outlet: str, way_out: str, recipient: str, audience: Iterable[str]
) -> None:
    if item.state in NOT_YET or (not way_out and item.state != Item.State.RECEIVED):
        needed = "报送" if way_out else "签收"
        raise HengjianError(f"《{item.title}》现在是“{item.get_state_display()}”，{needed}以后才能对外报送。")
    if not recipient.strip():
        raise HengjianError("请填写收件单位。")
    if refused := refusal(pack, outlet, item.grade):
        raise HengjianError(refused)
    fitting = words.attr(pack, "outlet", outlet, "audience") or ()
    wrong = [key for key in audience if fitting and key not in fitting]
    if wrong:
        raise HengjianError(
            f"“{words.label(pack, 'audience', wrong[0])}”不是这个去处的报送对象，请重新选择。"
        )
