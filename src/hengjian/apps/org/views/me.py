"""My own page: my posts, who stands in for me, going away with one click, my phone."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hengjian.apps.org import forms, queries
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.acts import people as acts
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Absence, Person
from hengjian.apps.org.roles import ROLES
from hengjian.apps.org.views._form import act_page, bound
from hengjian.apps.org.views.units import form_verbs
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_instant, to_local


def _myself(actor: Actor) -> Person:
    if actor.person is None:
        raise Missing("当前账号没有对应的人员。")
    return actor.person


@require_safe
@signed_in
def me(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    person = _myself(actor)
    posts = queries.substitutes(actor, person)
    context = {
        "person": person,
        "stood_in": any(row.b for row in posts),
        "grants": actor.grants,
        "roles": ROLES,
        "posts": posts,
        "away": queries.absences_now(actor, [person.pk]).get(person.pk),
        "absences": person.absences.filter(ends_at__gt=actor.at),
    }
    return render(request, "org/me.html", context)


@require_POST
@signed_in
def away_today(request: HttpRequest) -> HttpResponse:
    """One click: away from now to the end of the day; the B seats act."""
    actor = actor_of(request)
    tomorrow = to_local(actor.at).date() + timedelta(days=1)
    try:
        acts.be_absent(
            actor,
            _myself(actor),
            starts_at=actor.at,
            ends_at=to_instant(datetime.combine(tomorrow, time())),
            reason="外出",
        )
        messages.success(request, "已登记今天外出，由 B 角代理；回来后请点“我回来了”。")
    except HengjianError as error:
        messages.error(request, error.message)
    return redirect("org:me")


@form_verbs
@signed_in
def absence(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    person = _myself(actor)
    return act_page(
        request,
        bound(request, forms.AbsenceForm, initial={"starts_at": actor.at}),
        lambda data: acts.be_absent(actor, person, **data),
        title="登记外出",
        back=reverse("org:me"),
        done="已登记外出。",
        submit="登记",
        note="外出期间，您所任岗位的 B 角代行其权，待办也会转给他们。",
        trail=[("我的岗位", reverse("org:me"))],
    )


@require_POST
@signed_in
def back(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(Absence.objects.filter(person=_myself(actor)).select_related("person"), pk=pk)
    try:
        acts.end_absence(actor, found)
        messages.success(request, "外出已结束，岗位权限已回到您手中。")
    except HengjianError as error:
        messages.error(request, error.message)
    return redirect("org:me")


@form_verbs
@signed_in
def phone(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    person = _myself(actor)
    return act_page(
        request,
        bound(request, forms.PhoneForm, initial={"phone": person.phone}),
        lambda data: acts.change_own_phone(actor, **data),
        title="更改本人电话",
        back=reverse("org:me"),
        done="电话已更改。",
        trail=[("我的岗位", reverse("org:me"))],
    )
