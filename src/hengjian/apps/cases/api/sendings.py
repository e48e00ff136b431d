"""Large files in parts: begin, put parts with their offset, finish. Broken off, ``begin`` again says where to go on."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from hengjian.apps.cases import parts
from hengjian.apps.cases.access import own_sendings, visible_courts, visible_datasets
from hengjian.apps.cases.acts import sending as acts
from hengjian.apps.cases.api.common import Strict
from hengjian.apps.cases.api.uploads import UploadOut
from hengjian.apps.cases.models import Sending, Upload
from hengjian.apps.cases.views.common import place_of
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

router = Router()


class SendingOut(Schema):
    """``offset``: bytes that are here; ``part``: the most one part may have."""

    id: int
    name: str
    court_id: int
    size: int
    offset: int
    part: int = parts.PART
    state: str
    upload_id: int | None

    @staticmethod
    def resolve_offset(row: Sending) -> int:
        return row.size if row.state == Sending.State.DONE else parts.received(row)


class SendingIn(Strict):
    court: int
    dataset: int | None = None
    name: str = Field(min_length=1, max_length=200)
    size: int = Field(gt=0)


class SendingEndIn(Strict):
    digest: str = Field("", pattern="^([0-9A-Fa-f]{64})?$")


@router.get("/sendings", response=list[SendingOut])
def sending_list(request: HttpRequest) -> Any:
    """Your files that are not here completely."""
    actor = actor_of(request)
    actor.require(Right.CASE_UPLOAD)
    return list(own_sendings(actor).filter(state=Sending.State.OPEN))


@router.post("/sendings", response=SendingOut)
def sending_begin(request: HttpRequest, data: SendingIn) -> Sending:
    """Begin, or go on where it broke off: the same court, name and size."""
    actor, dataset, _ = place_of(request)
    actor.require(Right.CASE_UPLOAD)
    if data.dataset is not None:
        dataset = fetch(visible_datasets(actor), pk=data.dataset)
    place = next((one for one in visible_courts(actor, dataset) if one.pk == data.court), None)
    if place is None:
        raise Missing("没有这个法院，或者您无权为它上传。")
    return acts.begin(actor, dataset, place, name=data.name, size=data.size)


@router.get("/sendings/{pk}", response=SendingOut)
def sending_one(request: HttpRequest, pk: int) -> Sending:
    """How much of a file is here."""
    found: Sending = fetch(own_sendings(actor_of(request)), pk=pk)
    return found


@router.put("/sendings/{pk}", response=SendingOut)
def sending_put(request: HttpRequest, pk: int, offset: Annotated[int, Query(ge=0)]) -> Sending:
    """One part, as the body. 409 when it does not begin where the file ends; the same part again is no error."""
    found: Sending = fetch(own_sendings(actor_of(request)), pk=pk)
    if int(request.headers.get("Content-Length") or 0) > parts.PART:
        raise HengjianError(f"每段最多 {parts.PART} 字节。")
    parts.put(found, offset, request.body)
    return found


@router.post("/sendings/{pk}/finish", response=UploadOut)
def sending_finish(request: HttpRequest, pk: int, data: SendingEndIn) -> Upload:
    """The whole file becomes an upload; with ``digest`` (SHA-256) only when nothing was garbled."""
    actor = actor_of(request)
    return acts.finish(actor, fetch(own_sendings(actor), pk=pk), digest=data.digest)


@router.post("/sendings/{pk}/drop", response=SendingOut)
def sending_drop(request: HttpRequest, pk: int) -> Sending:
    """Give it up; what is here of it is cleared."""
    actor = actor_of(request)
    return acts.drop(actor, fetch(own_sendings(actor), pk=pk))
