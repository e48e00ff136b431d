"""What comes back from outside: adoption by other publications, instructions of leaders."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.audit.acting import act, called, log
from hengjian.apps.bulletins.facts import record_fact, withdraw_fact
from hengjian.apps.bulletins.models import Attachment, Fact, Item
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError


@act("bulletins.adoption.record", "登记采用")
def record_adoption(
    actor: Actor,
    item: Item,
    *,
    tier: str,
    publication: str,
    happened_at: datetime,
    note: str = "",
    carrier: str = "",
    evidence: Attachment | None = None,
    client_key: str = "",
) -> Fact:
    """An item was printed by a publication of ``tier``; ``carrier`` is the kind of publication, where the pack lists them."""
    actor.require(Right.FACT_RECORD, item.installation.unit_id)
    pack = pack_for(item.installation, actor.at)
    pack.term("tier", tier)
    if carrier:
        pack.term("publication", carrier)
    if not publication.strip():
        raise HengjianError("请写明采用的刊物名称，以后核对要用。")
    _filed(item)
    fact = record_fact(
        actor,
        installation=item.installation,
        kind="adopt",
        value=tier,
        item=item,
        publication=publication.strip(),
        carrier=carrier,
        note=note,
        evidence=evidence,
        happened_at=happened_at,
        client_key=client_key,
    )
    log(fact, label=f"{publication} 采用{called(item)}")
    return fact


@act("bulletins.instruction.record", "登记批示")
def record_instruction(
    actor: Actor,
    item: Item,
    *,
    level: str,
    system: str,
    leader: str,
    happened_at: datetime,
    note: str = "",
    evidence: Attachment | None = None,
    client_key: str = "",
) -> Fact:
    """A leader wrote an instruction on an item; level and system are recorded, never inferred from the rank."""
    actor.require(Right.FACT_RECORD, item.installation.unit_id)
    pack = pack_for(item.installation, actor.at)
    pack.term("instruction_level", level)
    pack.term("system", system)
    if not leader.strip():
        raise HengjianError("请写明批示人（职务），以后核对要用。")
    _filed(item)
    fact = record_fact(
        actor,
        installation=item.installation,
        kind="instruct",
        value=level,
        system=system,
        item=item,
        publication=leader.strip(),
        note=note,
        evidence=evidence,
        happened_at=happened_at,
        client_key=client_key,
    )
    log(fact, label=f"{leader} 批示{called(item)}")
    return fact


@act("bulletins.outside.withdraw", "撤销采用或批示的登记")
def withdraw_recorded(actor: Actor, fact: Fact, *, reason: str) -> Fact:
    actor.require(Right.FACT_RECORD, fact.installation.unit_id)
    if fact.edition_id is not None:
        raise HengjianError("这条采用来自本单位刊物的印发，要撤销请撤回该期刊物。")
    if fact.kind not in {"adopt", "instruct"}:
        raise HengjianError("这里只能撤销采用和批示的登记；差错请在差错认定中撤销。")
    withdrawal = withdraw_fact(actor, fact, reason=reason)
    log(fact, reason=reason)
    return withdrawal


def _filed(item: Item) -> None:
    if item.state in {Item.State.DRAFT, Item.State.CANCELLED}:
        raise HengjianError(f"{called(item)}还没有报送（{item.get_state_display()}），不能登记采用或批示。")
