"""What this app puts into the inbox: explanations, figures not reported, notices to make, targets to decide."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import source
from hengjian.apps.indicators import queries, shifts
from hengjian.apps.indicators.models import Card, Explanation, Feed, KpiNotice, Target
from hengjian.apps.indicators.who import Scene, has_measures
from hengjian.apps.org.roles import Right
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import start_of_day
from hengjian.clocks.lengths import add_months
from hengjian.policy.clauses.duty import IssueDuty

State = Explanation.State


def scenes(look: Look) -> Iterator[tuple[Governed, Scene]]:
    for governed in look.governed:
        if has_measures(governed.installation.pack):
            yield governed, Scene(governed.installation, look.actor)


@source
def explanations(look: Look) -> Iterator[DutyRow]:
    for _, scene in scenes(look):
        found = queries.visible_explanations(scene)
        mine = found.filter(
            state__in=(State.DUE, State.RETURNED), unit_id__in=scene.seated(Right.KPI_EXPLAIN)
        )
        for row in mine:
            step = (
                "写明原因和措施，提交领导小组办公室"
                if row.state == State.DUE
                else f"按意见补充：{row.opinion}"
            )
            yield _explanation(look, scene, row, "情况说明", step)
        if scene.manages:
            for row in found.filter(state=State.SUBMITTED):
                yield _explanation(look, scene, row, "情况说明审阅", "审阅，属实的报领导小组")


def _explanation(look: Look, scene: Scene, row: Explanation, kind: str, step: str) -> DutyRow:
    measure = scene.by_key.get(row.indicator)
    return look.row(
        key=f"explanation:{row.pk}:{row.state}",
        kind=kind,
        title=f"{Period.parse(row.period).label}{measure.title if measure else row.indicator}：{row.fact}",
        url=address("indicators:explanation", row.pk),
        next_step=step,
        unit=str(row.unit),
        article=row.article,
    )


@source
def figures(look: Look) -> Iterator[DutyRow]:
    """Last month's figures of the own unit that are not there; a hint where the text names no day."""
    for governed, scene in scenes(look):
        period = Period.of(look.today, PeriodKind.MONTH).previous()
        mine = scene.seated(Right.KPI_REPORT)
        if not mine or period.first < governed.started.replace(day=1):
            continue
        there = set(queries.standing(scene).filter(period=str(period)).values_list("indicator", "unit_id"))
        for unit in (u for u in scene.units if u.pk in mine):
            missing = [
                m
                for m in scene.measures
                if (m.indicator, unit.pk) not in there and unit in scene.responsible(m)
            ]
            if missing:
                yield look.row(
                    key=f"figures:{unit.pk}:{period}",
                    kind="指标填报",
                    title=f"{period.label}还有 {len(missing)} 项指标没有报数：{'、'.join(m.title for m in missing[:4])}",
                    url=address("indicators:board"),
                    next_step="填报，或者等上级通报导入",
                    unit=str(unit),
                    article=missing[0].articles[0],
                )


@source
def notices(look: Look) -> Iterator[DutyRow]:
    for governed, scene in scenes(look):
        if scene.manages:
            yield from _to_prepare(look, governed, scene)
            yield from _to_decide(look, scene)
            yield from _to_feed(look, governed, scene)
            yield from _to_recount(look, governed, scene)


def _to_feed(look: Look, governed: Governed, scene: Scene) -> Iterator[DutyRow]:
    """The leads wait for the figures of the period just over, once there are any."""
    for duty in (d for d in governed.duties(IssueDuty) if d.produces == "data"):
        period = Period.of(look.today, duty.per).previous()
        rows = {"installation": scene.installation, "period": str(period)}
        if period.end <= governed.started or Feed.objects.filter(**rows).exists():
            continue
        if queries.standing(scene).filter(period=str(period)).exists():
            yield look.row(
                key=f"kpifeed:{period}",
                kind="提供数据",
                title=f"{duty.title}（{period.label}）",
                url=address("indicators:leads"),
                next_step="核对以后向各牵头部门提供",
                unit=str(governed.office),
                article=duty.articles[0],
                due=start_of_day(add_months(period.end, 1)),
                inclusive=False,
            )


def _to_recount(look: Look, governed: Governed, scene: Scene) -> Iterator[DutyRow]:
    """Records of a later version say otherwise than figures that stand."""
    moved = shifts.outstanding(scene).count()
    if moved:
        yield look.row(
            key=f"kpishift:{scene.installation.pk}",
            kind="指标核对",
            title=f"案件数据更新后，有 {moved} 个指标数据算出来不同",
            url=address("indicators:records"),
            next_step="核对以后重算，写明理由",
            unit=str(governed.office),
        )


def _to_prepare(look: Look, governed: Governed, scene: Scene) -> Iterator[DutyRow]:
    """The monthly, half-yearly and yearly notices nobody has published yet, for the period just over."""
    rules = [
        r
        for r in scene.pack.clauses_of("notice", look.today)
        if any(s.of == "indicators" for s in r.sections)
    ]
    duties = {(duty.per, duty.produces): duty for duty in governed.duties(IssueDuty)}
    for rule in rules:
        period = Period.of(look.today, rule.per).previous()
        if period.end <= governed.started:
            continue
        clause = scene.pack.full_id(rule)
        done = (KpiNotice.State.PUBLISHED, KpiNotice.State.SUBMITTED)
        made = KpiNotice.objects.filter(
            installation=scene.installation, clause=clause, period=str(period), state__in=done
        )
        if made.exists():
            continue
        duty = duties.get((rule.per, "notice"))
        due = start_of_day(add_months(period.end, 1)) if duty else None
        yield look.row(
            key=f"kpinotice:{clause}:{period}",
            kind="应用通报",
            title=f"{rule.title}（{period.label}）",
            url=address("indicators:notices"),
            next_step="核对数据后拟制、送审、印发",
            unit=str(governed.office),
            article=rule.articles[0],
            due=due,
            inclusive=False,
        )


def _to_decide(look: Look, scene: Scene) -> Iterator[DutyRow]:
    targets = Target.objects.filter(installation=scene.installation, state=Target.State.PROPOSED)
    cards = Card.objects.filter(installation=scene.installation, state=Card.State.DRAFT)
    open_rows: list[tuple[str, Target | Card]] = [("考核标准审议", t) for t in targets]
    open_rows += [("口径卡确定", c) for c in cards]
    for kind, row in open_rows:
        measure = scene.by_key.get(row.indicator)
        yield look.row(
            key=f"{row._meta.model_name}:{row.pk}",
            kind=kind,
            title=measure.title if measure else row.indicator,
            url=address("indicators:indicator", row.indicator),
            next_step="提交例会审议后登记结果",
            article=measure.articles[0] if measure else "",
        )
