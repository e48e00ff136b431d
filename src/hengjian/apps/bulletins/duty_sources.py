"""What commissions and reporting to the outside put into the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from hengjian.apps.bulletins.commissions import queries as commissions
from hengjian.apps.bulletins.drafts import planned_classes
from hengjian.apps.bulletins.models import Commission, Item
from hengjian.apps.bulletins.outward.queries import waiting_to_leave
from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import source
from hengjian.apps.org.roles import Right
from hengjian.base.times import to_local
from hengjian.policy.clauses.duty import Remind

S = Commission.State
ASKED_FOR = timedelta(days=60)
"""How long the inbox asks for the result of an event that is over."""


@source
def commissioned(look: Look) -> Iterator[DutyRow]:
    """The office: give out. The department: answer, then write by the node. The limit is the same for both."""
    governed = {g.installation.pk: g for g in look.governed}
    rows = commissions.visible_commissions(look.actor).filter(
        installation__in=governed, state__in=(S.OPEN, S.ASSIGNED, S.ACCEPTED, S.DECLINED)
    )
    held = {grant.unit_id for grant in look.actor.grants if Right.ITEM_FILE in grant.rights}
    for row in rows.order_by():  # the inbox has its own order
        step = _step(look, row, held)
        if step and commissions.handed_in(row) is None:
            yield _row(look, governed[row.installation_id], row, step)


def _step(look: Look, row: Commission, held: set[int]) -> str:
    if row.state in (S.OPEN, S.DECLINED):
        return "分配给业务部门" if look.actor.has(Right.ITEM_EDIT, row.installation.unit_id) else ""
    if row.unit_id not in held:
        return ""
    return "答复是否承办" if row.state == S.ASSIGNED else "撰写、登记稿件并报送"


def _row(look: Look, governed: Governed, row: Commission, step: str) -> DutyRow:
    duty = commissions.duty_of(governed.pack)
    return look.row(
        key=f"commission:{row.pk}:{row.state}",
        kind="约稿",
        title=f"{row.source}约稿：{row.title}",
        url=reverse("bulletins:commission", args=[row.pk]),
        next_step=step,
        unit=str(row.unit or ""),
        article=duty.articles[0] if duty else "",
        clause=governed.pack.full_id(duty) if duty else "",
        due=to_local(row.due_at),
        remind=duty.remind if duty else Remind(),
    )


@source
def to_send(look: Look) -> Iterator[DutyRow]:
    for row in waiting_to_leave(look.actor):
        yield DutyRow(
            key=f"dispatch:{row.pk}",
            kind="对外报送",
            title=str(row),
            url=reverse("bulletins:dispatch", args=[row.pk]),
            next_step="报出并登记",
            unit=str(row.unit),
        )


@source
def supplements(look: Look) -> Iterator[DutyRow]:
    """What was reported before an event asks for its result afterwards; the text names no limit."""
    held = {grant.unit_id for grant in look.actor.grants if Right.ITEM_WRITE in grant.rights}
    for governed in look.governed:
        if not held or not planned_classes(governed.pack):
            continue
        over = Item.objects.filter(
            installation=governed.installation,
            unit__in=held,
            planned_at__lte=look.now,
            planned_at__gt=look.now - ASKED_FOR,
            filed_at__isnull=False,
            completes=None,
            completions=None,
        )
        for item in over.select_related("unit").order_by("planned_at", "pk"):
            yield DutyRow(
                key=f"supplement:{item.pk}",
                kind="补报成效",
                title=item.title,
                url=f"{reverse('bulletins:new')}?completes={item.pk}&unit={item.unit_id}",
                next_step="补报成效，与事前报送的合算一篇",
                unit=str(item.unit),
            )
