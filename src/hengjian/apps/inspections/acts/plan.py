"""Plan an inspection: mode, time, courts (named or drawn); one inspection a court."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.numbering import draw as draw_number
from hengjian.apps.inspections import words
from hengjian.apps.inspections.access import require_manager, seated
from hengjian.apps.inspections.acts.taking import need, put, take_inspection
from hengjian.apps.inspections.models import Inspection, Plan
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.casedata import sampling


@dataclass(frozen=True, slots=True)
class PlanText:
    title: str
    mode: str
    purpose: str
    starts_on: date
    ends_on: date
    seed: str = ""
    count: int = 0


@act("inspections.plan.make", "拟定检查计划")
def make_plan(
    actor: Actor,
    installation: Installation,
    *,
    house: Unit,
    text: PlanText,
    courts: Sequence[Unit],
    client_key: str,
) -> Plan:
    """``courts``: those to be inspected, or with a mode that draws, those to draw from."""
    if not actor.system and house.pk not in seated(actor, Right.INSPECT_MANAGE):
        raise Denied(f"{house}的检查由{house}的司法统计人员组织，您的岗位没有这项权限。")
    known = Plan.objects.filter(client_key=client_key).first()
    if known is not None:
        log(known, repeated=True)
        return known
    mode = words.term(words.pack_of(installation, actor.at), "inspection_mode", text.mode)
    if text.ends_on < text.starts_on:
        raise HengjianError("结束日期早于开始日期，请更正。")
    _within(house, courts)
    plan = Plan(
        installation=installation, house=house, client_key=client_key, title=need(text.title, "名称"), mode=mode.key,
        purpose=need(text.purpose, "目的和依据"), starts_on=text.starts_on, ends_on=text.ends_on,
        made_by=actor.person, made_at=actor.at,
    )  # fmt: skip
    chosen = list(courts)
    if mode.attrs.get("drawn"):
        chosen = _drawn(plan, courts, text)
    if mode.attrs.get("only_own") and any(court.pk != house.pk for court in chosen):
        raise HengjianError(f"“{mode.label}”只检查本院，请只选{house}。", article=mode.article)
    plan.save()
    for court in chosen:
        Inspection.objects.create(
            plan=plan, installation=installation, court=court, year=text.starts_on.year,
            number=draw_number(installation, f"insp:{house.pk}", text.starts_on.year),
        )  # fmt: skip
    log(plan, unit=house.pk, mode=mode.key, courts=[court.pk for court in chosen], seed=plan.seed)
    return plan


def _within(house: Unit, courts: Sequence[Unit]) -> None:
    if not courts:
        raise HengjianError("请选择被检查的法院。")
    below = set(house.descendants(include_self=True).values_list("pk", flat=True))
    for court in courts:
        if court.kind != Unit.Kind.COURT or court.pk not in below:
            raise HengjianError(f"“{court}”不是{house}或者它下级的法院，不能列入检查。")


def _drawn(plan: Plan, courts: Sequence[Unit], text: PlanText) -> list[Unit]:
    """Drawn by digest of seed and code, so that anybody can draw the same again."""
    if not 0 < text.count <= len(courts):
        raise HengjianError(f"请写抽取几个法院，在 1 到 {len(courts)} 之间。")
    by_code = {court.code: court for court in courts}
    sample = sampling.draw([(code, "") for code in by_code], text.seed, Decimal(0), at_least=text.count)
    plan.seed, plan.population = text.seed.strip(), sorted(by_code)
    plan.drawn = [one.key for one in sample.drawn]
    return [by_code[key] for key in plan.drawn]


def drawn_again(plan: Plan) -> bool:
    """Whether a second draw gives the same courts."""
    sample = sampling.draw(
        [(code, "") for code in plan.population], plan.seed, Decimal(0), at_least=len(plan.drawn)
    )
    return bool([one.key for one in sample.drawn] == plan.drawn)


@act("inspections.scope", "确定检查范围")
def set_scope(
    actor: Actor,
    inspection: Inspection,
    *,
    version: int | None = None,
    units: Sequence[Unit],
    cases: str = "",
    sample: str = "",
) -> Inspection:
    """Which departments, which cases (case sets in words, one a line) or which sample."""
    row = take_inspection(inspection, "scope", version)
    require_manager(actor, row.plan)
    for unit in units:
        if house_of(unit).pk != row.court_id:
            raise HengjianError(f"“{unit}”不在{row.court}，不能列入本次检查。")
    if not units:
        raise HengjianError("请至少选择一个被检查部门。")
    row.units.set(units)
    row.cases, row.sample = cases.strip(), sample.strip()
    put(row, unit=row.court_id, units=[u.pk for u in units], cases=row.cases[:200], sample=row.sample)
    return row


@act("inspections.cancel", "取消检查")
def cancel(actor: Actor, inspection: Inspection, *, version: int | None = None, reason: str) -> Inspection:
    row = take_inspection(inspection, "cancel", version)
    require_manager(actor, row.plan)
    row.reason, row.state, row.ended_at = need(reason, "取消的理由"), Inspection.State.CANCELLED, actor.at
    from hengjian.apps.inspections import seats

    for member in row.team.filter(removed_at=None).select_related("seat"):
        seats.take_back(actor, member)
    put(row, unit=row.court_id, reason=row.reason)
    return row
