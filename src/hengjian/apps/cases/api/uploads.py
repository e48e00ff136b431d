"""Files of cases and runs of the checks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, UploadedFile

from hengjian.apps.cases.access import visible_runs, visible_uploads
from hengjian.apps.cases.acts import upload as acts
from hengjian.apps.cases.acts.record_run import ask_run
from hengjian.apps.cases.api.common import Page, Strict, reader, span
from hengjian.apps.cases.models import Run, Upload
from hengjian.apps.cases.views.common import place_of
from hengjian.apps.cases.views.uploads import rejects as rejects_page
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit

router = Router()


class UploadOut(Schema):
    id: int
    name: str
    court_id: int
    state: str
    headers: list[str]
    columns: dict[str, str]
    rows: int
    accepted: int
    rejected: int
    refusal: str
    version: int | None
    uploaded_at: datetime


class ColumnsIn(Strict):
    columns: dict[str, str]


class RunOut(Schema):
    id: int
    version: int
    since: int | None
    state: str
    rows: int
    found: int
    closed: int
    error: str
    started_at: datetime
    finished_at: datetime | None


class RuleResultOut(Schema):
    rule: str
    title: str
    checked: int
    failed: int
    standing: int
    error: str


class AskIn(Strict):
    full: bool = False


@router.get("/uploads", response=list[UploadOut])
def upload_list(request: HttpRequest, page: Page = 1) -> Any:
    """Files sent in, the newest first."""
    return list(visible_uploads(reader(request))[span(page)])


@router.post("/uploads", response=UploadOut)
def upload_file(request: HttpRequest, court: Form[int], file: File[UploadedFile]) -> Upload:
    """Send a file in; the answer proposes which column is which item. It is written by ``apply``."""
    actor, dataset, courts = place_of(request)
    place: Unit | None = next((one for one in courts if one.pk == court), None)
    if place is None:
        raise Missing("没有这个法院，或者您无权为它上传。")
    return acts.receive(actor, dataset, place, name=file.name or "", data=file.read())


@router.get("/uploads/{pk}", response=UploadOut)
def upload_one(request: HttpRequest, pk: int) -> Upload:
    found: Upload = fetch(visible_uploads(actor_of(request)), pk=pk)
    return found


@router.get("/uploads/{pk}/rejects", response=None)
def upload_rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that came back: row, column, content, reason."""
    return rejects_page(request, pk)


@router.post("/uploads/{pk}/apply", response=UploadOut)
def upload_apply(request: HttpRequest, pk: int, data: ColumnsIn) -> Upload:
    """Write the rows that fit as the next version."""
    actor = actor_of(request)
    return acts.take_in(actor, fetch(visible_uploads(actor), pk=pk), columns=data.columns)


@router.post("/uploads/{pk}/drop", response=UploadOut)
def upload_drop(request: HttpRequest, pk: int) -> Upload:
    actor = actor_of(request)
    return acts.drop(actor, fetch(visible_uploads(actor), pk=pk))


@router.get("/runs", response=list[RunOut])
def run_list(request: HttpRequest, page: Page = 1) -> Any:
    return list(visible_runs(reader(request))[span(page)])


@router.post("/runs", response=RunOut)
def run_ask(request: HttpRequest, data: AskIn) -> Run:
    """Ask for a run; the worker takes it up."""
    actor, dataset, _ = place_of(request)
    return ask_run(actor, dataset, full=data.full)


@router.get("/runs/{pk}/results", response=list[RuleResultOut])
def run_results(request: HttpRequest, pk: int) -> Any:
    """How every rule did."""
    run: Run = fetch(visible_runs(actor_of(request)), pk=pk)
    return list(run.results.all())
