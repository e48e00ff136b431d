"""What the API takes and gives for items. Unknown fields are refused; times without a zone are local."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from hengjian.base.times import to_instant


def _zoned(value: datetime) -> datetime:
    return value if value.tzinfo else to_instant(value)


Moment = Annotated[datetime, AfterValidator(_zoned)]


class In(Schema):
    model_config = ConfigDict(extra="forbid")


class ItemIn(In):
    title: str = Field(max_length=200)
    body: str = ""
    form: str = "info"
    category: str
    subtype: str = ""
    importance: str = ""
    grade: str = "internal"
    outlet: str = ""
    joint: bool = False
    lead_unit: int | None = None
    partners: list[int] = []
    occurred_at: Moment | None = None
    occurred_exact: bool = True
    learned_at: Moment | None = None
    planned_at: Moment | None = None
    completes: int | None = None
    sources: str = ""


class NewItemIn(ItemIn):
    unit: int
    client_key: str = Field(min_length=8, max_length=64)


class VersionIn(In):
    version: int


class ItemEditIn(ItemIn):
    version: int


class SubmitIn(VersionIn):
    checked: list[str] = []
    way_out: str = ""
    reason: str = ""


class WayOutIn(VersionIn):
    way_out: str
    reason: str


class ReasonIn(VersionIn):
    reason: str = ""


class ApproveIn(VersionIn):
    opinion: str = ""
    step: int | None = None


class SendBackIn(VersionIn):
    reasons: list[str] = []
    opinion: str = ""
    step: int | None = None


class ReturnIn(VersionIn):
    reasons: list[str] = []
    opinion: str = ""


class ReceiveIn(VersionIn):
    marks: dict[str, str] = {}


class AmendIn(VersionIn):
    title: str = Field(max_length=200)
    body: str
    note: str = ""
    ask_again: bool = False


class RetypeIn(VersionIn):
    category: str
    subtype: str = ""
    importance: str = ""
    outlet: str = ""
    reason: str


class LateIn(In):
    reference: str


class CallIn(In):
    called_at: Moment
    caller: str = Field(max_length=40)
    receiver: str = Field(max_length=40)
    receiver_office: str = Field(max_length=100)
    content: str
    means: str = Field("phone", max_length=8, description="phone、sms、oral")


class EmergencyIn(In):
    unit: int
    what: str
    where: str = Field(max_length=60)
    occurred_at: Moment
    learned_at: Moment | None = None
    occurred_exact: bool = True
    subtype: str = ""
    client_key: str = Field(min_length=8, max_length=64)
    call: CallIn | None = None


class StageIn(In):
    stage: str
    text: str
    client_key: str = Field(min_length=8, max_length=64)


class ShareIn(In):
    person: int
    weight: int


class SharesIn(In):
    shares: list[ShareIn]
    seen: str | None = None


class SeenIn(In):
    seen: str | None = None
    reason: str = ""


class CheckIn(In):
    title: str = ""
    body: str
    fields: dict[str, str] = {}


class RowOut(Schema):
    id: int
    number: str
    title: str
    unit: int
    category: str
    state: str
    lane: str
    outlet: str
    grade: str
    version: int
    changed_at: datetime
    filed_at: datetime | None
    received_at: datetime | None


class ItemOut(RowOut):
    body: str
    form: str
    subtype: str
    importance: str
    joint: bool
    lead_unit: int | None
    partners: list[int]
    occurred_at: datetime | None
    occurred_exact: bool
    learned_at: datetime | None
    approval_waived: str
    sources: str
    can: list[str]
    steps: list[dict[str, Any]]
    shares: list[dict[str, Any]]
    attachments: list[dict[str, Any]]


class PageOut(Schema):
    count: int
    capped: bool
    page: int
    items: list[RowOut]


class ClockOut(Schema):
    clause: str
    stage: str
    title: str
    article: str
    start: datetime | None
    due_at: datetime | None
    happened_at: datetime | None
    state: str
    violated: bool
    chargeable: bool
    words: str
    reading: str


class FindingOut(Schema):
    rule: str
    code: str
    severity: str
    start: int
    end: int
    quote: str
    message: str
    article: str


class DoneOut(Schema):
    """What an act left: the item's state and the version the next act must name."""

    id: int
    state: str
    number: str
    version: int


class ExcludeIn(In):
    version: int | None = None
    reason: str = Field(max_length=40, description="制度包词表 exclusion")
    note: str = Field("", max_length=200)


class IncludeIn(In):
    version: int | None = None
    note: str = Field(max_length=200)


class SendOnIn(In):
    box: str = Field(max_length=40, description="制度包词表 channel")
    arrived_at: Moment | None = None
    note: str = Field("", max_length=200)


class CopyOut(Schema):
    box: str
    label: str
    office: str
    arrived_at: datetime | None
    signed_at: datetime | None
    digest: str
    delivery: int | None
