"""Before a form is shown: the right, then the state, then the turn. The act asks all of it again."""

from __future__ import annotations

from hengjian.apps.bulletins.items.context import Opened
from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.states import VERBS, Verb, check
from hengjian.apps.org.access import Denied, deny
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

LEAVE_LANE = "leave-lane"  # a return of its own kind
# verbs that change no state
NOT_OF_A_STATE = {"exclude": Right.ITEM_EDIT, "include": Right.ITEM_EDIT}


def may_do(opened: Opened, name: str, *, asking: bool) -> None:
    """Denied without a right for the verb in the item's department; when only ``asking`` for the form, also
    refused when the item's state or somebody else's turn forbids it (after a POST the act says that better)."""
    actor, item = opened.actor, opened.item
    if name in NOT_OF_A_STATE:
        actor.require(NOT_OF_A_STATE[name], item.unit_id)
        return
    verb = Verb.RETURN if name == LEAVE_LANE else Verb(name.replace("-", "_"))
    rights = VERBS[verb].rights
    if not actor.has_any(rights, item.unit_id) and not (verb is Verb.WAY_OUT and opened.can.ways):
        deny(rights[0])
    if not asking:
        return
    check(item, verb)
    if verb not in opened.can:
        raise Denied(f"“{VERBS[verb].label}”现在不由您办理，请打开这条信息，看看办到哪一步、等谁办。")


def may_report(opened: Opened) -> None:
    """Stages belong to the emergency lane and to those who report in it."""
    opened.actor.require(Right.EMERGENCY_REPORT, opened.item.unit_id)
    if opened.item.lane != Item.Lane.EMERGENCY:
        raise HengjianError("分阶段报告只用于紧急通道的信息；一般信息请修改后重新报送。")


def may_record_call(opened: Opened) -> None:
    if not opened.actor.has(Right.EMERGENCY_RECEIVE, opened.item.unit_id):
        opened.actor.require(Right.EMERGENCY_REPORT, opened.item.unit_id)
