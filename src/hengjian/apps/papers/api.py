"""Operations on documents; the same acts, rights and errors as the pages."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Schema, UploadedFile

from hengjian.apps.cases.acts.look import look
from hengjian.apps.cases.views.common import place_of
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.papers import beside
from hengjian.apps.papers.access import places, unmasked, veiled, visible_batches, visible_papers
from hengjian.apps.papers.acts import decide as acts
from hengjian.apps.papers.acts.hand_in import again, hand_in
from hengjian.apps.papers.models import Batch, Paper
from hengjian.apps.papers.views import row_file

router = Router(tags=["papers"])
Page = Annotated[int, Query(ge=1, le=100_000)]
PER_PAGE = 100


class PaperOut(Schema):
    id: int
    batch_id: int
    name: str
    case_no: str
    case_id: str
    court_id: int
    state: str
    differences: int
    error: str
    version: int


class PaperItemOut(Schema):
    item: str
    label: str
    extracted: str
    recorded: str
    start: int | None
    end: int | None
    differs: bool
    note: str
    verdict: str


class PaperBatchOut(Schema):
    id: int
    papers: int
    waiting: int
    failed: int


class _Strict(Schema):
    model_config = {"extra": "forbid"}


class PaperDecideIn(_Strict):
    version: int
    verdicts: dict[str, Literal["accepted", "rejected"]]


class PaperRecordIn(_Strict):
    version: int
    values: dict[str, str]


class PaperVersionIn(_Strict):
    version: int


class PaperEnterIn(_Strict):
    version: int
    case_id: str


class PaperTakenOut(Schema):
    correction: int | None = None
    upload: int | None = None


@router.get("", response=list[PaperOut])
def paper_list(request: HttpRequest, page: Page = 1) -> Any:
    """Documents handed in, most differences first."""
    actor = actor_of(request)
    rows = visible_papers(actor)[(page - 1) * PER_PAGE : page * PER_PAGE]
    return [veiled(actor, row) for row in rows]


@router.post("", response=PaperBatchOut)
def paper_hand_in(request: HttpRequest, place: Form[int], file: File[UploadedFile]) -> dict[str, int]:
    """Hand in a document or a zip of them; ``place`` is a court or a department."""
    actor, dataset, _ = place_of(request)
    unit = places(actor, dataset).filter(pk=place).first()
    if unit is None:
        raise Missing("没有这个法院或部门，或者您无权为它提交。")
    return _told(hand_in(actor, dataset, unit, files=[(file.name or "", file.read())]))


@router.get("/batches/{pk}", response=PaperBatchOut)
def paper_batch(request: HttpRequest, pk: int) -> dict[str, int]:
    return _told(fetch(visible_batches(actor_of(request)), pk=pk))


@router.post("/batches/{pk}/again", response=PaperBatchOut)
def paper_batch_again(request: HttpRequest, pk: int) -> dict[str, int]:
    """The failed ones are read once more."""
    actor = actor_of(request)
    batch = fetch(visible_batches(actor), pk=pk)
    again(actor, batch)
    return _told(batch)


def _told(batch: Batch) -> dict[str, int]:
    states = list(batch.papers.values_list("state", flat=True))
    return {
        "id": batch.pk,
        "papers": len(states),
        "waiting": states.count(Paper.State.WAITING),
        "failed": states.count(Paper.State.FAILED),
    }


@router.get("/{int:pk}", response=PaperOut)
def paper_one(request: HttpRequest, pk: int) -> Paper:
    actor = actor_of(request)
    return veiled(actor, fetch(visible_papers(actor), pk=pk))


@router.get("/{int:pk}/items", response=list[PaperItemOut])
def paper_items(request: HttpRequest, pk: int) -> Any:
    """Document and record item by item; personal data masked without the right. The look is on record."""
    actor = actor_of(request)
    paper: Paper = fetch(visible_papers(actor), pk=pk)
    bare = unmasked(actor, paper)
    look(
        actor,
        paper.dataset,
        paper.case_id or f"文书 {pk}",
        court=paper.court_id,
        unmasked=bare,
        why="文书核对",
    )
    rows = beside.compared(paper, beside.case_of(paper)) if paper.facts else []
    return [
        {
            "item": row.item.key,
            "label": row.item.label,
            "extracted": row.item.shown(row.entry.value or None, unmasked=bare),
            "recorded": row.item.shown(row.entry.recorded or None, unmasked=bare),
            "start": row.entry.start,
            "end": row.entry.end,
            "differs": row.entry.differs,
            "note": row.entry.note,
            "verdict": row.decision.verdict if row.decision else "",
        }
        for row in rows
    ]


@router.get("/{int:pk}/row", response=None)
def paper_row(request: HttpRequest, pk: int) -> HttpResponse:
    """The items taken, as a file of one row in the upload format."""
    return row_file(request, pk)


@router.post("/{int:pk}/decide", response=PaperOut)
def paper_decide(request: HttpRequest, pk: int, data: PaperDecideIn) -> Paper:
    actor = actor_of(request)
    paper: Paper = fetch(visible_papers(actor), pk=pk)
    acts.decide(actor, paper, verdicts=data.verdicts, version=data.version)
    paper.refresh_from_db()
    return paper


@router.post("/{int:pk}/record", response=PaperOut)
def paper_record(request: HttpRequest, pk: int, data: PaperRecordIn) -> Paper:
    """What the record elsewhere says, where the store has no such case."""
    actor = actor_of(request)
    return acts.type_record(
        actor, fetch(visible_papers(actor), pk=pk), values=data.values, version=data.version
    )


@router.post("/{int:pk}/correct", response=PaperTakenOut)
def paper_correct(request: HttpRequest, pk: int, data: PaperVersionIn) -> dict[str, int]:
    """The items taken become one correction."""
    actor = actor_of(request)
    made = acts.correct(actor, fetch(visible_papers(actor), pk=pk), version=data.version)
    return {"correction": made.pk}


@router.post("/{int:pk}/enter", response=PaperTakenOut)
def paper_enter(request: HttpRequest, pk: int, data: PaperEnterIn) -> dict[str, int]:
    """The items taken become the row of a new case, as an upload to be confirmed."""
    actor = actor_of(request)
    made = acts.enter(actor, fetch(visible_papers(actor), pk=pk), case_id=data.case_id, version=data.version)
    return {"upload": made.pk}
