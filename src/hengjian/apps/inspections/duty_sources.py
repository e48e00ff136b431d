"""What inspections put into the inbox: declare, arrive, answer, reply, decide, rectify. Limits only where they were set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import personal, source
from hengjian.apps.inspections import access
from hengjian.apps.inspections.care.lines import REVIEW, courts_directly_below, period_of, quota
from hengjian.apps.inspections.care.staffing import staff_of
from hengjian.apps.inspections.models import (
    AccessReview,
    Finding,
    Inspection,
    Request,
    ReviewLine,
    Spread,
    TeamMember,
)
from hengjian.apps.inspections.words import FLOW, INTENT, RECTIFY, installation_for
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.times import start_of_day

NO_LIMIT = "未规定"


def _due(day: date | None) -> datetime | None:
    return start_of_day(day + timedelta(days=1)) if day else None


def _article(look: Look, clause: str) -> str:
    installation = installation_for(look.actor)
    return pack_for(installation, look.now).clause(clause).articles[0] if installation else ""


@personal
def team(look: Look) -> Iterator[DutyRow]:
    """Named but not declared; ordered but not there."""
    if look.actor.person is None:
        return
    states = (Inspection.State.PLANNED, Inspection.State.ORDERED)
    rows = TeamMember.objects.filter(
        person=look.actor.person, removed_at=None, inspection__state__in=states
    ).select_related("inspection__plan", "inspection__court")
    for member in rows.order_by():
        inspection = member.inspection
        if member.declared_at is None:
            step = "声明有没有应当回避的情形"
        elif inspection.state == Inspection.State.ORDERED and member.arrived_at is None:
            step = "到场签到"
        else:
            continue
        yield look.row(
            key=f"inspection:{inspection.pk}:{step}",
            kind="检查",
            title=str(inspection),
            url=address("inspections:inspection", inspection.pk),
            next_step=step,
            unit=str(inspection.court),
            article=_article(look, FLOW),
        )


@source
def letters(look: Look) -> Iterator[DutyRow]:
    own = access.answering_units(look.actor)
    if not own:
        return
    rows = Request.objects.filter(unit__in=own, state=Request.State.ISSUED)
    for row in rows.select_related("unit").order_by():
        yield look.row(
            key=f"inquiry:{row.pk}",
            kind="检查查询书",
            title=str(row),
            url=address("inspections:request", row.pk),
            next_step="如实答复，提供资料",
            unit=str(row.unit),
            article=_article(look, FLOW),
            due=_due(row.due_on),
            inclusive=False,
            remaining="" if row.due_on else NO_LIMIT,
        )


@source
def problems(look: Look) -> Iterator[DutyRow]:
    own = access.answering_units(look.actor)
    if not own:
        return
    rows = Finding.objects.filter(
        unit__in=own, state=Finding.State.HANDED, inspection__state=Inspection.State.REPLYING
    )
    for row in rows.select_related("unit").order_by():
        yield look.row(
            key=f"problem:{row.pk}",
            kind="检查问题",
            title=row.title,
            url=address("inspections:finding", row.pk),
            next_step="代表部门答复",
            unit=str(row.unit),
            article=_article(look, FLOW),
            remaining=NO_LIMIT,
        )


@personal
def accusations(look: Look) -> Iterator[DutyRow]:
    """The person's own word, and each inspector's own view."""
    person = look.actor.person
    if person is None:
        return
    mine = Finding.objects.filter(person=person, intent=Finding.Intent.REPLY)
    for row in mine.exclude(state=Finding.State.DRAFT).select_related("unit").order_by():
        yield _intent(look, row, "就检查组的认定作出答复")
    team = TeamMember.objects.filter(person=person, removed_at=None, conflict="").exclude(declared_at=None)
    wanted = Finding.objects.filter(
        intent=Finding.Intent.VIEWS, inspection__in=team.values("inspection_id")
    ).exclude(views__person=person)
    at_work = (Inspection.State.UNDERWAY, Inspection.State.REPLYING)
    for row in wanted.filter(inspection__state__in=at_work).select_related("unit").order_by():
        yield _intent(look, row, "独立作出认定")


def _intent(look: Look, row: Finding, step: str) -> DutyRow:
    return look.row(
        key=f"intent:{row.pk}:{step}",
        kind="认定",
        title=row.title,
        url=address("inspections:finding", row.pk),
        next_step=step,
        unit=str(row.unit),
        article=_article(look, INTENT),
        remaining=NO_LIMIT,
    )


@source
def practices(look: Look) -> Iterator[DutyRow]:
    own = access.seated(look.actor, Right.INSPECT_MANAGE)
    if not own:
        return
    rows = Spread.objects.filter(court__in=own, read_at=None).select_related("practice", "court")
    for row in rows:
        yield look.row(
            key=f"spread:{row.pk}",
            kind="推广做法",
            title=row.practice.title,
            url=address("inspections:practices"),
            next_step="签收，写明采用情况",
            unit=str(row.court),
            article=_article(look, RECTIFY),
            remaining=NO_LIMIT,
        )


@source
def unstaffed(look: Look) -> Iterator[DutyRow]:
    """Nobody in the statistics seats is there today: for the court's own head, and the statistics office above."""
    installation = installation_for(look.actor)
    leads = access.seated(look.actor, Right.INSPECT_READ)
    if installation is None or not leads:
        return
    pack = pack_for(installation, look.now)
    mine = list(Unit.objects.filter(pk__in=leads, kind=Unit.Kind.COURT))
    below = [court for one in mine for court in courts_directly_below(one, look.today)]
    courts = {court.pk: court for court in (*mine, *below)}
    for staff in staff_of(courts.values(), pack, look.now):
        if staff.away:
            yield look.row(
                key=f"unstaffed:{staff.court.pk}:{look.today}",
                kind="统计人员",
                title=f"{staff.court}的司法统计人员 A 角、B 角都不在岗",
                url=address("inspections:responsibility"),
                next_step="安排人员值守",
                unit=str(staff.court),
                article=staff.article,
                remaining="今天",
            )


@source
def reviews(look: Look) -> Iterator[DutyRow]:
    """The review of this period, where the court has not begun or finished it; seats that are to be ended."""
    installation = installation_for(look.actor)
    own = access.seated(look.actor, Right.INSPECT_MANAGE)
    if installation is None or not own:
        return
    pack = pack_for(installation, look.now)
    duty, period = quota(pack, REVIEW), period_of(pack, look.today)
    finished = AccessReview.objects.filter(house__in=own, period=str(period)).exclude(closed_at=None)
    done = set(finished.values_list("house_id", flat=True))
    for court in Unit.objects.filter(pk__in=own, kind=Unit.Kind.COURT).exclude(pk__in=done):
        yield look.row(
            key=f"review:{court.pk}:{period!s}",
            kind="权限复核",
            title=f"{duty.title}（{period.label}）",
            url=address("inspections:reviews"),
            next_step="逐个岗位确认保留或者收回",
            unit=str(court),
            article=duty.articles[0],
            due=_due(period.last),
            inclusive=False,
            remind=duty.remind,
        )


@source
def seats_to_end(look: Look) -> Iterator[DutyRow]:
    """What a review found should go, for the security administrator."""
    reach = look.actor.units(Right.POST_GRANT)
    if not reach:
        return
    rows = ReviewLine.objects.filter(
        review__house__in=reach, decision=ReviewLine.Decision.REVOKE, appointment__valid_to=None
    )
    for row in rows.select_related("review__house"):
        yield look.row(
            key=f"seat:{row.pk}",
            kind="权限复核",
            title=f"应当收回：{row}",
            url=address("inspections:review", row.review_id),
            next_step="办理卸任",
            unit=str(row.review.house),
            remaining=NO_LIMIT,
        )
