"""Findings: the queue, one with its case, the word of the court above, corrections."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hengjian.apps.cases.access import visible_corrections, visible_findings
from hengjian.apps.cases.acts.correct import propose
from hengjian.apps.cases.acts.judge import judge, judge_many
from hengjian.apps.cases.acts.waive import waive
from hengjian.apps.cases.api.common import Page, Strict, reader, span
from hengjian.apps.cases.cards import case_cells
from hengjian.apps.cases.models import Correction, Finding
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of

router = Router()


class CaseFindingOut(Schema):
    id: int
    rule: str
    title: str
    basis: str
    severity: str
    owner: str
    case_id: str
    case_no: str
    court_id: int
    department_id: int | None
    state: str
    verdict: str
    verdict_why: str
    opened_at: datetime
    closed_at: datetime | None
    cause: str
    reopened: int
    version: int


class CellOut(Schema):
    key: str
    label: str
    value: str


class CaseOut(Schema):
    finding: CaseFindingOut
    cells: list[CellOut]


class JudgeIn(Strict):
    version: int
    verdict: str
    why: str = ""


class JudgeManyIn(Strict):
    findings: list[int]
    verdict: str
    why: str = ""


class WaiveIn(Strict):
    version: int
    reason: str
    until: date


class CorrectIn(Strict):
    finding: int
    changes: dict[str, str]
    reason: str
    client_key: str = ""


class CorrectionOut(Schema):
    id: int
    case_id: str
    case_no: str
    state: str
    reason: str
    made_at: datetime
    applied_version: int | None


@router.get("/findings", response=list[CaseFindingOut])
def finding_list(request: HttpRequest, state: str = "", rule: str = "", page: Page = 1) -> Any:
    """Findings one sees, the newest first."""
    rows = visible_findings(reader(request))
    if state:
        rows = rows.filter(state=state)
    if rule:
        rows = rows.filter(rule=rule)
    return list(rows[span(page)])


@router.post("/findings/judge", response=list[CaseFindingOut])
def finding_judge_many(request: HttpRequest, data: JudgeManyIn) -> Any:
    """The same word for several."""
    actor = actor_of(request)
    rows = list(visible_findings(actor).filter(pk__in=data.findings).select_related("dataset", "court"))
    return judge_many(actor, rows, verdict=data.verdict, why=data.why)


@router.get("/findings/{pk}", response=CaseOut)
def finding_one(request: HttpRequest, pk: int) -> Any:
    """A finding with its case; the look is on record, personal data as far as one may see it."""
    actor = actor_of(request)
    row: Finding = fetch(visible_findings(actor).select_related("dataset__installation__unit"), pk=pk)
    return {"finding": row, "cells": case_cells(actor, row)}


@router.post("/findings/{pk}/judge", response=CaseFindingOut)
def finding_judge(request: HttpRequest, pk: int, data: JudgeIn) -> Finding:
    actor = actor_of(request)
    row = fetch(visible_findings(actor), pk=pk)
    return judge(actor, row, verdict=data.verdict, why=data.why, version=data.version)


@router.post("/findings/{pk}/waive", response=CaseFindingOut)
def finding_waive(request: HttpRequest, pk: int, data: WaiveIn) -> Finding:
    """Leave it alone until a day."""
    actor = actor_of(request)
    row = fetch(visible_findings(actor), pk=pk)
    return waive(actor, row, reason=data.reason, until=data.until, version=data.version)


@router.get("/corrections", response=list[CorrectionOut])
def correction_list(request: HttpRequest, page: Page = 1) -> Any:
    return list(visible_corrections(reader(request))[span(page)])


@router.get("/corrections/{pk}", response=CorrectionOut)
def correction_one(request: HttpRequest, pk: int) -> Any:
    return fetch(visible_corrections(actor_of(request)), pk=pk)


@router.post("/corrections", response=CorrectionOut)
def correction_propose(request: HttpRequest, data: CorrectIn) -> Correction:
    """New values for the case of a finding; in force when the seats of the flow have agreed."""
    actor = actor_of(request)
    row: Finding = fetch(
        visible_findings(actor).select_related("dataset__installation", "court", "department"),
        pk=data.finding,
    )
    return propose(
        actor,
        row.dataset,
        case_id=row.case_id,
        court=row.court,
        department=row.department,
        changes=data.changes,
        reason=data.reason,
        findings=[row],
        client_key=data.client_key,
    )
