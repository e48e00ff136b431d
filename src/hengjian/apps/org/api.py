"""API operations of the organisation; each calls the act or the query of the page."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from hengjian.apps.org import queries
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.acts import accounts, people, posts, units
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Absence, Appointment, Person, Post, Unit
from hengjian.apps.org.roles import Right

router = Router(tags=["org"])
Text = Annotated[str, StringConstraints(max_length=100)]


class In(Schema):
    """What is sent: unknown fields are errors."""

    model_config = ConfigDict(extra="forbid")


class UnitIn(In):
    code: Text
    name: Text
    kind: str
    short_name: Annotated[str, StringConstraints(max_length=40)] = ""
    position: int = Field(0, ge=0, le=1_000_000)
    valid_from: date | None = None


class RenameIn(In):
    name: Text
    short_name: Annotated[str, StringConstraints(max_length=40)] = ""


class MoveIn(In):
    parent: int


class DayIn(In):
    on: date


class AliasesIn(In):
    texts: list[Text] = Field(max_length=100)


class ClassIn(In):
    pack: Annotated[str, StringConstraints(max_length=40)]
    key: Annotated[str, StringConstraints(max_length=40)] = ""
    since: date


class PersonIn(In):
    name: Annotated[str, StringConstraints(max_length=40)]
    staff_no: Annotated[str, StringConstraints(max_length=32)]
    phone: Annotated[str, StringConstraints(max_length=32)] | None = None
    email: Annotated[str, StringConstraints(max_length=200)] | None = None


class TransferIn(In):
    unit: int


class PostIn(In):
    role: str
    title: Annotated[str, StringConstraints(max_length=60)]
    valid_from: date
    subtree: bool | None = None


class AppointIn(In):
    person: int
    seat: str = "A"
    valid_from: date
    valid_to: date | None = None


class AbsenceIn(In):
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    reason: Annotated[str, StringConstraints(max_length=60)] = ""


class AccountIn(In):
    username: Annotated[str, StringConstraints(max_length=150)]


class Done(Schema):
    id: int


class Handed(Schema):
    username: str
    one_time_password: str


def _unit(actor: Actor, pk: int) -> Unit:
    return fetch(queries.managed_units(actor), pk=pk)


def _person(actor: Actor, pk: int, right: Right = Right.ORG_MANAGE) -> Person:
    return fetch(queries.managed_people(actor, right), pk=pk)


def _require(request: HttpRequest, right: Right) -> Actor:
    actor = actor_of(request)
    actor.require(right)
    return actor


@router.get("me")
def me(request: HttpRequest) -> dict[str, Any]:
    """Who I am, and the posts whose rights I have now."""
    actor = actor_of(request)
    grants = [
        {"role": g.role, "post": g.post_title, "unit": g.unit_id, "substitute": g.substitute}
        for g in actor.grants
    ]
    return {"id": actor.person.pk if actor.person else None, "name": actor.name, "posts": grants}


@router.get("units")
def list_units(request: HttpRequest) -> list[dict[str, Any]]:
    """Every unit the actor may see."""
    return [_unit_out(unit) for unit in queries.visible_units(actor_of(request)).order_by("position", "pk")]


def _unit_out(unit: Unit) -> dict[str, Any]:
    names = ("code", "name", "short_name", "kind", "position", "valid_from", "valid_to")
    return {"id": unit.pk, "parent": unit.parent_id, **{name: getattr(unit, name) for name in names}}


@router.get("units/{pk}")
def one_unit(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor = actor_of(request)
    unit = fetch(queries.visible_units(actor), pk=pk)
    rows = queries.post_rows(actor, unit.posts.all())
    return _unit_out(unit) | {
        "aliases": [alias.text for alias in unit.aliases.all()],
        "people": [_person_out(actor, p) for p in unit.people.filter(active=True)],
        "posts": [
            {
                "id": r.post.pk,
                "title": r.post.title,
                "role": r.post.role,
                "vacant": r.vacant,
                "acting": r.acting,
            }
            for r in rows
        ],
    }


def _person_out(actor: Actor, person: Person) -> dict[str, Any]:
    shown = {"id": person.pk, "name": person.name, "staff_no": person.staff_no, "unit": person.unit_id}
    return shown | ({"phone": person.phone} if queries.sees_phone(actor, person) else {})


@router.post("units/{pk}/children", response=Done)
def create_unit(request: HttpRequest, pk: int, data: UnitIn) -> Any:
    actor = _require(request, Right.ORG_MANAGE)
    return units.create_unit(actor, _unit(actor, pk), **data.dict())


@router.post("units/{pk}/rename", response=Done)
def rename_unit(request: HttpRequest, pk: int, data: RenameIn) -> Any:
    actor = _require(request, Right.ORG_MANAGE)
    return units.rename_unit(actor, _unit(actor, pk), **data.dict())


@router.post("units/{pk}/move", response=Done)
def move_unit(request: HttpRequest, pk: int, data: MoveIn) -> Any:
    actor = _require(request, Right.ORG_MANAGE)
    return units.move_unit(actor, _unit(actor, pk), parent=_unit(actor, data.parent))


@router.post("units/{pk}/end", response=Done)
def end_unit(request: HttpRequest, pk: int, data: DayIn) -> Any:
    actor = _require(request, Right.ORG_MANAGE)
    return units.end_unit(actor, _unit(actor, pk), on=data.on)


@router.post("units/{pk}/aliases")
def set_aliases(request: HttpRequest, pk: int, data: AliasesIn) -> list[str]:
    actor = _require(request, Right.ORG_MANAGE)
    return units.set_aliases(actor, _unit(actor, pk), texts=data.texts)


@router.post("units/{pk}/classes")
def classify(request: HttpRequest, pk: int, data: ClassIn) -> dict[str, Any]:
    actor = _require(request, Right.ORG_MANAGE)
    made = units.classify_unit(actor, _unit(actor, pk), **data.dict())
    return {"id": made.pk if made else None}


@router.post("units/{pk}/people", response=Done)
def add_person(request: HttpRequest, pk: int, data: PersonIn) -> Any:
    actor = _require(request, Right.ORG_MANAGE)
    fields = data.dict() | {"phone": data.phone or "", "email": data.email or ""}
    return people.add_person(actor, _unit(actor, pk), **fields)


@router.get("people/{pk}")
def one_person(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor = actor_of(request)
    return _person_out(actor, fetch(queries.visible_people(actor), pk=pk))


@router.post("people/{pk}/change", response=Done)
def change_person(request: HttpRequest, pk: int, data: PersonIn) -> Any:
    actor = _require(request, Right.ORG_MANAGE)
    return people.change_person(actor, _person(actor, pk), **data.dict())


@router.post("people/{pk}/transfer", response=Done)
def transfer(request: HttpRequest, pk: int, data: TransferIn) -> Any:
    actor = _require(request, Right.ORG_MANAGE)
    return people.transfer_person(actor, _person(actor, pk), unit=_unit(actor, data.unit))


@router.post("people/{pk}/leave", response=Done)
def leave(request: HttpRequest, pk: int) -> Any:
    actor = _require(request, Right.ORG_MANAGE)
    return people.leave(actor, _person(actor, pk))


@router.post("people/{pk}/return", response=Done)
def come_back(request: HttpRequest, pk: int) -> Any:
    actor = _require(request, Right.ORG_MANAGE)
    return people.come_back(actor, _person(actor, pk))


@router.post("me/absences", response=Done)
def be_absent(request: HttpRequest, data: AbsenceIn) -> Any:
    actor = actor_of(request)
    if actor.person is None:
        raise Missing("当前账号没有对应的人员。")
    return people.be_absent(actor, actor.person, **data.dict())


@router.post("me/absences/{pk}/end", response={204: None})
def end_absence(request: HttpRequest, pk: int) -> Any:
    actor = actor_of(request)
    found = fetch(Absence.objects.filter(person=actor.person).select_related("person"), pk=pk)
    people.end_absence(actor, found)
    return Status(204, None)


class PhoneIn(In):
    phone: Annotated[str, StringConstraints(max_length=32)]


@router.post("me/phone", response=Done)
def change_phone(request: HttpRequest, data: PhoneIn) -> Any:
    return people.change_own_phone(actor_of(request), phone=data.phone)


@router.post("units/{pk}/posts", response=Done)
def create_post(request: HttpRequest, pk: int, data: PostIn) -> Any:
    actor = _require(request, Right.ORG_MANAGE)
    return posts.create_post(actor, _unit(actor, pk), **data.dict())


@router.post("posts/{pk}/end", response=Done)
def end_post(request: HttpRequest, pk: int, data: DayIn) -> Any:
    actor = _require(request, Right.ORG_MANAGE)
    return posts.end_post(actor, fetch(queries.managed_posts(actor), pk=pk), on=data.on)


@router.post("posts/{pk}/appoint", response=Done)
def appoint(request: HttpRequest, pk: int, data: AppointIn) -> Any:
    actor = _require(request, Right.POST_GRANT)
    post: Post = fetch(queries.managed_posts(actor, Right.POST_GRANT), pk=pk)
    fields = data.dict()
    return posts.appoint(actor, post, _person(actor, fields.pop("person"), Right.POST_GRANT), **fields)


@router.post("appointments/{pk}/end", response=Done)
def end_appointment(request: HttpRequest, pk: int, data: DayIn) -> Any:
    actor = _require(request, Right.POST_GRANT)
    held = Appointment.objects.filter(post__in=queries.managed_posts(actor, Right.POST_GRANT))
    found = fetch(held.select_related("post", "post__unit", "person"), pk=pk)
    return posts.end_appointment(actor, found, on=data.on)


@router.post("accounts/{pk}/create", response=Handed)
def create_account(request: HttpRequest, pk: int, data: AccountIn) -> Any:
    actor = _require(request, Right.ACCOUNT_MANAGE)
    handed = accounts.create_account(actor, _person(actor, pk, Right.ACCOUNT_MANAGE), username=data.username)
    return {"username": handed.user.username, "one_time_password": handed.password}


@router.post("accounts/{pk}/reset", response=Handed)
def reset_password(request: HttpRequest, pk: int) -> Any:
    actor = _require(request, Right.ACCOUNT_MANAGE)
    handed = accounts.reset_password(actor, _person(actor, pk, Right.ACCOUNT_MANAGE))
    return {"username": handed.user.username, "one_time_password": handed.password}


CLICKS = {
    "unlock": accounts.unlock,
    "disable": accounts.disable,
    "enable": accounts.enable,
    "reset-second-factor": accounts.reset_second_factor,
}


@router.post("accounts/{pk}/{what}", response={204: None})
def change_account(request: HttpRequest, pk: int, what: str) -> Any:
    """``what``: unlock, disable, enable, reset-second-factor."""
    actor = _require(request, Right.ACCOUNT_MANAGE)
    if what not in CLICKS:
        raise Missing("没有这项操作。")
    CLICKS[what](actor, _person(actor, pk, Right.ACCOUNT_MANAGE))
    return Status(204, None)
