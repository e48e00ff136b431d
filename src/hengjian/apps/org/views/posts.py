"""Posts: set up and ended by the system administrator, filled by the security administrator."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hengjian.apps.org import forms, queries
from hengjian.apps.org.acts import posts as acts
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Appointment, Post
from hengjian.apps.org.roles import ROLES, Right
from hengjian.apps.org.unset import unset_seats
from hengjian.apps.org.views._form import act_page, bound
from hengjian.apps.org.views.units import form_verbs


@require_safe
@signed_in
def post(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(queries.visible_posts(actor), pk=pk)
    context = {
        "post": found,
        "role": ROLES[found.role],
        "day": queries.today(actor),
        "row": next(iter(queries.post_rows(actor, Post.objects.filter(pk=found.pk))), None),
        "appointments": found.appointments.select_related("person", "person__unit").order_by("-valid_from"),
        "may_manage": actor.has(Right.ORG_MANAGE, found.unit_id),
        "may_grant": actor.has(Right.POST_GRANT, found.unit_id),
    }
    return render(request, "org/post.html", context)


@require_safe
@needs(Right.ORG_MANAGE, Right.POST_GRANT, Right.REGISTER_MANAGE)
def vacancies(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    posts = queries.vacant_posts(actor, queries.visible_units(actor))
    context = {
        "rows": queries.post_rows(actor, posts),
        "roles": ROLES,
        "unset": unset_seats(actor),
        "may_manage": actor.has(Right.ORG_MANAGE),
    }
    return render(request, "org/vacancies.html", context)


def _trail(post: Post) -> list[tuple[str, str]]:
    return [
        (post.unit.name, reverse("org:unit", args=[post.unit_id])),
        (post.title, reverse("org:post", args=[post.pk])),
    ]


@form_verbs
@needs(Right.ORG_MANAGE)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    unit = fetch(queries.managed_units(actor), pk=pk)
    back = reverse("org:unit", args=[unit.pk])
    return act_page(
        request,
        bound(request, forms.PostForm),
        lambda data: acts.create_post(actor, unit, **data),
        title=f"在“{unit}”设立岗位",
        back=back,
        done="岗位已设立，等待安全管理员任命。",
        submit="设立",
        trail=[(unit.name, back)],
    )


@form_verbs
@needs(Right.ORG_MANAGE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(queries.managed_posts(actor), pk=pk)
    return act_page(
        request,
        bound(request, forms.EndForm),
        lambda data: acts.end_post(actor, found, **data),
        title=f"撤销岗位“{found.title}”",
        back=reverse("org:post", args=[found.pk]),
        done="撤销日期已登记。",
        submit="撤销",
        danger=True,
        trail=_trail(found),
    )


@form_verbs
@needs(Right.POST_GRANT)
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(queries.managed_posts(actor, Right.POST_GRANT), pk=pk)
    people = queries.managed_people(actor, Right.POST_GRANT).filter(active=True)
    return act_page(
        request,
        bound(request, forms.AppointForm, people=people),
        lambda data: acts.appoint(actor, found, data.pop("person"), **data),
        title=f"任命{found.title}",
        note=f"任命后即有“{ROLES[found.role].label}”的权限，范围："
        + (f"“{found.unit}”及全部下级单位。" if found.subtree else f"只限“{found.unit}”。"),
        back=reverse("org:post", args=[found.pk]),
        done="已任命。",
        submit="任命",
        trail=_trail(found),
    )


@form_verbs
@needs(Right.POST_GRANT)
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    managed = queries.managed_posts(actor, Right.POST_GRANT)
    held = Appointment.objects.filter(post__in=managed).select_related("post", "post__unit", "person")
    appointment = fetch(held, pk=pk)
    return act_page(
        request,
        bound(request, forms.DismissForm),
        lambda data: acts.end_appointment(actor, appointment, **data),
        title=f"{appointment.person.name}卸任{appointment.post.title}",
        back=reverse("org:post", args=[appointment.post_id]),
        done="卸任日期已登记。",
        submit="登记卸任",
        trail=_trail(appointment.post),
    )
