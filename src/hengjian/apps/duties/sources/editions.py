"""Bulletins and notices that must come out, and faults that must be answered and decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from hengjian.apps.bulletins.desk.deciding import may_decide
from hengjian.apps.bulletins.models import Edition, FaultCase
from hengjian.apps.bulletins.notify import name_for_mail
from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import source
from hengjian.apps.org.roles import Right
from hengjian.base.times import start_of_day
from hengjian.policy.clauses.duty import IssueDuty

AHEAD = timedelta(days=14)


@source
def editions(look: Look) -> Iterator[DutyRow]:
    for governed in look.governed:
        if not look.actor.has(Right.EDITION_MANAGE, governed.installation.unit_id):
            continue
        duties = {duty.series: duty for duty in governed.duties(IssueDuty) if duty.series}
        waiting = (Edition.State.PLANNED, Edition.State.COMPOSING)
        found = Edition.objects.filter(
            installation=governed.installation, state__in=waiting, due_on__lte=look.today + AHEAD
        )
        for edition in found.order_by("due_on", "pk"):
            duty = duties.get(edition.series)
            yield look.row(
                key=f"edition:{edition.pk}",
                kind="刊物编发",
                title=str(edition),
                url=address("bulletins:compose", edition.pk),
                next_step="选稿编排并印发，或说明停编理由",
                unit=str(governed.office),
                article=duty.articles[0] if duty else "",
                clause=governed.pack.full_id(duty) if duty else "",
                due=start_of_day(edition.due_on + timedelta(days=1)),
                inclusive=False,
                remind=duty.remind if duty else None,
            )


@source
def faults(look: Look) -> Iterator[DutyRow]:
    """The department may answer; who decides sees the answer."""
    packs = {governed.installation.pk: governed.pack for governed in look.governed}
    own = {grant.unit_id for grant in look.actor.grants if Right.ITEM_FILE in grant.rights}
    cases = FaultCase.objects.filter(state=FaultCase.State.PROPOSED, installation__in=packs)
    # the inbox has its own order
    for case in cases.select_related("item", "unit", "installation").defer("item__body").order_by():
        pack = packs[case.installation_id]
        term = next((t for t in pack.vocabulary("fault") if t.key == case.kind), None)
        shared: dict[str, Any] = {
            "url": address("bulletins:fault", case.pk),
            "unit": str(case.unit),
            "article": term.article or "" if term else "",
            "mail_title": f"{term.label if term else '差错'}：{name_for_mail(case.item, pack) if case.item else case.about}",
        }
        title = f"{term.label if term else case.kind}：{case.about}"
        if may_decide(look.actor, case, pack):
            told = "部门已申辩，" if case.replied_at else ""
            yield DutyRow(
                key=f"fault:{case.pk}", kind="差错认定", title=title, next_step=f"{told}请认定", **shared
            )
        elif case.unit_id in own and case.replied_at is None:
            yield DutyRow(
                key=f"fault:{case.pk}:reply",
                kind="差错申辩",
                title=title,
                next_step="核对；有异议的在认定前申辩",
                **shared,
            )
