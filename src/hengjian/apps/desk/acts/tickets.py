"""The life of a ticket: raised by anybody, routed by the office, answered by a unit, judged by who raised it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.desk.models import Ticket, TicketStep
from hengjian.apps.desk.queries import may_handle, words
from hengjian.apps.desk.states import can
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Appointment, Person, Unit
from hengjian.apps.org.queries import in_force
from hengjian.apps.org.roles import ROLES, Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

State = Ticket.State


@dataclass(frozen=True, slots=True)
class TicketIn:
    """What is raised. ``channel`` mail and phone: noted down by the office for somebody else."""

    kind: str
    origin: str
    title: str
    body: str
    client_key: str
    system: str = ""
    contact_name: str = ""
    contact: str = ""
    channel: str = Ticket.Channel.INSIDE
    address_hash: str = ""


@act("desk.ticket.raise", "提出问题")
def raise_ticket(actor: Actor, installation: Installation, *, ticket: TicketIn) -> Ticket:
    """Everybody may; the same form sent twice is one ticket."""
    twin = Ticket.objects.filter(client_key=ticket.client_key).first()
    if twin is not None:
        log(twin, repeated=True)
        return twin
    scene = Scene(installation, actor)
    if ticket.kind not in words(scene, "ticket_kind") or ticket.origin not in words(scene, "ticket_origin"):
        raise HengjianError("事项或者来源不在列表里，请重新选择。")
    if not ticket.title.strip() or not ticket.body.strip():
        raise HengjianError("请写明标题和内容。")
    person = actor.person
    if (ticket.channel == Ticket.Channel.WEB) != (person is None) and not actor.system:
        raise HengjianError("渠道不对，请选择本人填写、电话登记或者邮件登记。")
    row = Ticket.objects.create(
        installation=installation,
        number=_number(installation, actor),
        code=secrets.token_urlsafe(12),
        client_key=ticket.client_key,
        channel=ticket.channel,
        origin=ticket.origin,
        kind=ticket.kind,
        title=ticket.title.strip()[:120],
        body=ticket.body.strip(),
        system=ticket.system.strip(),
        unit=_unit_of(scene, person) if ticket.channel == Ticket.Channel.INSIDE else None,
        raised_by=person,
        contact_name=ticket.contact_name.strip(),
        contact=ticket.contact.strip(),
        address_hash=ticket.address_hash,
        raised_at=actor.at,
    )
    _step(actor, row, "提出", "", by=ticket.contact_name or actor.name)
    log(row, label=row.number, kind=row.kind, origin=row.origin, channel=row.channel)
    return row


@act("desk.ticket.route", "分办问题")
def route(actor: Actor, ticket: Ticket, *, version: int, handler: Unit, note: str = "") -> Ticket:
    row = _take(ticket, version, "route")
    actor.require(Right.DESK_MANAGE, row.installation.unit_id)
    if handler.pk not in {u.pk for u in Scene(row.installation, actor).units}:
        raise HengjianError("这个单位不在本制度的适用范围，请从列表中选择。")
    row.handler, row.routed_at, row.state = handler, actor.at, State.ROUTED
    notify.tell(
        _handlers(handler, actor),
        f"ticket:{row.pk}:{row.version}",
        f"请办理问题单 {row.number}",
        f"{row.title}。请登录衡鉴，在“问题单”里答复。",
        actor.at,
    )
    return _done(actor, row, f"分给{handler}", note)


@act("desk.ticket.answer", "答复问题")
def answer(actor: Actor, ticket: Ticket, *, version: int, text: str) -> Ticket:
    row = _take(ticket, version, "answer")
    _handling(actor, row)
    if not text.strip():
        raise HengjianError("请写答复。")
    row.answer, row.answered_by, row.answered_at = text.strip(), actor.person, actor.at
    row.handler = row.handler or row.installation.competent_unit
    row.state, row.for_meeting = State.ANSWERED, False
    if row.raised_by is not None:
        key = f"ticket:{row.pk}:{row.version}"
        body = f"您提出的“{row.title}”已有答复，请登录衡鉴查看并评价。"
        notify.tell([row.raised_by], key, f"问题单 {row.number} 已答复", body, actor.at)
    return _done(actor, row, "答复", row.answer)


@act("desk.ticket.refuse", "不予受理问题")
def refuse(actor: Actor, ticket: Ticket, *, version: int, text: str) -> Ticket:
    row = _take(ticket, version, "refuse")
    actor.require(Right.DESK_MANAGE, row.installation.unit_id)
    if not text.strip():
        raise HengjianError("请写明不受理的理由和应当找谁。")
    row.answer, row.answered_by, row.answered_at = text.strip(), actor.person, actor.at
    row.state, row.closed_at = State.REFUSED, actor.at
    return _done(actor, row, "不予受理", row.answer)


@act("desk.ticket.escalate", "问题提交例会")
def escalate(actor: Actor, ticket: Ticket, *, version: int, reason: str) -> Ticket:
    row = _take(ticket, version, "escalate")
    _handling(actor, row)
    if not reason.strip():
        raise HengjianError("请写明为什么要提交例会研究。")
    row.for_meeting = True
    return _done(actor, row, "提交例会", reason.strip())


@act("desk.ticket.reopen", "问题重新办理")
def reopen(actor: Actor, ticket: Ticket, *, version: int, reason: str) -> Ticket:
    """Who raised it is not content; it goes back to the unit that answered."""
    row = _take(ticket, version, "reopen")
    _raiser(actor, row)
    if not reason.strip():
        raise HengjianError("请写明哪里没有解决。")
    row.state = State.ROUTED if row.handler_id else State.NEW
    row.answered_at = None
    return _done(actor, row, "要求重新办理", reason.strip())


@act("desk.ticket.rate", "评价问题办理")
def rate(actor: Actor, ticket: Ticket, *, version: int, stars: int, text: str = "") -> Ticket:
    """One to five; judging it closes it."""
    row = _take(ticket, version, "rate")
    _raiser(actor, row)
    if not 1 <= stars <= 5:
        raise HengjianError("满意度是 1 到 5，请重新选择。")
    row.stars, row.stars_text = stars, text.strip()[:300]
    row.state, row.closed_at = State.CLOSED, row.closed_at or actor.at
    return _done(actor, row, f"评价 {stars} 分", row.stars_text)


@act("desk.ticket.close", "办结问题")
def close(actor: Actor, ticket: Ticket, *, version: int) -> Ticket:
    """The office closes an answered ticket nobody judged."""
    row = _take(ticket, version, "close")
    actor.require(Right.DESK_MANAGE, row.installation.unit_id)
    row.state, row.closed_at = State.CLOSED, actor.at
    return _done(actor, row, "办结", "")


def _handling(actor: Actor, row: Ticket) -> None:
    if not may_handle(Scene(row.installation, actor), row):
        unit = row.handler or row.installation.competent_unit
        raise Denied(f"这个问题由{unit}办理，您的岗位没有这项权限。")


def _raiser(actor: Actor, row: Ticket) -> None:
    """Whoever raised it; the public comes with the code, as the system's public actor."""
    own = actor.person is not None and row.raised_by_id == actor.person.pk
    if not (own or actor.system or actor.has(Right.DESK_MANAGE, row.installation.unit_id)):
        raise Denied("只有提出人可以评价或者要求重新办理。")


def _handlers(unit: Unit, actor: Actor) -> list[Person]:
    roles = [role.key for role in ROLES.values() if Right.DESK_HANDLE in role.rights]
    seats = in_force(to_local(actor.at).date())
    own = Appointment.objects.filter(seats, post__unit=unit, post__role__in=roles)
    return list(Person.objects.filter(active=True, appointments__in=own).distinct())


def _unit_of(scene: Scene, person: Person | None) -> Unit | None:
    """The unit of the scene the person belongs to: the own one, else the one above it."""
    if person is None:
        return None
    above = set(person.unit.ancestors(include_self=True).values_list("pk", flat=True))
    return next((u for u in scene.units if u.pk in above), None)


def _number(installation: Installation, actor: Actor) -> str:
    year = to_local(actor.at).year
    Installation.objects.select_for_update().get(pk=installation.pk)
    count = Ticket.objects.filter(installation=installation, number__startswith=f"{year}-").count()
    return f"{year}-{count + 1:04}"


def _take(ticket: Ticket, version: int, verb: str) -> Ticket:
    rows = Ticket.objects.select_for_update(of=("self",))
    row = rows.select_related(
        "installation__unit", "installation__competent_unit", "raised_by", "handler"
    ).get(pk=ticket.pk)
    if row.version != version:
        raise HengjianError(
            f"这个问题单在您打开之后已有人办理（现为“{row.get_state_display()}”），请刷新后再办理。"
        )
    if not can(row, verb):
        raise HengjianError(f"问题单现在{row.get_state_display()}，不能这样办理，请刷新页面。")
    return row


def _step(actor: Actor, row: Ticket, what: str, text: str, by: str = "") -> None:
    TicketStep.objects.create(ticket=row, at=actor.at, by=(by or actor.name)[:60], what=what[:40], text=text)


def _done(actor: Actor, row: Ticket, what: str, text: str, **payload: Any) -> Ticket:
    row.version += 1
    row.save()
    _step(actor, row, what, text.strip())
    log(row, label=row.number, state=row.state, what=what, **payload)
    return row
