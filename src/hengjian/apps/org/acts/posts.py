"""Posts exist by the system administrator; who sits on them is decided by the security administrator."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.org.acts._checks import need_order, need_text, require_whole
from hengjian.apps.org.models import Appointment, Person, Post, Unit
from hengjian.apps.org.roles import ADMINISTRATORS, ROLES, Right
from hengjian.base.errors import HengjianError


@act("org.post.create", "设立岗位")
def create_post(
    actor: Actor, unit: Unit, *, role: str, title: str, valid_from: date, subtree: bool | None = None
) -> Post:
    """A post with its role and reach. Neither can be changed later: that would hand rights to who sits there."""
    if role not in ROLES:
        raise HengjianError(f"没有“{role}”这个角色，请从列表中选择。")
    reach = ROLES[role].subtree if subtree is None else subtree
    require_whole(actor, Right.ORG_MANAGE, unit, subtree=reach)
    title = need_text(title, "岗位名称")
    open_ended = Q(valid_to=None) | Q(valid_to__gt=valid_from)
    if Post.objects.filter(open_ended, unit=unit, role=role, title=title).exists():
        raise HengjianError(
            f"“{unit}”已有岗位“{title}”（{ROLES[role].label}），不必重复设立；多人可任同一岗位。"
        )
    post = Post.objects.create(unit=unit, role=role, title=title, subtree=reach, valid_from=valid_from)
    log(post, after={"role": role, "title": post.title, "subtree": reach, "valid_from": valid_from})
    return post


@act("org.post.end", "撤销岗位")
def end_post(actor: Actor, post: Post, *, on: date) -> Post:
    actor.require(Right.ORG_MANAGE, post.unit)
    need_order(post.valid_from, on)
    held = post.appointments.filter(Q(valid_to=None) | Q(valid_to__gt=on)).select_related("person")
    names = "、".join(sorted({a.person.name for a in held}))
    if names:
        raise HengjianError(f"{names}届时仍任“{post.title}”，请先由安全管理员办理卸任，再撤销岗位。")
    before = {"valid_to": post.valid_to}
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    log(post, before=before, after={"valid_to": on})
    return post


@act("org.post.appoint", "任命")
def appoint(
    actor: Actor,
    post: Post,
    person: Person,
    *,
    seat: str = "A",
    valid_from: date,
    valid_to: date | None = None,
) -> Appointment:
    require_whole(actor, Right.POST_GRANT, post.unit, subtree=post.subtree)
    if seat not in Appointment.Seat.values:
        raise HengjianError("请选择 A 角或 B 角。")
    need_order(valid_from, valid_to)
    _not_oneself(actor, person)
    _only_what_one_holds(actor, post)
    _must_stand(post, person, valid_from, valid_to)
    _administrators_apart(post, person, valid_from, valid_to)
    made = Appointment.objects.create(
        post=post, person=person, seat=seat, valid_from=valid_from, valid_to=valid_to
    )
    log(made, unit=post.unit_id, after=_shown(made))
    return made


@act("org.post.dismiss", "卸任")
def end_appointment(actor: Actor, appointment: Appointment, *, on: date) -> Appointment:
    actor.require(Right.POST_GRANT, appointment.post.unit)
    _not_oneself(actor, appointment.person)
    need_order(appointment.valid_from, on)
    if appointment.valid_to is not None and appointment.valid_to <= on:
        raise HengjianError(f"这次任职已于 {appointment.valid_to} 结束。")
    before = _shown(appointment)
    appointment.valid_to = on
    appointment.save(update_fields=["valid_to"])
    log(appointment, unit=appointment.post.unit_id, before=before, after=_shown(appointment))
    return appointment


def _not_oneself(actor: Actor, person: Person) -> None:
    if actor.person is not None and actor.person.pk == person.pk:
        raise HengjianError("不能调整自己的任职，请由另一位安全管理员办理。")


def _only_what_one_holds(actor: Actor, post: Post) -> None:
    """A user manager must not make administrators of a kind he is not."""
    if post.role in ADMINISTRATORS and not actor.system and post.role not in actor.roles:
        label = ROLES[post.role].label
        raise HengjianError(
            f"您不是{label}，不能任命{label}。三员之间不能互相任命，"
            "请由服务器管理人员用命令 hengjian org appoint 办理，并留审计记录。"
        )


def _must_stand(post: Post, person: Person, start: date, end: date | None) -> None:
    if not person.active:
        raise HengjianError(f"{person.name}已离职，不能任职。")
    if start < post.valid_from or (post.valid_to is not None and (end is None or end > post.valid_to)):
        until = f"至 {post.valid_to}" if post.valid_to else "起"
        raise HengjianError(f"岗位“{post.title}”自 {post.valid_from} {until}设立，任职日期应在此期间内。")
    same = overlapping(person, start, end).filter(post=post).first()
    if same is not None:
        raise HengjianError(
            f"{person.name}自 {same.valid_from} 起已任“{post.title}”（{same.seat}角），不能重复任命。"
        )


def _administrators_apart(post: Post, person: Person, start: date, end: date | None) -> None:
    """三员: system, security and audit administrator are three people, as A and as B."""
    if post.role not in ADMINISTRATORS:
        return
    others = overlapping(person, start, end).filter(post__role__in=ADMINISTRATORS - {post.role})
    other = others.select_related("post").first()
    if other is not None:
        raise HengjianError(
            f"{person.name}已是{ROLES[other.post.role].label}，不能同时任{ROLES[post.role].label}；"
            "系统、安全、审计三个管理员必须由三个人分别担任，请另选他人。"
        )


def overlapping(person: Person, start: date, end: date | None) -> models.QuerySet[Appointment]:
    """The appointments of a person that share a day with [start, end)."""
    found = Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=start), person=person)
    return found if end is None else found.filter(valid_from__lt=end)


def _shown(appointment: Appointment) -> dict[str, object]:
    post = appointment.post
    return {
        "person": appointment.person.name,
        "post": post.title,
        "role": post.role,
        "unit": post.unit_id,
        "seat": appointment.seat,
        "valid_from": appointment.valid_from,
        "valid_to": appointment.valid_to,
    }
