"""What goes in and out of the API of points."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from ninja import Schema


class ScoreOut(Schema):
    unit: int | None
    points: Decimal


class LineOut(Schema):
    id: int
    period: str
    origin: str
    unit: int | None
    clause: str
    rule: str
    article: str
    version: str
    reading: str
    points: Decimal
    item: int | None
    evidence: list[int]
    note: str
    reverses: int | None


class FactOut(Schema):
    id: int
    sentence: str
    happened_at: datetime
    recorded_by: str
    decided_by: str
    withdrawn: bool


class CardOut(Schema):
    line: LineOut
    sentence: str
    clause_title: str
    article: str
    gist: str
    value: str
    readings: list[dict[str, str]]
    nearest: list[str]
    facts: list[FactOut]


class WorkloadOut(Schema):
    unit: int
    have: Decimal
    need: Decimal
    missing: Decimal
    points: Decimal
    sentence: str


class PostingOut(Schema):
    id: int
    period: str
    cause: str
    lines: int


class RestatementIn(Schema):
    reason: str


class PrepareIn(Schema):
    clause: str
    period: str


class NoticeEditIn(Schema):
    version: int
    title: str
    remark: str = ""


class VerbIn(Schema):
    version: int
    text: str = ""


class NoticeOut(Schema):
    id: int
    period: str
    clause: str
    edition: int
    number: str
    title: str
    state: str
    version: int


class PersonWorkOut(Schema):
    unit: int
    person: int
    name: str
    submitted: int
    adopted: int
    commended: int
    carriers: list[str]
    titles: list[str]


class AssessedOut(Schema):
    unit: int
    name: str
    duties: dict[str, tuple[str, str]]
    submitted: int
    selected: int
    adopted: int
    commended: int
    found: list[str]
    points: list[Decimal]


class NoticeStepOut(Schema):
    round: int
    label: str
    role: str
    state: str
    signed_as: str
    signed_by: str
    at: datetime | None
    opinion: str


class NoticeFull(NoticeOut):
    steps: list[NoticeStepOut]
    content: dict[str, Any]
    changes: list[dict[str, Any]]
    remark: str
    opinion: str


class AppealIn(Schema):
    notice: int
    unit: int
    text: str
    client_key: str
    line: int | None = None


class CorrectionIn(Schema):
    of: int
    value: str = ""
    n: int | None = None


class AppealDecisionIn(Schema):
    upheld: bool
    decision: str
    withdraw: list[int] = []
    corrections: list[CorrectionIn] = []


class AppealOut(Schema):
    id: int
    notice: int
    unit: int
    line: int | None
    text: str
    state: str
    decision: str
    withdrawn_fact_ids: list[int]
    recorded_fact_ids: list[int]


class WhatIfIn(Schema):
    first: str
    last: str
    values: dict[str, Decimal] = {}
    readings: dict[str, str] = {}
    ranks: bool = False


class ChangeOut(Schema):
    unit: int
    before: Decimal
    after: Decimal
    place_before: int | None
    place_after: int | None


class ProjectionOut(Schema):
    tier: str
    label: str
    points: Decimal
