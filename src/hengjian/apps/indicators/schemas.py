"""What goes in and out of the API of indicators."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema


class Strict(Schema):
    """Unknown fields are refused."""

    model_config = {"extra": "forbid"}


class ResultOut(Schema):
    indicator: str
    title: str
    unit: str
    period: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    text: str
    target: Decimal | None
    target_from: date | None
    status: str
    short_by: int | None
    lead: list[str]
    note: str
    published: bool


class FigureOut(Schema):
    id: int
    indicator: str
    unit_id: int
    period: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    origin: str
    evidence: str
    card_id: int | None
    data_version: int | None
    supersedes_id: int | None
    doubts: list[str]
    reason: str
    recorded_at: datetime
    verified_at: datetime | None
    superseded_at: datetime | None


class FigureIn(Strict):
    indicator: str
    unit: int
    period: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    evidence: str
    answer: str = ""
    reason: str = ""


class CountingIn(Strict):
    """How to count over case records; see docs/reference/indicators.md."""

    date: str = ""
    department: str = ""
    among: str = ""
    top: str = ""
    top_of: str = ""
    bottom_of: str = ""


class CaseLoadOut(Schema):
    id: int
    name: str
    rows: int
    accepted: int
    rejected: int
    inserted: int
    updated: int
    reasons: list[tuple[str, int]]
    ignored: list[str]
    version: int | None
    loaded_at: datetime


class ShiftOut(Schema):
    """A standing figure and what the latest records say instead."""

    figure: int
    indicator: str
    unit: int
    period: str
    numerator: Decimal
    denominator: Decimal
    version: int
    notices: list[int]


class CountedOut(Schema):
    indicator: str
    unit: int
    numerator: Decimal
    denominator: Decimal
    standing: int | None
    differs: bool


class ComputeIn(Strict):
    indicators: list[str] = []
    reason: str = ""


class ComputedOut(Schema):
    made: list[FigureOut]
    changed: int
    unchanged: int
    refused: list[str]


class FigureCasesOut(Schema):
    """Keys of the cases behind a figure, at the version of the records it was counted at."""

    data_version: int
    numerator: list[str]
    denominator: list[str]
    missing: list[str]


class FeedOut(Schema):
    id: int
    unit_id: int
    period: str
    edition: int
    rows: list[list[Any]]
    sent_at: datetime


class LeadOut(Schema):
    unit: int
    lead: str
    indicator: str
    role: str
    scope: str
    responsible: list[str]
    target: str
    conflict: bool
    verified_by: str


class LineIn(Strict):
    line: str
    document: str
    item: str
    same: bool
    target: str = ""
    note: str = ""


class CardIn(Strict):
    numerator: str
    denominator: str
    cutoff: str
    source: str
    since: date
    excluded: str = ""
    formula: CountingIn = CountingIn()


class DecideCardIn(Strict):
    version: int
    decided_by: str
    document: str


class IndicatorVersionIn(Strict):
    version: int


class TargetIn(Strict):
    since: date
    value: Decimal | None
    reason: str
    source: str


class DecideTargetIn(Strict):
    accept: bool
    opinion: str


class BenchmarkIn(Strict):
    period: str
    average: Decimal | None = None
    excellent: Decimal | None = None
    rank: int | None = None
    ranked: int | None = None
    source: str


class IndicatorPrepareIn(Strict):
    clause: str
    period: str
    ranked: bool = False
    intervals: bool = False


class EditIn(Strict):
    version: int
    title: str
    remark: str = ""


class IndicatorVerbIn(Strict):
    version: int
    opinion: str = ""


class IndicatorNoticeOut(Schema):
    id: int
    clause: str
    period: str
    edition: int
    title: str
    number: str
    state: str
    version: int


class IndicatorNoticeFull(IndicatorNoticeOut):
    remark: str
    content: dict[str, Any]


class ExplanationIn(Strict):
    version: int
    why: str
    measures: str
    promised_on: date | None = None


class ExplanationOut(Schema):
    id: int
    indicator: str
    unit_id: int
    period: str
    trigger: str
    article: str
    fact: str
    why: str
    measures: str
    promised_on: date | None
    state: str
    opinion: str
    version: int


class ApplyIn(Strict):
    columns: dict[int, str]
    units: dict[str, str]


class AppliedOut(Schema):
    figures: int
    unchanged: int
    benchmarks: int
    refused: list[str]


class IdOut(Schema):
    id: int
    state: str = ""
