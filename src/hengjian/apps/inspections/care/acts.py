"""Record a duty done, review who holds which right, prepare and issue the yearly notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import File
from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course
from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.bulletins.numbering import draw
from hengjian.apps.bulletins.people import holders
from hengjian.apps.duties.files import check_file
from hengjian.apps.inspections import words
from hengjian.apps.inspections.acts.taking import need, put, take
from hengjian.apps.inspections.care import exam, lines
from hengjian.apps.inspections.care.access import records_for, require_keeper, reviews_in
from hengjian.apps.inspections.models import AccessReview, DutyRecord, ExamNotice, ReviewLine
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Appointment, Person, Unit
from hengjian.apps.org.queries import house_of, in_force
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError

Decision = ReviewLine.Decision


@act("inspections.duty.record", "登记职责清单佐证")
def record_duty(
    actor: Actor,
    installation: Installation,
    *,
    unit: Unit,
    line: str,
    happened_on: date,
    text: str,
    attendees: Sequence[Person] = (),
    file: File[bytes] | None = None,
) -> DutyRecord:
    """One thing done about one line of the unit's own list."""
    if not records_for(actor, unit):
        raise Denied(f"{unit}的职责清单由其负责人或者本院司法统计人员登记，您的岗位没有这项权限。")
    pack = pack_for(installation, actor.at)
    today = words.today(actor)
    found = next((one for one in lines.lines_for(unit, pack, today) if one.key == line), None)
    if found is None:
        raise HengjianError(f"{unit}的职责清单没有这一项，请从列表中选择。")
    if happened_on > today:
        raise HengjianError("日期在以后，请更正。", article=found.article)
    if file is not None:
        check_file(file)
    if line == lines.TRAINING and not attendees:
        raise HengjianError("培训请勾选参加的人员。", article=found.article)
    made = DutyRecord.objects.create(
        installation=installation, house=house_of(unit), unit=unit, line=line, happened_on=happened_on,
        text=need(text, "做了什么"), file=file or "", file_name=(file.name or "")[:200] if file else "",
        recorded_by=actor.person, recorded_at=actor.at,
    )  # fmt: skip
    made.attendees.set(attendees)
    log(made, unit=unit.pk, line=line, happened_on=happened_on, attendees=[p.pk for p in attendees])
    return made


@act("inspections.duty.withdraw", "撤销职责清单佐证")
def withdraw_duty(actor: Actor, record: DutyRecord, *, reason: str) -> DutyRecord:
    row = take(record)
    if not records_for(actor, row.unit):
        raise Denied(f"由{row.unit}的负责人或者本院司法统计人员撤销。")
    if row.withdrawn_at is not None:
        raise HengjianError("已经撤销。")
    row.withdrawn_at, row.withdrawn_why = actor.at, need(reason, "撤销的理由")
    row.save()
    log(row, unit=row.unit_id, reason=reason)
    return row


# access review


@act("inspections.review.open", "发起权限复核")
def open_review(actor: Actor, installation: Installation, *, house: Unit) -> AccessReview:
    """Everybody who sits on a post of the court or one of its departments, with the rights as they are today."""
    if not reviews_in(actor, house):
        raise Denied(f"由{house}的司法统计人员或者安全管理员复核。")
    period = lines.period_of(pack_for(installation, actor.at), words.today(actor))
    if AccessReview.objects.filter(house=house, period=str(period)).exists():
        raise HengjianError(f"{house}{period.label}的权限复核已经发起。")
    row = AccessReview.objects.create(
        installation=installation,
        house=house,
        period=str(period),
        opened_by=actor.person,
        opened_at=actor.at,
    )
    ReviewLine.objects.bulk_create(_lines(actor, row))
    log(row, unit=house.pk, period=str(period), lines=row.lines.count())
    return row


def _lines(actor: Actor, row: AccessReview) -> list[ReviewLine]:
    day = words.today(actor)
    places = [row.house, *Unit.objects.filter(parent=row.house).exclude(kind=Unit.Kind.COURT)]
    seats = Appointment.objects.filter(in_force(day), post__unit__in=places, person__active=True)
    ordered = seats.select_related("person", "post__unit").order_by(
        "post__unit__position", "post__role", "pk"
    )
    return [
        ReviewLine(
            review=row,
            appointment=seat,
            holder=seat.person.name,
            post=f"{seat.post}（{seat.get_seat_display()}，自 {seat.valid_from}）"[:120],
            rights=sorted(right.value for right in ROLES[seat.post.role].rights),
        )
        for seat in ordered
    ]


@act("inspections.review.decide", "复核权限")
def decide_line(actor: Actor, line: ReviewLine, *, decision: str, note: str = "") -> ReviewLine:
    """Nobody decides about himself; what is to be taken away, the security administrator ends."""
    row = take(line)
    if not reviews_in(actor, row.review.house):
        raise Denied(f"由{row.review.house}的司法统计人员或者安全管理员复核。")
    if row.review.closed_at is not None:
        raise HengjianError("这次复核已经完成，不能再改。")
    if actor.person is not None and row.appointment.person_id == actor.person.pk:
        raise HengjianError("不能复核自己的权限，请由另一个人办理。")
    if decision not in (Decision.KEEP, Decision.REVOKE):
        raise HengjianError("请选择保留或者收回。")
    if decision == Decision.REVOKE and not note.strip():
        raise HengjianError("应当收回的，请写明依据。")
    row.decision, row.note, row.by, row.at = decision, note.strip(), actor.person, actor.at
    row.save()
    log(row, unit=row.review.house_id, decision=decision, note=row.note)
    if decision == Decision.REVOKE:
        notify.tell(
            holders(["security_admin"], row.review.house, actor.at),
            f"revoke:{row.pk}",
            f"应当收回权限：{row}",
            "请登录衡鉴办理卸任。",
            actor.at,
        )
    return row


@act("inspections.review.close", "完成权限复核")
def close_review(
    actor: Actor, review: AccessReview, *, version: int | None = None, note: str = ""
) -> AccessReview:
    row = take(review, version)
    if not reviews_in(actor, row.house):
        raise Denied(f"由{row.house}的司法统计人员或者安全管理员完成。")
    if row.closed_at is not None:
        raise HengjianError("这次复核已经完成。")
    left = row.lines.filter(decision=Decision.OPEN).count()
    if left:
        raise HengjianError(f"还有 {left} 个岗位没有复核。")
    row.closed_at, row.note = actor.at, note.strip()
    put(row, unit=row.house_id, revoked=row.lines.filter(decision=Decision.REVOKE).count())
    return row


# the yearly notice


@act("inspections.exam.prepare", "拟定检查考核通报")
def prepare_exam(
    actor: Actor,
    installation: Installation,
    *,
    house: Unit,
    year: int,
    text: str,
    units: str = "",
    persons: str = "",
) -> ExamNotice:
    """The figures of the year are computed and frozen; preparing again before it is signed replaces the draft."""
    require_keeper(actor, house)
    known = ExamNotice.objects.select_for_update().filter(house=house, year=year).first()
    if known is not None and known.state != ExamNotice.State.DRAFT:
        raise HengjianError(f"{known}现为“{known.get_state_display()}”，不能重拟。")
    pack = pack_for(installation, actor.at)
    row = known or ExamNotice(installation=installation, house=house, year=year)
    row.made_by, row.made_at, row.text = actor.person, actor.at, need(text, "总体情况")
    row.units, row.persons = units.strip(), persons.strip()
    row.rows = exam.rows_of(house, pack, year, words.today(actor))
    row.practices = exam.practices_of(house, year)
    row.save()
    put(row, unit=house.pk, courts=len(row.rows))
    return row


@act("inspections.exam.submit", "送审检查考核通报")
def submit_exam(actor: Actor, notice: ExamNotice, *, version: int | None = None) -> ExamNotice:
    row = take(notice, version)
    require_keeper(actor, row.house)
    if row.state != ExamNotice.State.DRAFT:
        raise HengjianError(f"{row}现为“{row.get_state_display()}”，不用再送。")
    pack = pack_for(row.installation, actor.at)
    flow = getattr(pack.clause(exam.CLAUSE), "approval", "") or "flows/release"
    first: Any = pack.clause(flow)
    row.state = ExamNotice.State.WAITING
    put(row, unit=row.house_id, state=row.state)
    running.begin(
        actor,
        row,
        row.installation,
        flow,
        unit=row.house,
        title=str(row),
        url=reverse("inspections:exam", args=[row.pk]),
        after=first.steps[0].key,
    )
    return row


def issued(actor: Actor, notice: ExamNotice, course: Course) -> None:
    row = take(notice)
    row.state, row.issued_at = ExamNotice.State.ISSUED, actor.at
    row.number = draw(row.installation, f"exam:{row.house_id}", words.today(actor).year)
    put(row, unit=row.house_id, number=row.number)
    for court in lines.courts_directly_below(row.house, words.today(actor)):
        notify.tell(
            holders(["president", "statistics"], court, actor.at),
            f"exam:{row.pk}:{court.pk}",
            f"检查考核通报：{row}",
            "请登录衡鉴查看。",
            actor.at,
        )


def sent_back(actor: Actor, notice: ExamNotice, course: Course) -> None:
    row = take(notice)
    row.state = ExamNotice.State.DRAFT
    put(row, unit=row.house_id, state=row.state)
