from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.duties.acts.record import Record, people_of, record_fulfilment, withdraw_fulfilment
from hengjian.apps.duties.forms import RecordForm, YearForm
from hengjian.apps.duties.look import REGISTER_READERS, Governed, Look
from hengjian.apps.duties.models import Fulfilment
from hengjian.apps.duties.registers import Seat, post_duties, seats_of, yearly_duties, yearly_results
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Person
from hengjian.apps.org.roles import Right
from hengjian.apps.points.views.common import download
from hengjian.apps.points.workbook import workbook
from hengjian.apps.ui.files import hand_out as hand_out_file
from hengjian.apps.ui.pages import into_form, page
from hengjian.documents import Column, Format, Table
from hengjian.policy.clauses.duty import QuotaDuty, RegisterDuty


def readable(actor: Actor) -> QuerySet[Fulfilment]:
    """Minutes and attendance: those who keep the register and those who read everything."""
    units = frozenset().union(*(actor.units(right) for right in REGISTER_READERS))
    return Fulfilment.objects.filter(installation__unit__in=units).select_related(
        "installation", "unit", "recorded_by"
    )


@require_GET
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    look = Look(actor_of(request), actor_of(request).at)
    tables = [
        {
            "installation": governed.installation,
            "yearly": yearly_results(governed, look.local),
            "posts": [(duty, seats_of(governed, duty)) for duty in post_duties(governed)],
            "manage": look.actor.has(Right.REGISTER_MANAGE, governed.office),
        }
        for governed in look.governed
    ]
    return render(request, "duties/registers.html", {"tables": tables})


@require_GET
@signed_in
def register(request: HttpRequest, clause: str) -> HttpResponse:
    look = Look(actor_of(request), actor_of(request).at)
    governed, duty = _duty(look, clause)
    if isinstance(duty, RegisterDuty):
        return _posts(request, look, governed, duty)
    return _yearly(request, look, governed, duty)


def _duty(look: Look, clause: str) -> tuple[Governed, QuotaDuty | RegisterDuty]:
    for governed in look.governed:
        duties: list[QuotaDuty | RegisterDuty] = [*yearly_duties(governed), *post_duties(governed)]
        for duty in duties:
            if duty.id == clause:
                return governed, duty
    raise Missing("没有这项登记，或者您无权查看。")


def _posts(request: HttpRequest, look: Look, governed: Governed, duty: RegisterDuty) -> HttpResponse:
    seats, phones = seats_of(governed, duty), look.actor.units(Right.PHONE_READ)
    if request.GET.get("export") == "xlsx":
        return download(workbook([(duty.title, holders_table(seats, phones))]), duty.title, "xlsx")
    context = {
        "duty": duty,
        "governed": governed,
        "article": governed.pack.article(duty.articles[0]),
        "clause": governed.pack.full_id(duty),
        "seats": seats,
        "missing": [seat.unit for seat in seats if seat.vacant],
        "over": duty.by is not None and duty.by < look.today,
        "phones": phones,
        "may_appoint": look.actor.has(Right.POST_GRANT),
    }
    return render(request, "duties/posts.html", context)


def holders_table(seats: Iterable[Seat], phones: Collection[int]) -> Table:
    """The register for paper; a phone only where the actor may read it."""
    rows = []
    for seat in seats:
        for holder in seat.holders or (None,):
            rows.append(
                (
                    seat.unit.name,
                    holder.name if holder else "（空缺）",
                    {"A": "主", "B": "替"}.get(holder.seat, "") if holder else "",
                    holder.since if holder else None,
                    holder.phone if holder and seat.unit.pk in phones else "",
                )
            )
    columns = (Column("部门"), Column("姓名"), Column("A/B角"), Column("起任", Format.DATE), Column("电话"))
    return Table(columns, tuple(rows))


def _yearly(request: HttpRequest, look: Look, governed: Governed, duty: QuotaDuty) -> HttpResponse:
    form = YearForm(request.GET or None, first=governed.installation.in_force_from.year, last=look.today.year)
    year = form.year(look.today.year)
    day = look.today if year == look.today.year else look.today.replace(year=year, month=12, day=31)
    result = next(r for d, r in yearly_results(governed, look.local, day) if d.id == duty.id)
    records = readable(look.actor).filter(
        installation=governed.installation, clause=governed.pack.full_id(duty), happened_on__year=year
    )
    context = {
        "duty": duty,
        "governed": governed,
        "article": governed.pack.article(duty.articles[0]),
        "clause": governed.pack.full_id(duty),
        "result": result,
        "records": records,
        "form": form,
        "year": year,
        "may_read": look.actor.has_any(REGISTER_READERS, governed.installation.unit),
        "may_record": look.actor.has(Right.REGISTER_MANAGE, governed.office),
    }
    return render(request, "duties/yearly.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.REGISTER_MANAGE)
def record(request: HttpRequest, clause: str) -> HttpResponse:
    actor = actor_of(request)
    look = Look(actor, actor.at)
    governed, duty = _duty(look, clause)
    if not isinstance(duty, QuotaDuty):
        raise Missing("这一项不按次登记。")
    people = Person.objects.filter(unit__in=governed.unit_ids, active=True).select_related("unit")
    form = RecordForm(request.POST or None, request.FILES or None, duty=duty, people=people, today=look.today)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with into_form(form):
            made = record_fulfilment(
                actor,
                installation=governed.installation,
                clause=duty.id,
                record=Record(
                    title=data["title"],
                    happened_on=data["happened_on"],
                    place=data["place"],
                    minutes=data["minutes"],
                    attendees=people_of(int(pk) for pk in data.get("attendees") or ()),
                    file=data["file"],
                ),
            )
            messages.success(request, f"已登记“{made.title}”。")
            return redirect("duties:register", clause=duty.id)
    article = governed.pack.article(duty.articles[0])
    context: dict[str, object] = {
        "form": form, "duty": duty, "article": article, "clause": governed.pack.full_id(duty), "governed": governed,
    }  # fmt: skip
    return page(request, "duties/record.html", context, form=form)


@require_GET
@needs(*REGISTER_READERS)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(readable(actor), pk=pk)
    context = {
        "entry": found,
        "short": found.clause.split("/", 1)[1],
        "attendees": found.attendees.select_related("unit"),
        "may_withdraw": found.withdrawn_at is None and actor.has(Right.REGISTER_MANAGE, found.unit_id),
    }
    return render(request, "duties/entry.html", context)


@require_GET
@needs(*REGISTER_READERS)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(readable(actor_of(request)).exclude(file=""), pk=pk)
    answer = hand_out_file(found.file, name=found.file_name, lost="佐证的文件已经不在，请与管理员联系。")
    return cast(HttpResponse, answer)  # the gate's type knows no streaming answers


@require_POST
@needs(Right.REGISTER_MANAGE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(readable(actor), pk=pk)
    withdraw_fulfilment(actor, found, reason=request.POST.get("reason", ""))
    messages.success(request, "已撤销登记；记录仍可查看，不再计数。")
    return redirect("duties:entry", pk=pk)
