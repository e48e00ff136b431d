"""What was done well: praised, sent to other courts, which say what they made of it."""

from __future__ import annotations

from collections.abc import Sequence

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.bulletins.people import holders
from hengjian.apps.inspections.access import manages, membership, require_manager
from hengjian.apps.inspections.acts.taking import need, take, take_inspection
from hengjian.apps.inspections.models import Inspection, Practice, Spread
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError


@act("inspections.practice.record", "登记好的做法")
def record(actor: Actor, inspection: Inspection, *, unit: Unit, title: str, text: str) -> Practice:
    row = take_inspection(inspection, "praise")
    if not (actor.system or membership(actor, row) or manages(actor, row.plan)):
        raise Denied("由检查组或者组织检查的司法统计人员登记。")
    if house_of(unit).pk != row.court_id:
        raise HengjianError(f"“{unit}”不在{row.court}，请核对。")
    made = Practice.objects.create(
        inspection=row, unit=unit, title=need(title, "做法"), text=need(text, "内容和成效"), by=actor.person, at=actor.at
    )  # fmt: skip
    log(made, unit=unit.pk)
    return made


@act("inspections.practice.spread", "推广好的做法")
def spread(actor: Actor, practice: Practice, *, courts: Sequence[Unit]) -> list[Spread]:
    """To courts below; each is told once."""
    row = take(practice)
    plan = row.inspection.plan
    require_manager(actor, plan)
    below = set(plan.house.descendants(include_self=True).values_list("pk", flat=True))
    if not courts:
        raise HengjianError("请选择推广到哪些法院。")
    for court in courts:
        if court.kind != Unit.Kind.COURT or court.pk not in below:
            raise HengjianError(f"“{court}”不是{plan.house}或者它下级的法院。")
    known = set(row.spreads.values_list("court_id", flat=True))
    made = [
        Spread.objects.create(practice=row, court=court, told_at=actor.at)
        for court in courts
        if court.pk not in known
    ]
    for one in made:
        notify.tell(
            holders(["statistics", "high_statistics"], one.court, actor.at),
            f"spread:{one.pk}",
            f"推广做法：{row.title}",
            "请登录衡鉴签收，并写明采用情况。",
            actor.at,
        )
    log(row, unit=row.unit_id, courts=[one.court_id for one in made])
    return made


@act("inspections.practice.acknowledge", "签收推广的做法")
def acknowledge(actor: Actor, sent: Spread, *, note: str = "") -> Spread:
    row = take(sent)
    own = {grant.unit_id for grant in actor.grants if Right.INSPECT_MANAGE in grant.rights}
    if not actor.system and row.court_id not in own:
        raise Denied(f"由{row.court}的司法统计人员签收。")
    row.read_at, row.read_by, row.note = row.read_at or actor.at, actor.person, note.strip()
    row.save()
    log(row, unit=row.court_id, note=row.note)
    return row
