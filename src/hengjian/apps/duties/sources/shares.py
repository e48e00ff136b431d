"""Shares of points: a department names its authors, each confirms the own share, the head signs."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef

from hengjian.apps.bulletins.models import Authorship, Item, ItemUnit
from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import personal, source
from hengjian.apps.org.roles import Right
from hengjian.apps.points.words import points_word

MOST = 30
SHOWN = ("item__title", "item__number", "unit__name", "unit__short_name", "item_id",
         "item__unit__name", "item__unit__short_name")  # fmt: skip
"""Sorted by hundreds: only what a row says of them."""
HANDED_OVER = (Item.State.FILED, Item.State.RECEIVED)


@source
def shares_to_fill(look: Look) -> Iterator[DutyRow]:
    """A department that wrote together with another names its own authors: nobody else can."""
    writing = {grant.unit_id for grant in look.actor.grants if Right.SHARE_WRITE in grant.rights}
    counted = [g.installation.pk for g in look.governed if writing and points_word(g.pack)]
    if not counted:
        return
    named = Authorship.objects.filter(item=OuterRef("item"), unit=OuterRef("unit"))
    joined = ItemUnit.objects.filter(
        unit__in=writing, item__state__in=HANDED_OVER, item__installation__in=counted
    )
    nameless = joined.exclude(Exists(named)).select_related("item__unit", "unit").only(*SHOWN)
    for partner in nameless.order_by("-item__filed_at", "-pk")[:MOST]:
        yield DutyRow(
            key=f"authors:{partner.item_id}:{partner.unit_id}",
            kind="份额填报",
            title=f"与{partner.item.unit}合写的信息：{partner.item.title}",
            url=address("bulletins:shares", partner.item_id, partner.unit_id),
            next_step="填写本部门作者和份额，没有作者的分记不到个人",
            unit=str(partner.unit),
            mail_title=f"合写信息的作者（{partner.item.number}）",
        )


@personal
def own_shares(look: Look) -> Iterator[DutyRow]:
    """Several authors of one department: each confirms the own share."""
    if look.actor.person is None:
        return
    own = Authorship.objects.filter(person=look.actor.person, confirmed_at=None, item__state__in=HANDED_OVER)
    mates = Authorship.objects.filter(item=OuterRef("item"), unit=OuterRef("unit")).exclude(pk=OuterRef("pk"))
    several = own.filter(Exists(mates)).select_related("item", "unit").only(*SHOWN[:5])
    for share in several.order_by("-item__filed_at", "-pk")[:MOST]:
        yield DutyRow(
            key=f"share:{share.pk}",
            kind="份额确认",
            title=f"合写信息的份额：{share.item.title}",
            url=address("bulletins:item", share.item_id),
            next_step="确认自己的份额；有异议的请信息员调整",
            unit=str(share.unit),
            mail_title=f"合写信息的份额（{share.item.number}）",
        )


@source
def shares_to_sign(look: Look) -> Iterator[DutyRow]:
    """When all have confirmed, the head signs."""
    signing = {grant.unit_id for grant in look.actor.grants if Right.SHARE_SIGN in grant.rights}
    if not signing:
        return
    unsigned = Authorship.objects.filter(unit__in=signing, signed_at=None, item__state__in=HANDED_OVER)
    ready = (
        unsigned.values("item_id", "item__title", "item__number", "unit_id", "unit__name")
        .annotate(authors=Count("pk"), confirmed=Count("confirmed_at"))
        .filter(authors__gt=1, authors=F("confirmed"))
        .order_by("-item_id")
    )
    for row in ready[:MOST]:
        yield DutyRow(
            key=f"sign:{row['item_id']}:{row['unit_id']}",
            kind="份额审定",
            title=f"合写信息的份额：{row['item__title']}",
            url=address("bulletins:shares", row["item_id"], row["unit_id"]),
            next_step="审定",
            unit=row["unit__name"],
            mail_title=f"合写信息的份额（{row['item__number']}）",
        )
