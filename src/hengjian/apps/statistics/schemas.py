"""What the API of statistics takes and gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

Dims = dict[str, str]


class CellFigureOut(Schema):
    value: Decimal | None
    unit: str
    card: str
    card_version: int
    data_version: int
    court: str
    period: str
    dims: Dims
    top: Decimal | None
    bottom: Decimal | None
    withheld: bool


class DepartmentReportOut(Schema):
    id: int
    unit: str
    court: str
    span: str
    title: str
    lines: list[dict[str, str]]
    body: str
    state: str
    version: int

    @staticmethod
    def resolve_unit(row: Any) -> str:
        return str(row.unit)

    @staticmethod
    def resolve_court(row: Any) -> str:
        return str(row.court)


class DepartmentReportEdit(Schema):
    span: str = Field(max_length=15)
    title: str = Field(max_length=120)
    lines: str = Field("", max_length=4000)
    body: str = Field("", max_length=10_000)
    version: int | None = None


class DepartmentReportIn(DepartmentReportEdit):
    unit: int
    client_key: str = Field(max_length=64)


class CellCasesOut(Schema):
    data_version: int
    top: list[str]
    bottom: list[str]


class BreachOut(Schema):
    title: str
    court: str
    kind: str
    period: str
    by: int
    cases: list[str]


class StatTableOut(Schema):
    figures: list[CellFigureOut]
    breaches: list[BreachOut]


class DisagreementOut(Schema):
    level: str
    card: str
    court: str
    period: str
    dims: Dims
    said: Decimal | None
    counted: Decimal | None
    missing: list[str]
    extra: list[str]


class AgreementOut(Schema):
    data_version: int
    checked: dict[str, int]
    found: list[DisagreementOut]


class DefinitionOut(Schema):
    key: str
    version: int
    title: str
    unit: str
    formula: str
    since: date
    dims: list[str]


class DefinitionIn(Schema):
    key: str = Field(max_length=40)
    title: str = Field(max_length=40)
    body: dict[str, object]
    since: date
    reason: str = Field(max_length=300)
    client_key: str = Field(max_length=64)


class EndingIn(Schema):
    since: date
    reason: str = Field(max_length=300)
    client_key: str = Field(max_length=64)


class StatIdOut(Schema):
    id: int


class ReportIn(Schema):
    period: str = Field(max_length=15)
    values: dict[str, Decimal] | None = None
    cases: dict[str, list[str]] = {}
    remark: str = Field("", max_length=300)
    client_key: str = Field(max_length=64)


class QuestionIn(Schema):
    label: str = Field(max_length=100)
    type: str = Field(pattern="^(number|text|yes)$")


class SurveyIn(Schema):
    way: str = Field(max_length=20)
    title: str = Field(max_length=100)
    purpose: str = Field(max_length=1000)
    questions: list[QuestionIn] = Field(max_length=30)
    due_on: date
    card: str = Field("", max_length=40)
    period: str = Field("", max_length=15)
    share: Decimal | None = Field(None, max_digits=6, decimal_places=3)
    seed: str = Field("", max_length=100)
    seed_source: str = Field("", max_length=200)
    client_key: str = Field(max_length=64)


class CourtsIn(Schema):
    courts: list[str]
    version: int


class AnswersIn(Schema):
    answers: dict[str, str]
    version: int


class StatTextIn(Schema):
    text: str = Field(max_length=4000)
    version: int | None = None


class StatVersionIn(Schema):
    version: int | None = None


class AnalysisIn(Schema):
    kind: str = Field(max_length=20)
    title: str = Field(max_length=200)
    span: str = Field(max_length=15)
    authors: str = Field(max_length=100)
    body: str = Field(max_length=30_000)
    method: str = Field("", max_length=300)
    client_key: str = Field("", max_length=64)
    version: int | None = None


class CiteIn(Schema):
    card: str = Field(max_length=40)
    court: str = Field(max_length=20)
    period: str = Field(max_length=15)
    dims: Dims = {}


class SuggestionIn(Schema):
    title: str = Field(max_length=200)
    addressee: str = Field(max_length=100)
    body: str = Field(max_length=10_000)
    analysis: int | None = None
    client_key: str = Field(max_length=64)


class SendIn(Schema):
    number: str = Field(max_length=60)
    sent_on: date
    reply_by: date
    version: int | None = None


class SuggestionReplyIn(Schema):
    replied_on: date
    adopted: bool
    reply: str = Field(max_length=4000)
    version: int | None = None
