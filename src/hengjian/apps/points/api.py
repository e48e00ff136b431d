"""API operations of this app; each calls an act or a query, with the same rights and errors as the pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from ninja import Router

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import CourseStep, Signature
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.points import explain, queries
from hengjian.apps.points.acts import appeals as appeal_acts
from hengjian.apps.points.acts import notices as notice_acts
from hengjian.apps.points.acts import posting
from hengjian.apps.points.assessment import rows_for
from hengjian.apps.points.models import Appeal, LedgerLine, Notice, Posting
from hengjian.apps.points.reading import content_for
from hengjian.apps.points.schemas import (
    AppealDecisionIn,
    AppealIn,
    AppealOut,
    AssessedOut,
    CardOut,
    ChangeOut,
    LineOut,
    NoticeEditIn,
    NoticeFull,
    NoticeOut,
    PersonWorkOut,
    PostingOut,
    PrepareIn,
    ProjectionOut,
    RestatementIn,
    ScoreOut,
    VerbIn,
    WhatIfIn,
    WorkloadOut,
)
from hengjian.apps.points.standing import showing_of
from hengjian.apps.points.views.common import period_or_404, place_of
from hengjian.apps.points.views.work import people_of
from hengjian.apps.points.whatif import Draft, what_if
from hengjian.apps.points.workload import workloads
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_local

router = Router(tags=["points"])


@router.get("/scores/{period}", response=list[ScoreOut])
def scores(request: HttpRequest, period: str) -> list[dict[str, Any]]:
    """Scores of a period or year, of the units one may see."""
    actor, installation = place_of(request)
    found = queries.scores(installation, str(period_or_404(period)))
    seen: set[int | None] = set(queries.visible_units(actor))
    if actor.has(Right.POINTS_READ_ALL, installation.unit_id):
        seen.add(None)
    return [{"unit": unit, "points": points} for unit, points in found.items() if unit in seen]


@router.get("/lines/{period}", response=list[LineOut])
def lines(request: HttpRequest, period: str, unit: int | None = None) -> list[dict[str, Any]]:
    """Ledger lines of a period or year, of one unit or all one may see."""
    actor, installation = place_of(request)
    wanted = str(period_or_404(period))
    found = queries.visible_lines(actor).filter(pk__in=queries.lines_of(installation, wanted).values("pk"))
    if unit is not None:
        found = found.filter(unit_id=unit)
    return [_line(line) for line in found.select_related("period", "origin").order_by("pk")]


@router.get("/line/{pk}", response=CardOut)
def card(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The explain card of a line."""
    actor = actor_of(request)
    found = queries.visible_lines(actor).select_related(
        "unit", "item", "period__installation", "origin", "posting__posted_by", "reverses"
    )
    line = fetch(found, pk=pk)
    sees = line.item is None or visible_items(actor).filter(pk=line.item.pk).exists()
    shown = explain.card(line, may_see_item=sees)
    return {
        "line": _line(line), "sentence": shown.sentence, "clause_title": shown.clause_title,
        "article": shown.article, "gist": shown.gist, "value": shown.value, "readings": shown.readings,
        "nearest": shown.nearest, "facts": [_fact(f) for f in shown.facts],
    }  # fmt: skip


@router.get("/items/{pk}/lines", response=list[LineOut])
def lines_of_item(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    actor = actor_of(request)
    item = fetch(visible_items(actor), pk=pk)
    seen = queries.visible_units(actor)
    return [_line(x) for x in queries.lines_of_item(item) if x.unit_id is None or x.unit_id in seen]


@router.get("/items/{pk}/projection", response=list[ProjectionOut])
def projection(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """What the item would earn if adopted now, at each tier."""
    actor = actor_of(request)
    item = fetch(visible_items(actor).select_related("installation"), pk=pk)
    found = queries.projected_points(item, actor.at)
    return [{"tier": p.tier, "label": p.label, "points": p.points} for p in found]


@router.get("/workload/{period}", response=list[WorkloadOut])
def workload(request: HttpRequest, period: str) -> list[dict[str, Any]]:
    """Base workload of the units one may see: reached, due, still missing."""
    actor, installation = place_of(request)
    wanted = str(period_or_404(period))
    units = list(Unit.objects.filter(pk__in=queries.visible_units(actor)))
    return [
        {
            "unit": w.unit.pk, "have": w.have, "need": w.need, "missing": w.missing,
            "points": w.points, "sentence": w.sentence,
        }
        for w in workloads(installation, units, wanted, actor.at)
    ]  # fmt: skip


def _quarter(request: HttpRequest, asked: str) -> Period:
    """The period asked for; the running quarter where none is."""
    if asked:
        return period_or_404(asked)
    return Period.of(to_local(actor_of(request).at).date(), PeriodKind.QUARTER)


@router.get("/people", response=list[PersonWorkOut])
def people(request: HttpRequest, period: str = "") -> list[dict[str, Any]]:
    """What people have to show in a quarter or a year; a department sees its own. No telephone numbers."""
    _, rows = people_of(request, _quarter(request, period))
    return [
        {
            "unit": row.unit.pk, "person": row.person.pk, "name": row.person.name, "submitted": len(row.work.submitted),
            "adopted": row.work.adopted, "commended": row.work.commended, "carriers": row.work.carriers,
            "titles": row.titles,
        }
        for row in rows
    ]  # fmt: skip


@router.get("/assessment", response=list[AssessedOut])
def assessment(request: HttpRequest, period: str = "") -> list[dict[str, Any]]:
    """Tasks, done, adopted, found against, as the assessor of departments takes them over."""
    actor, installation = place_of(request)
    actor.require(Right.POINTS_READ_ALL, installation.unit_id)
    table = rows_for(installation, pack_for(installation, actor.at), _quarter(request, period), actor.at)
    return [
        {
            "unit": row.unit.pk, "name": row.unit.name, "duties": row.duties, "submitted": row.submitted,
            "selected": row.selected, "adopted": row.adopted, "commended": row.commended, "found": row.found,
            "points": row.points,
        }
        for row in table.rows
    ]  # fmt: skip


@router.post("/post", response=list[PostingOut])
def post(request: HttpRequest) -> list[dict[str, Any]]:
    """Bring open periods up to date."""
    actor, installation = place_of(request)
    return [_posting(made) for made in posting.post_open(actor, installation)]


@router.post("/held/{period}/restate", response=PostingOut)
def restate(request: HttpRequest, period: str, payload: RestatementIn) -> dict[str, Any]:
    actor, installation = place_of(request)
    return _posting(posting.restate(actor, installation, period, reason=payload.reason))


@router.post("/held/{period}/carry", response=PostingOut)
def carry(request: HttpRequest, period: str, payload: RestatementIn) -> dict[str, Any]:
    actor, installation = place_of(request)
    return _posting(posting.carry(actor, installation, period, reason=payload.reason))


@router.get("/held", response=list[str])
def held(request: HttpRequest) -> list[str]:
    """Closed periods whose facts have changed since."""
    actor, installation = place_of(request)
    actor.require(Right.POINTS_POST, installation.unit_id)
    return [waiting.period.key for waiting in queries.held(installation, actor.at)]


@router.get("/notices", response=list[NoticeOut])
def notices(request: HttpRequest) -> list[dict[str, Any]]:
    found = queries.visible_notices(actor_of(request)).select_related("period")
    return [_notice(notice) for notice in found]


@router.get("/notices/{pk}", response=NoticeFull)
def notice(request: HttpRequest, pk: int) -> dict[str, Any]:
    found = _find_notice(request, pk)
    return {
        **_notice(found), "steps": list(_steps(found)),
        "content": content_for(actor_of(request), found), "changes": found.changes,
        "remark": found.remark, "opinion": found.opinion,
    }  # fmt: skip


@router.post("/notices", response=NoticeOut)
def prepare(request: HttpRequest, payload: PrepareIn) -> dict[str, Any]:
    actor, installation = place_of(request)
    return _notice(notice_acts.prepare(actor, installation, clause=payload.clause, period=payload.period))


@router.post("/notices/{pk}/edit", response=NoticeOut)
def edit(request: HttpRequest, pk: int, payload: NoticeEditIn) -> dict[str, Any]:
    found = _find_notice(request, pk)
    return _notice(notice_acts.edit(actor_of(request), found, **payload.dict()))


@router.post("/notices/{pk}/submit", response=NoticeOut)
def submit(request: HttpRequest, pk: int, payload: VerbIn) -> dict[str, Any]:
    return _notice(notice_acts.submit(actor_of(request), _find_notice(request, pk), version=payload.version))


@router.post("/notices/{pk}/recall", response=NoticeOut)
def recall(request: HttpRequest, pk: int, payload: VerbIn) -> dict[str, Any]:
    return _notice(notice_acts.recall(actor_of(request), _find_notice(request, pk), version=payload.version))


@router.post("/notices/{pk}/return", response=NoticeOut)
def send_back(request: HttpRequest, pk: int, payload: VerbIn) -> dict[str, Any]:
    found = _find_notice(request, pk)
    return _notice(
        notice_acts.send_back(actor_of(request), found, version=payload.version, reason=payload.text)
    )


@router.post("/notices/{pk}/approve", response=NoticeOut)
def approve(request: HttpRequest, pk: int, payload: VerbIn) -> dict[str, Any]:
    found = _find_notice(request, pk)
    return _notice(
        notice_acts.approve(actor_of(request), found, version=payload.version, opinion=payload.text)
    )


@router.post("/notices/{pk}/publish", response=NoticeOut)
def publish(request: HttpRequest, pk: int, payload: VerbIn) -> dict[str, Any]:
    found = _find_notice(request, pk)
    return _notice(
        notice_acts.publish(actor_of(request), found, version=payload.version, prefix=payload.text)
    )


@router.get("/appeals", response=list[AppealOut])
def appeals(request: HttpRequest) -> list[dict[str, Any]]:
    return [_appeal(appeal) for appeal in queries.visible_appeals(actor_of(request))]


@router.post("/appeals", response=AppealOut)
def file_appeal(request: HttpRequest, payload: AppealIn) -> dict[str, Any]:
    actor = actor_of(request)
    unit = fetch(Unit.objects.filter(pk__in=actor.units(Right.APPEAL_FILE)), pk=payload.unit)
    line = fetch(queries.visible_lines(actor), pk=payload.line) if payload.line else None
    made = appeal_acts.file_appeal(
        actor, _find_notice(request, payload.notice), unit=unit, text=payload.text,
        client_key=payload.client_key, line=line,
    )  # fmt: skip
    return _appeal(made)


@router.post("/appeals/{pk}/withdraw", response=AppealOut)
def withdraw_appeal(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor = actor_of(request)
    return _appeal(appeal_acts.withdraw_appeal(actor, fetch(queries.visible_appeals(actor), pk=pk)))


@router.post("/appeals/{pk}/decide", response=AppealOut)
def decide(request: HttpRequest, pk: int, payload: AppealDecisionIn) -> dict[str, Any]:
    actor = actor_of(request)
    corrections = [appeal_acts.Correction(of=c.of, value=c.value, n=c.n) for c in payload.corrections]
    made = appeal_acts.decide(
        actor, fetch(queries.visible_appeals(actor), pk=pk), upheld=payload.upheld,
        decision=payload.decision, withdraw=payload.withdraw, corrections=corrections,
    )  # fmt: skip
    return _appeal(made)


@router.post("/whatif", response=list[ChangeOut])
def whatif(request: HttpRequest, payload: WhatIfIn) -> list[dict[str, Any]]:
    """Score the same facts under other values or readings. Writes nothing.

    Places only where the regulation ranks, or where ``ranks`` asks for them (for the eyes of those who revise it).
    """
    actor, installation = place_of(request)
    actor.require(Right.WHATIF_RUN, installation.unit_id)
    draft = Draft(payload.values, payload.readings)
    first, last = period_or_404(payload.first), period_or_404(payload.last)
    outcome = what_if(installation, draft, first, last, actor.at)
    showing = showing_of(draft.applied(pack_for(installation, actor.at)), asked=payload.ranks)
    places = showing.show == "places"
    return [
        {
            "unit": c.unit.pk, "before": c.before, "after": c.after,
            "place_before": c.place_before if places else None,
            "place_after": c.place_after if places else None,
        }
        for c in (outcome.changes if places else outcome.in_own_order)
    ]  # fmt: skip


def _find_notice(request: HttpRequest, pk: int) -> Notice:
    return fetch(queries.visible_notices(actor_of(request)).select_related("period"), pk=pk)


def _line(line: LedgerLine) -> dict[str, Any]:
    return {
        "id": line.pk, "period": line.period.key, "origin": line.origin.key, "unit": line.unit_id,
        "clause": line.clause, "rule": line.rule, "article": line.article, "version": line.version,
        "reading": line.reading, "points": line.points, "item": line.item_id, "evidence": line.evidence,
        "note": line.note, "reverses": line.reverses_id,
    }  # fmt: skip


def _fact(shown: explain.FactShown) -> dict[str, Any]:
    fact = shown.fact
    return {
        "id": fact.pk, "sentence": shown.sentence, "happened_at": fact.happened_at,
        "recorded_by": str(fact.recorded_by or ""), "decided_by": str(fact.decided_by or ""),
        "withdrawn": shown.withdrawn is not None,
    }  # fmt: skip


def _posting(made: Posting) -> dict[str, Any]:
    return {"id": made.pk, "period": made.period.key, "cause": made.cause, "lines": made.lines.count()}


def _notice(found: Notice) -> dict[str, Any]:
    return {
        "id": found.pk, "period": found.period.key, "clause": found.clause, "edition": found.edition,
        "number": found.number, "title": found.title, "state": found.state, "version": found.version,
    }  # fmt: skip


def _steps(found: Notice) -> Iterator[dict[str, Any]]:
    """One row a signature, and one for each step nobody signed; a round is a course."""
    for number, course in enumerate(found.courses.order_by("pk"), start=1):
        for step in running.steps_of(course):
            for signature in step.signatures.all() or (None,):
                yield _step(number, step, signature)


def _step(number: int, step: CourseStep, by: Signature | None) -> dict[str, Any]:
    return {
        "round": number, "label": step.label, "role": step.role, "state": step.state,
        "opinion": by.opinion if by else "", "signed_as": by.signed_as if by else "",
        "signed_by": str(by.person or "") if by else "", "at": by.at if by else None,
    }  # fmt: skip


def _appeal(found: Appeal) -> dict[str, Any]:
    return {
        "id": found.pk, "notice": found.notice_id, "unit": found.unit_id, "line": found.line_id,
        "text": found.text, "state": found.state, "decision": found.decision,
        "withdrawn_fact_ids": found.withdrawn_fact_ids, "recorded_fact_ids": found.recorded_fact_ids,
    }  # fmt: skip
