"""People of a unit: add, change, transfer, leave."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hengjian.apps.org import forms, queries
from hengjian.apps.org.acts import people as acts
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Person
from hengjian.apps.org.roles import Right
from hengjian.apps.org.views._form import act_page, bound
from hengjian.apps.org.views.units import form_verbs


@require_safe
@signed_in
def person(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(queries.visible_people(actor).select_related("unit", "user"), pk=pk)
    context = {
        "person": found,
        "day": queries.today(actor),
        "appointments": queries.appointments_of(found),
        "away": queries.absences_now(actor, [found.pk]).get(found.pk),
        "sees_phone": queries.sees_phone(actor, found),
        "may_manage": actor.has(Right.ORG_MANAGE, found.unit_id),
        "may_grant": actor.has(Right.POST_GRANT, found.unit_id),
        "may_account": actor.has(Right.ACCOUNT_MANAGE, found.unit_id),
    }
    return render(request, "org/person.html", context)


def _trail(person: Person) -> list[tuple[str, str]]:
    return [
        (person.unit.name, reverse("org:unit", args=[person.unit_id])),
        (person.name, reverse("org:person", args=[person.pk])),
    ]


@form_verbs
@needs(Right.ORG_MANAGE)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    unit = fetch(queries.managed_units(actor), pk=pk)
    back = reverse("org:unit", args=[unit.pk])
    return act_page(
        request,
        bound(request, forms.PersonForm),
        lambda data: acts.add_person(actor, unit, **data),
        title=f"在“{unit}”登记人员",
        back=back,
        done="人员已登记。任职和账号由安全管理员办理。",
        submit="登记",
        trail=[(unit.name, back)],
    )


@form_verbs
@needs(Right.ORG_MANAGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    person = fetch(queries.managed_people(actor), pk=pk)
    sees = queries.sees_phone(actor, person)
    initial = {"name": person.name, "staff_no": person.staff_no, "email": person.email}
    form = bound(
        request,
        forms.PersonForm,
        hide_contact=not sees,
        initial=initial | ({"phone": person.phone} if sees else {}),
    )

    def run(data: dict[str, str]) -> None:
        phone = data.pop("phone")
        acts.change_person(actor, person, **data, phone=phone if sees or phone else None)

    return act_page(
        request,
        form,
        run,
        title=f"更改{person.name}的资料",
        back=reverse("org:person", args=[person.pk]),
        done="资料已更改。",
        trail=_trail(person),
    )


@form_verbs
@needs(Right.ORG_MANAGE)
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    person = fetch(queries.managed_people(actor), pk=pk)
    units = queries.standing(queries.managed_units(actor), queries.today(actor)).exclude(pk=person.unit_id)
    return act_page(
        request,
        bound(request, forms.PickUnitForm, units=units, label="调入单位"),
        lambda data: acts.transfer_person(actor, person, **data),
        title=f"调动{person.name}",
        back=reverse("org:person", args=[person.pk]),
        done="已调动。原单位的任职不会自动结束，请安全管理员办理卸任。",
        note="调动不改变任职：原岗位须由安全管理员办理卸任，新岗位由其任命。",
        trail=_trail(person),
    )


@form_verbs
@needs(Right.ORG_MANAGE)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave, or come back: the same page, the other way round."""
    actor = actor_of(request)
    person = fetch(queries.managed_people(actor), pk=pk)
    act = acts.leave if person.active else acts.come_back
    word = "离职" if person.active else "复职"
    return act_page(
        request,
        bound(request, forms.EmptyForm),
        lambda data: act(actor, person),
        title=f"登记{person.name}{word}",
        back=reverse("org:person", args=[person.pk]),
        done=f"已登记{word}。",
        submit=f"登记{word}",
        note="离职后立即失去一切权限，所任岗位由 B 角代行；历史记录和得分不受影响。" if person.active else "",
        danger=person.active,
        trail=_trail(person),
    )
