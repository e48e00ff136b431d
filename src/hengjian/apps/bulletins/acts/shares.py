"""Dividing an item's points inside a department: entered, confirmed by each author, signed by the head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.bulletins.locking import take
from hengjian.apps.bulletins.models import Authorship, Item
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError


@dataclass(frozen=True, slots=True)
class Share:
    person: Person
    weight: int


def shares_of(item: Item, unit: Unit) -> list[Authorship]:
    return list(item.authorships.filter(unit=unit).select_related("person", "signed_by"))


def seen_token(rows: Sequence[Authorship]) -> str:
    """Stands for the rows as they were read: a later writer must have seen them."""
    return ",".join(f"{row.person_id}*{row.weight}" for row in rows)


@act("bulletins.shares.set", "填写作者份额")
def set_shares(
    actor: Actor, item: Item, *, unit: Unit, shares: Sequence[Share], seen: str | None = None
) -> list[Authorship]:
    """Replace the authors of one department. Any change asks for every confirmation and the signature again."""
    actor.require(Right.SHARE_WRITE, unit)
    item = take(item, None)
    _check(item, unit, shares)
    old = shares_of(item, unit)
    if seen is not None and seen != seen_token(old):
        raise HengjianError(f"您打开之后，作者份额已改为：{_written(old)}。请核对后再提交。")
    new = [(share.person.pk, share.weight) for share in shares]
    if new == [(row.person_id, row.weight) for row in old]:
        raise HengjianError("作者和份额没有改动，不必保存。")
    item.authorships.filter(unit=unit).delete()
    rows = Authorship.objects.bulk_create(
        Authorship(item=item, unit=unit, person=share.person, weight=share.weight, position=place)
        for place, share in enumerate(shares)
    )
    pack = pack_for(item.installation, actor.at)
    notify.tell(
        [share.person for share in shares if share.person != actor.person],
        f"share:{item.pk}:{seen_token(rows)}",
        f"请确认份额：{notify.name_for_mail(item, pack)}",
        f"{unit}填写了作者份额：{_written(rows)}。{notify.link(item)}",
        actor.at,
    )
    log(item, unit=unit.pk, before=_written(old), after=_written(rows))
    return rows


@act("bulletins.shares.confirm", "作者确认份额")
def confirm_share(actor: Actor, item: Item, *, seen: str | None = None) -> Authorship:
    """The author agrees with the shares as they stand."""
    item = take(item, None)
    mine = item.authorships.filter(person=actor.person).select_related("unit", "person").first()
    if actor.person is None or mine is None:
        raise Denied("只有这条信息的作者本人可以确认自己的份额。")
    rows = shares_of(item, mine.unit)
    if seen is not None and seen != seen_token(rows):
        raise HengjianError(f"您打开之后，作者份额已改为：{_written(rows)}。请核对后再确认。")
    if mine.confirmed_at is not None:
        raise HengjianError("您已经确认过，不必重复。")
    mine.confirmed_at = actor.at
    mine.save(update_fields=["confirmed_at"])
    log(item, unit=mine.unit_id, shares=_written(rows))
    return mine


@act("bulletins.shares.sign", "部门审定份额")
def sign_shares(
    actor: Actor, item: Item, *, unit: Unit, reason: str = "", seen: str | None = None
) -> list[Authorship]:
    """The head signs once all authors have confirmed; without one of them only with a reason."""
    actor.require(Right.SHARE_SIGN, unit)
    item = take(item, None)
    rows = shares_of(item, unit)
    if not rows:
        raise HengjianError("还没有填写作者份额，请先填写。")
    if seen is not None and seen != seen_token(rows):
        raise HengjianError(f"您打开之后，作者份额已改为：{_written(rows)}。请核对后再审定。")
    waiting = "、".join(row.person.name for row in rows if row.confirmed_at is None)
    if waiting and not reason.strip():
        raise HengjianError(f"{waiting}还没有确认；本人确实不能确认的，请写明理由后审定。")
    item.authorships.filter(unit=unit).update(signed_by=actor.person, signed_at=actor.at)
    log(item, unit=unit.pk, shares=_written(rows), unconfirmed=waiting, reason=reason)
    return shares_of(item, unit)


def _check(item: Item, unit: Unit, shares: Sequence[Share]) -> None:
    if item.state == Item.State.CANCELLED:
        raise HengjianError("这条信息已经撤回，不能再分份额。")
    if unit.pk != item.unit_id and not item.partners.filter(unit=unit).exists():
        raise HengjianError(f"{unit}不是这条信息的报送或合作部门。")
    if not shares:
        raise HengjianError("请至少填写一名作者。")
    if len({share.person.pk for share in shares}) < len(shares):
        raise HengjianError("同一名作者填写了两次，请合并为一行。")
    for share in shares:
        if share.weight < 1:
            raise HengjianError(f"{share.person}的份额须是大于零的整数；没有份额的不要列为作者。")
        if share.person.unit_id != unit.pk:
            raise HengjianError(f"{share.person}不在{unit}，外部门的作者请由其所在部门填写。")


def _written(rows: Sequence[Authorship]) -> str:
    return "、".join(f"{row.person.name} {row.weight} 份" for row in rows) or "（无）"
