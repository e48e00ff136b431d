"""Operations on letters that came in; the same acts as the page."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from hengjian.apps.mailroom.acts import place as acts
from hengjian.apps.mailroom.desk import queries
from hengjian.apps.mailroom.intake.importing import take_and_settle
from hengjian.apps.mailroom.intake.processing import letter_of
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.mailroom.queries import incoming_mails
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.documents.mail import Reader

router = Router(tags=["mailroom"])
MOST = 200


class Strict(Schema):
    model_config = {"extra": "forbid"}


class LetterOut(Schema):
    id: int
    state: str
    reason: str
    subject: str
    title: str
    unit: str
    unit_text: str
    claimed_from: str
    arrived_at: datetime
    notes: list[str]
    item: int | None
    number: str
    original: int | None


class PlaceIn(Strict):
    unit: int
    title: str = ""
    learn: bool = True


class RefuseIn(Strict):
    reason: str
    tell: bool = True


class LetterReasonIn(Strict):
    reason: str = ""


def _out(mail: IncomingMail) -> LetterOut:
    return LetterOut(
        id=mail.pk,
        state=mail.state,
        reason=mail.reason,
        subject=mail.subject,
        title=mail.title,
        unit=str(mail.unit or ""),
        unit_text=mail.unit_text,
        claimed_from=mail.from_address,
        arrived_at=mail.arrived_at,
        notes=mail.notes,
        item=mail.item.pk if mail.item else None,
        number=mail.item.number if mail.item else "",
        original=mail.original.pk if mail.original else None,
    )


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    actor.require(Right.MAIL_MANAGE)
    return actor


def _mail(actor: Actor, pk: int) -> IncomingMail:
    return fetch(incoming_mails(actor), pk=pk)


@router.get("incoming", response=list[LetterOut])
def letters(request: HttpRequest, scope: str = "todo") -> list[LetterOut]:
    actor = _keeper(request)
    if scope not in queries.SCOPES:
        raise HengjianError(f"没有“{scope}”这一类，可以写：{'、'.join(queries.SCOPES)}。")
    return [_out(mail) for mail in queries.in_scope(actor, scope)[:MOST]]


@router.get("incoming/{int:pk}", response=LetterOut)
def letter(request: HttpRequest, pk: int) -> LetterOut:
    return _out(_mail(_keeper(request), pk))


@router.post("incoming/{int:pk}/place", response=LetterOut)
def place(request: HttpRequest, pk: int, data: PlaceIn) -> LetterOut:
    actor = _keeper(request)
    mail = _mail(actor, pk)
    unit = next((one for one in queries.departments(mail)[0] if one.pk == data.unit), None)
    if unit is None:
        raise HengjianError("没有这个部门，或者来信时它还没有设立。")
    with Reader() as reader:
        letter = letter_of(reader, mail)
    return _out(acts.place(actor, mail, unit=unit, letter=letter, title=data.title, learn=data.learn))


@router.post("incoming/{int:pk}/refuse", response=LetterOut)
def refuse(request: HttpRequest, pk: int, data: RefuseIn) -> LetterOut:
    actor = _keeper(request)
    return _out(acts.refuse(actor, _mail(actor, pk), reason=data.reason, tell=data.tell))


@router.post("incoming/{int:pk}/reopen", response=LetterOut)
def reopen(request: HttpRequest, pk: int, data: LetterReasonIn) -> LetterOut:
    actor = _keeper(request)
    return _out(acts.reopen(actor, _mail(actor, pk), reason=data.reason))


@router.post("incoming/{int:pk}/destroy", response=LetterOut)
def destroy(request: HttpRequest, pk: int, data: LetterReasonIn) -> LetterOut:
    actor = _keeper(request)
    return _out(acts.destroy(actor, _mail(actor, pk), reason=data.reason))


@router.post("incoming/upload", response=list[LetterOut])
def upload(request: HttpRequest, file: File[UploadedFile], unit: str = "") -> list[LetterOut]:
    actor = _keeper(request)
    houses = [one for one in queries.houses(actor) if not unit or one.unit.code == unit]
    if len(houses) != 1:
        raise HengjianError("请用 unit 写明收信单位的编码。" if houses else "没有可以收信的单位。")
    found = take_and_settle(actor, houses[0], file.read(), IncomingMail.Source.UPLOAD)
    return [_out(mail) for mail, _ in found]
