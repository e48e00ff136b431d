"""Entering a matter once, for all responsible units; adding units, closing, withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.once import known, once
from hengjian.apps.matters import rules
from hengjian.apps.matters.models import Assignment, Matter
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError


@act("matters.matter.record", "登记督办事项")
def record_matter(
    actor: Actor,
    installation: Installation,
    *,
    kind: str,
    title: str,
    happened_at: datetime,
    units: Iterable[Unit],
    client_key: str,
    document: str = "",
    summary: str = "",
    long_term: bool = False,
) -> Matter:
    """One entry, a set of clocks for each responsible unit. The same ``client_key`` records once."""
    actor.require(Right.REGISTER_MANAGE, installation.unit_id)
    if (earlier := known(Matter.objects.all(), client_key, installation=installation)) is not None:
        log(earlier, repeated=True)
        return earlier
    pack = pack_for(installation, actor.at)
    if kind not in {term.key for term in rules.kinds(pack)}:
        labels = "、".join(term.label for term in rules.kinds(pack)) or "本制度没有这类规定"
        raise HengjianError(f"请选择事项的来源：{labels}。")
    rules.duty_of(pack, kind, happened_at)
    if not title.strip():
        raise HengjianError("请写明事项。")
    if happened_at > actor.at:
        raise HengjianError("召开（下发）时间晚于现在，请核对；还没有发生的，到时再登记。")
    values = {
        "installation": installation,
        "kind": kind,
        "title": title.strip(),
        "document": document.strip(),
        "happened_at": happened_at,
        "summary": summary.strip(),
        "long_term": long_term,
        "recorded_by": actor.person,
        "recorded_at": actor.at,
    }
    matter, new = once(Matter.objects.all(), client_key, values, "installation")
    if new:
        made = _assign(actor, matter, units)
        log(matter, kind=kind, document=document, happened_at=happened_at, units=made, long_term=long_term)
    return matter


@act("matters.matter.add_units", "增加责任单位")
def add_units(actor: Actor, matter: Matter, *, units: Iterable[Unit]) -> Matter:
    row = _take(actor, matter)
    log(row, units=_assign(actor, row, units))
    return row


@act("matters.matter.withdraw", "撤销督办事项")
def withdraw_matter(actor: Actor, matter: Matter, *, reason: str) -> Matter:
    """Entered by mistake: its clocks stop, what was reported stays readable."""
    row = _take(actor, matter)
    if not reason.strip():
        raise HengjianError("请写明撤销的理由。")
    row.withdrawn_at, row.withdrawn_reason = actor.at, reason.strip()[:200]
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    log(row, reason=reason)
    return row


@act("matters.assignment.close", "办结督办事项")
def close(actor: Actor, assignment: Assignment, *, reason: str) -> Assignment:
    """The office expects nothing more of this unit."""
    _take(actor, assignment.matter)
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if row.closed_at is not None:
        raise HengjianError("这个单位已经办结，请刷新页面。")
    if not reason.strip():
        raise HengjianError("请写明办结的说明。")
    row.closed_at, row.closed_reason = actor.at, reason.strip()[:200]
    row.save(update_fields=["closed_at", "closed_reason"])
    log(row.matter, unit_name=str(row.unit), reason=reason)
    return row


def _take(actor: Actor, matter: Matter) -> Matter:
    row = Matter.objects.select_for_update().get(pk=matter.pk)
    actor.require(Right.REGISTER_MANAGE, row.installation.unit_id)
    if row.withdrawn_at is not None:
        raise HengjianError("这个事项已经撤销，不能再办理。")
    return row


def _assign(actor: Actor, matter: Matter, units: Iterable[Unit]) -> int:
    """New responsible units; those already there are left alone. Their inboxes tell them."""
    listed = list(dict.fromkeys(units))
    below = set(matter.installation.unit.descendants(include_self=True).values_list("pk", flat=True))
    if not listed:
        raise HengjianError("请至少选择一个责任单位。")
    if any(unit.pk not in below for unit in listed):
        raise HengjianError("责任单位须是本单位所属的单位，请重新选择。")
    there = set(matter.assignments.values_list("unit_id", flat=True))
    new = [unit for unit in listed if unit.pk not in there]
    Assignment.objects.bulk_create(Assignment(matter=matter, unit=u, assigned_at=actor.at) for u in new)
    return len(new)
