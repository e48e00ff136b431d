"""Recording and withdrawing facts: the two ways in which anything that counts comes about or goes away."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from hengjian.apps.audit.acting import act, called, log
from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.models import Fact
from hengjian.apps.bulletins.once import known, once
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack


def counting(pack: Pack) -> QuerySet[Fact]:
    """The facts that count as ``pack`` is read: those that stand.

    Where a kind of item counts from its submission (``counts_from: submission``), what the office sent back counts
    too, from the first time; filed again it is not counted twice.
    """
    kinds = [term.key for term in words.terms(pack, "kind") if term.attrs.get("counts_from") == "submission"]
    if not kinds:
        return Fact.objects.standing()
    returned = Fact.objects.filter(withdraws=OuterRef("pk"), cause="returned")
    again = Fact.objects.filter(
        kind="submit", item=OuterRef("item"), unit=OuterRef("unit"), pk__lt=OuterRef("pk"), withdraws=None,
        withdrawn_by__cause="returned",
    )  # fmt: skip
    of_kind = Q(kind="submit", item__form__in=kinds)
    withdrawn = Exists(Fact.objects.filter(withdraws=OuterRef("pk")))
    first = of_kind & Q(Exists(returned)) & ~Q(Exists(again))
    standing = ~Q(withdrawn) & ~(of_kind & Q(Exists(again)))
    return Fact.objects.filter(Q(withdraws=None) & (first | standing))


@act("bulletins.fact.record", "登记事实")
def record_fact(
    actor: Actor,
    /,
    *,
    installation: Installation,
    kind: str,
    happened_at: datetime,
    client_key: str = "",
    **fields: Any,
) -> Fact:
    """Write a fact once: the same ``client_key`` again gives the fact already there.

    Rights are the caller's to check: an act that ends in a fact knows which right it needs.
    """
    key = client_key or uuid4().hex
    values = {"installation": installation, "kind": kind, "item": None, **fields}
    same = {name: values[name] for name in ("installation", "kind", "item")}
    if (earlier := known(Fact.objects.all(), key, **same)) is not None:
        log(earlier, repeated=True)
        return earlier
    if happened_at > actor.at:
        raise HengjianError("发生时间晚于现在，请核对日期和时间。")
    values |= {"happened_at": happened_at, "recorded_at": actor.at, "recorded_by": actor.person}
    fact, new = once(Fact.objects.all(), key, values, *same)
    if not new:
        log(fact, repeated=True)
        return fact
    log(fact, label=_label(fact), kind=kind, happened_at=happened_at, fields=_plain(fields))
    return fact


@act("bulletins.fact.withdraw", "撤销事实")
def withdraw_fact(actor: Actor, fact: Fact, *, reason: str, cause: str = "error") -> Fact:
    """Take a fact back by a new fact that points at it; the first stays readable. Withdrawing twice is refused."""
    if fact.withdraws_id is not None:
        raise HengjianError("撤销记录本身不能再撤销；需要恢复时请重新登记。")
    locked = Fact.objects.select_for_update().get(pk=fact.pk)
    if hasattr(locked, "withdrawn_by"):
        raise HengjianError("这条事实已经撤销，请刷新页面查看。")
    if not reason.strip():
        raise HengjianError("请写明撤销的理由。")
    withdrawal = Fact.objects.create(
        installation=locked.installation,
        kind=locked.kind,
        item=locked.item,
        unit=locked.unit,
        value=locked.value,
        happened_at=actor.at,
        recorded_at=actor.at,
        recorded_by=actor.person,
        withdraws=locked,
        cause=cause,
        note=reason.strip(),
        client_key=f"withdraw-{locked.pk}",
    )
    log(locked, label=_label(locked), reason=reason, cause=cause)
    return withdrawal


def _label(fact: Fact) -> str:
    of = fact.item or fact.unit
    return f"{fact.kind} {fact.value} {called(of) if of else ''}".replace("  ", " ").strip()


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """What the log keeps of a fact's fields: objects by name and number."""
    return {
        k: f"{called(v)}（{v.pk}）" if isinstance(v, Model) else v
        for k, v in fields.items()
        if v not in ("", None)
    }
