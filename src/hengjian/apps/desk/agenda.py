"""The agenda assembles itself: open problems, indicators under target, overdue promises, what waits for a decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from hengjian.apps.desk.models import Decision, Meeting, Ticket
from hengjian.apps.desk.queries import OVERLOOKED, waited
from hengjian.apps.desk.states import OPEN
from hengjian.apps.indicators.models import Card, Explanation, KpiNotice, Target
from hengjian.apps.indicators.queries import latest, report_of
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.models import Unit
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.kpi import Status

PROBLEM, RULE, NOTICE = "problem", "rule", "notice"


@dataclass(frozen=True, slots=True)
class Topic:
    topic: str
    title: str
    detail: str = ""
    source: str = ""
    unit: Unit | None = None


def collected(scene: Scene, meeting: Meeting) -> list[Topic]:
    """Everything that waits, in the order a meeting takes it."""
    return [
        *_tickets(scene),
        *_under_target(scene),
        *_promises(scene, meeting),
        *_proposals(scene),
        *_notices(scene),
    ]


def _tickets(scene: Scene) -> Iterator[Topic]:
    """Handed up, proposals and opinions, and what has been open too long."""
    old = scene.actor.at - OVERLOOKED
    wanted = Q(for_meeting=True) | Q(kind__in=("opinion", "proposal")) | Q(raised_at__lt=old)
    found = Ticket.objects.filter(wanted, installation=scene.installation, state__in=OPEN)
    for ticket in found.select_related("unit").order_by("-for_meeting", "raised_at"):
        detail = f"{ticket.body[:300]}（{ticket.number}，已 {waited(ticket, scene.actor.at)}）"
        yield Topic(PROBLEM, ticket.title, detail, f"ticket:{ticket.pk}", ticket.unit)


def _under_target(scene: Scene) -> Iterator[Topic]:
    period = latest(scene)
    report = report_of(scene, period)
    for result in report.whole:
        rows = [r for r in report.results if r.indicator == result.indicator and r.status is Status.MISSED]
        if result.status is not Status.MISSED and not rows:
            continue
        title = scene.by_key[result.indicator].title
        units = "、".join(r.unit for r in rows)
        detail = result.note + (f"未达标的有{units}。" if units else "")
        lead = next(iter(scene.leads(scene.by_key[result.indicator])), None)
        source = f"result:{result.indicator}:{period}"
        told = "未达标" if result.status is Status.MISSED else "有单位未达标"
        yield Topic(PROBLEM, f"{period.label}{title}{told}", detail, source, lead)


def _promises(scene: Scene, meeting: Meeting) -> Iterator[Topic]:
    today = to_local(scene.actor.at).date()
    overdue = Decision.objects.filter(
        meeting__installation=scene.installation, done_at=None, due_on__lt=today
    )
    for decision in overdue.exclude(meeting=meeting).select_related("unit", "meeting"):
        detail = f"{decision.meeting}议定由{decision.unit}于 {decision.due_on} 前办结，至今没有办结。"
        yield Topic(PROBLEM, f"逾期事项：{decision.text}", detail, f"decision:{decision.pk}", decision.unit)
    promised = Explanation.objects.filter(installation=scene.installation, promised_on__lt=today)
    for row in promised.exclude(state=Explanation.State.REPORTED).select_related("unit"):
        measure = scene.by_key.get(row.indicator)
        title = f"{row.unit}承诺的{measure.title if measure else row.indicator}达标"
        detail = f"{Period.parse(row.period).label}的说明承诺 {row.promised_on} 前达标，请报告进展。"
        yield Topic(PROBLEM, title, detail, f"explanation:{row.pk}", row.unit)


def _proposals(scene: Scene) -> Iterator[Topic]:
    for target in Target.objects.filter(installation=scene.installation, state=Target.State.PROPOSED):
        title = scene.by_key[target.indicator].title if target.indicator in scene.by_key else target.indicator
        change = "停用" if target.value is None else f"调到 {target.value.normalize():f}"
        detail = f"拟自 {target.since} 起{change}：{target.reason}"
        yield Topic(RULE, f"{title}考核标准调整", detail, f"target:{target.pk}")
    for card in Card.objects.filter(installation=scene.installation, state=Card.State.DRAFT):
        title = scene.by_key[card.indicator].title if card.indicator in scene.by_key else card.indicator
        detail = f"分子：{card.numerator}；分母：{card.denominator}；时点：{card.cutoff}。"
        yield Topic(RULE, f"{title}指标口径", detail, f"card:{card.pk}")


def _notices(scene: Scene) -> Iterator[Topic]:
    waiting = (KpiNotice.State.DRAFT, KpiNotice.State.SUBMITTED)
    for notice in KpiNotice.objects.filter(installation=scene.installation, state__in=waiting):
        yield Topic(NOTICE, f"审议《{notice.title}》", "", f"kpinotice:{notice.pk}")
