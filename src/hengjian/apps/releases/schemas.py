"""What goes in and out of the API of releases."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from hengjian.apps.indicators.schemas import Strict


class ReleaseIn(Strict):
    unit: int
    title: str = Field(max_length=120)
    mode: str = Field(max_length=80)
    channel: str = Field(max_length=40)
    grade: str = Field("public", max_length=10)
    query_channel: str = Field(max_length=200)
    opens_at: datetime | None = None
    note: str = ""
    client_key: str = Field(max_length=64)


class ReleaseOut(Schema):
    id: int
    code: str
    title: str
    unit_id: int
    mode: str
    channel: str
    grade: str
    query_channel: str
    opens_at: datetime | None
    state: str
    version: int


class ReleaseLineIn(Strict):
    name: str = Field(max_length=80)
    court: int
    whole: bool = False
    period: str = Field(max_length=20)
    written: str = Field(max_length=30)
    measure: str = Field(max_length=20)
    source: str = Field(max_length=200)
    definition: str = Field("", max_length=1000)
    dims: dict[str, str] = {}
    aliases: str = Field("", max_length=200)
    card_version: str = Field("", max_length=40)
    data_version: str = Field("", max_length=80)


class LinesIn(Strict):
    version: int
    lines: list[ReleaseLineIn]


class ReleaseVersionIn(Strict):
    version: int


class PostponeIn(Strict):
    version: int
    opens_at: datetime
    reason: str = Field(max_length=200)


class ReleaseReasonIn(Strict):
    version: int
    reason: str = Field(max_length=200)


class ReaderIn(Strict):
    person: int
    reason: str = Field(max_length=120)


class FrozenOut(Schema):
    """A published figure with what one needs to quote it."""

    id: int
    concept: str
    name: str
    court: str
    whole: bool
    period: str
    dims: dict[str, Any]
    value: Decimal
    written: str
    measure: str
    definition: str
    card_version: str
    data_version: str
    revision: int
    release: str
    opens_at: datetime | None
    digest: str
    citation: str
    notes: list[str]


class DoubtOut(Schema):
    id: int
    figure_id: int
    described: str
    published: Decimal
    now: Decimal | None
    to_version: str
    state: str
    uses: list[dict[str, str]]


class DoubtNoteIn(Strict):
    text: str = Field(max_length=300)


class RestateIn(Strict):
    doubts: list[int]
    text: str = Field(max_length=300)


class UseIn(Strict):
    scope: str = Field(max_length=40)
    target: int | None = None
    wanted: str = Field(max_length=300)
    purpose: str = Field(max_length=300)
    until: date
    external: str = Field("", max_length=120)
    client_key: str = Field(max_length=64)


class UseOut(Schema):
    id: int
    code: str
    scope: str
    wanted: str
    purpose: str
    until: date
    unit_id: int
    state: str
    granted_at: datetime | None


class ParcelIn(Strict):
    title: str = Field(max_length=120)
    rows: list[list[str]]
    source: str = Field(max_length=200)
    data_version: str = Field("", max_length=80)


class CopyIn(Strict):
    form: str = Field(max_length=8)
    purpose: str = Field("", max_length=300)


class WorkingIn(CopyIn):
    period: str = Field(max_length=15)
    version: int | None = None
    kinds: bool = False


class RevokeIn(Strict):
    reason: str = Field(max_length=200)


class TraceIn(Strict):
    text: str = Field(max_length=2000)


class HandOutOut(Schema):
    code: str
    name: str
    office: str
    purpose: str
    form: str
    at: datetime
    release_id: int | None
    parcel_id: int | None


class FigureCheckIn(Strict):
    text: str = Field(max_length=200_000)
    court: int | None = None
    year: int | None = Field(None, ge=2000, le=2100)


class ComputedIn(Strict):
    version: int
    card: str = Field(max_length=40)
    court: int
    whole: bool = False
    period: str = Field(max_length=20)
    dims: dict[str, str] = {}
