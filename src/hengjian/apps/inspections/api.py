"""API operations: reads, and one operation for every doing of the pages, with the same act, right and refusal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from ninja import File, Form, Router, Schema, UploadedFile
from pydantic import ConfigDict, create_model

from hengjian.apps.inspections import access
from hengjian.apps.inspections.acts import evidence as evidence_acts
from hengjian.apps.inspections.acts import plan as plan_acts
from hengjian.apps.inspections.custody import verify
from hengjian.apps.inspections.doing import Doing, Thing
from hengjian.apps.inspections.doings import THINGS
from hengjian.apps.inspections.models import Plan
from hengjian.apps.inspections.views.common import place
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

router = Router(tags=["inspections"])


class InspectionOut(Schema):
    id: int
    plan_id: int
    court_id: int
    label: str
    state: str
    begun_at: datetime | None
    reported_at: datetime | None
    outcomes: list[str]
    version: int


class InspectionPlanIn(Schema):
    model_config = ConfigDict(extra="forbid")
    house: int
    title: str
    mode: str
    purpose: str
    starts_on: date
    ends_on: date
    courts: list[int]
    client_key: str
    seed: str = ""
    count: int = 0


class InspectionPlanOut(Schema):
    id: int
    title: str
    mode: str
    house_id: int
    starts_on: date
    ends_on: date
    seed: str
    drawn: list[str]


class RequestOut(Schema):
    id: int
    inspection_id: int
    power: str
    year: int
    number: int
    unit_id: int
    subject: str
    questions: str
    due_on: date | None
    state: str
    version: int


class InspectionFindingOut(Schema):
    id: int
    inspection_id: int
    number: int
    head: str
    unit_id: int
    title: str
    text: str
    cause: str
    intent: str
    state: str
    version: int


class RectificationOut(Schema):
    id: int
    finding_id: int
    unit_id: int
    opinion: str
    due_on: date | None
    state: str
    version: int


class EvidenceOut(Schema):
    id: int
    inspection_id: int
    number: int
    title: str
    name: str
    size: int
    sha256: str
    sm3: str


class VaultEvidenceIn(Schema):
    title: str
    source: str
    power: str
    taken_at: datetime
    client_key: str


class VerdictOut(Schema):
    good: bool
    fault: str
    sha256: str


class InspectionDoneOut(Schema):
    id: int | None
    done: str


@router.get("/inspections", response=list[InspectionOut])
def inspection_list(request: HttpRequest) -> Any:
    return access.visible_inspections(actor_of(request))


@router.get("/inspections/{pk}", response=InspectionOut)
def inspection(request: HttpRequest, pk: int) -> Any:
    return fetch(access.visible_inspections(actor_of(request)), pk=pk)


@router.get("/plans", response=list[InspectionPlanOut])
def plan_list(request: HttpRequest) -> Any:
    return access.visible_plans(actor_of(request))


@router.post("/plans", response=InspectionPlanOut)
def make_plan(request: HttpRequest, data: InspectionPlanIn) -> Plan:
    actor, installation = place(request)
    house = fetch(Unit.objects.filter(pk__in=access.seated(actor, Right.INSPECT_MANAGE)), pk=data.house)
    fields = data.dict(exclude={"house", "courts", "client_key"})
    courts = list(house.descendants(include_self=True).filter(pk__in=data.courts))
    if len(courts) != len(set(data.courts)):
        raise HengjianError(f"有的法院不在{house}之内，请核对。")
    return plan_acts.make_plan(
        actor,
        installation,
        house=house,
        text=plan_acts.PlanText(**fields),
        courts=courts,
        client_key=data.client_key,
    )


@router.get("/requests", response=list[RequestOut])
def request_list(request: HttpRequest) -> Any:
    return access.visible_requests(actor_of(request))


@router.get("/findings", response=list[InspectionFindingOut])
def finding_list(request: HttpRequest) -> Any:
    return access.visible_findings(actor_of(request))


@router.get("/rectifications", response=list[RectificationOut])
def rectification_list(request: HttpRequest) -> Any:
    return access.visible_rectifications(actor_of(request))


@router.get("/evidence", response=list[EvidenceOut])
def evidence_list(request: HttpRequest) -> Any:
    return access.visible_evidence(actor_of(request))


@router.get("/evidence/{pk}/verify", response=VerdictOut)
def verify_evidence(request: HttpRequest, pk: int) -> Any:
    return verify(fetch(access.visible_evidence(actor_of(request)), pk=pk))


@router.post("/inspection/{pk}/evidence", response=EvidenceOut, summary="收存证据")
def store_evidence(
    request: HttpRequest, pk: int, data: Form[VaultEvidenceIn], file: File[UploadedFile]
) -> Any:
    """The file comes as multipart; it is read once while it is kept."""
    actor = actor_of(request)
    found = fetch(access.visible_inspections(actor), pk=pk)
    text = evidence_acts.EvidenceText(**data.dict(exclude={"client_key"}))
    return evidence_acts.store(actor, found, text=text, content=file, client_key=data.client_key)


# operations that change something: one for each doing


def _type(field: forms.Field) -> tuple[Any, Any]:
    """The type of a form's field at the door, and its default."""
    kinds: list[tuple[type[forms.Field], Any]] = [
        (forms.ModelMultipleChoiceField, list[int]),
        (forms.MultipleChoiceField, list[str]),
        (forms.ModelChoiceField, int),
        (forms.DateTimeField, datetime),
        (forms.DateField, date),
        (forms.BooleanField, bool),
        (forms.IntegerField, int),
        (forms.TypedChoiceField, bool),
    ]
    found = next((kind for known, kind in kinds if isinstance(field, known)), str)
    if field.required:
        return (found, ...)
    return (found | None, None)


def _schema(thing: Thing, doing: Doing) -> type[Schema]:
    fields = {
        name: _type(field)
        for name, field in doing.form.base_fields.items()
        if not isinstance(field, forms.FileField)
    }
    fields["version"] = (int | None, None)
    name = f"Inspections{thing.key.title()}{doing.verb.title()}In"
    made: type[Schema] = create_model(
        name,
        __base__=Schema,
        __config__=None,
        **fields,  # type: ignore[call-overload]
    )
    made.model_config["extra"] = "forbid"
    made.model_rebuild(force=True)
    return made


def _operation(thing: Thing, doing: Doing) -> None:
    schema = _schema(thing, doing)

    def run(request: HttpRequest, pk: int, data: Any) -> Any:
        actor = actor_of(request)
        subject = fetch(thing.visible(actor), pk=pk)
        given = {name: value for name, value in data.dict().items() if value is not None}
        form = doing.form(data=given, actor=actor, subject=subject)
        if not form.is_valid():
            said = "；".join(f"{name}：{'、'.join(map(str, errors))}" for name, errors in form.errors.items())
            raise HengjianError(f"请求的内容不对：{said}")
        made = doing.run(actor, subject, dict(form.cleaned_data))
        return {"id": getattr(made, "pk", None), "done": doing.said}

    run.__name__ = f"{thing.key}_{doing.verb}"
    run.__doc__ = f"{doing.label}."
    run.__annotations__ |= {"data": schema}
    router.post(f"/{thing.key}/{{pk}}/{doing.verb}", response=InspectionDoneOut, summary=doing.label)(run)


def _needs_file(doing: Doing) -> bool:
    return any(isinstance(f, forms.FileField) and f.required for f in doing.form.base_fields.values())


for _thing in THINGS.values():
    for _doing in _thing.doings:
        if not _needs_file(_doing):
            _operation(_thing, _doing)
