"""API of items: every act of the pages is an operation, every read asks ``visible_items``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router, Status, UploadedFile

from hengjian.apps.bulletins import boxes, can, checking, clocks, rounds
from hengjian.apps.bulletins import search as searching
from hengjian.apps.bulletins.acts import attach as attaching
from hengjian.apps.bulletins.acts import receipt as receipts
from hengjian.apps.bulletins.acts import shares as sharing
from hengjian.apps.bulletins.acts.amend import amend
from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.acts.decide import approve, send_back
from hengjian.apps.bulletins.acts.edit import edit
from hengjian.apps.bulletins.acts.emergency import acknowledge, report, report_stage
from hengjian.apps.bulletins.acts.exclude import exclude, include
from hengjian.apps.bulletins.acts.lane import leave_lane
from hengjian.apps.bulletins.acts.office import receive, return_item
from hengjian.apps.bulletins.acts.phone import PhoneCall, record_call
from hengjian.apps.bulletins.acts.propose_late import propose_late
from hengjian.apps.bulletins.acts.retype import retype
from hengjian.apps.bulletins.acts.submit import submit, take_way_out
from hengjian.apps.bulletins.acts.take_back import cancel, restore, withdraw
from hengjian.apps.bulletins.acts.undo import undo
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.items import emergency
from hengjian.apps.bulletins.items import schemas as s
from hengjian.apps.bulletins.items.context import open_item
from hengjian.apps.bulletins.items.detail import note_reading
from hengjian.apps.bulletins.items.editing import place_of
from hengjian.apps.bulletins.items.files import hand_out
from hengjian.apps.bulletins.models import Attachment, Delivery, Item, StageReport
from hengjian.apps.bulletins.queries import is_restricted, own_item, visible_items
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import installation_of, pack_for
from hengjian.base.times import to_local

router = Router(tags=["items"])


@router.get("/items", response=s.PageOut, summary="信息列表")
def list_items(request: HttpRequest, asked: Query[searching.Asked]) -> dict[str, Any]:
    items = searching.found(actor_of(request), asked.query())
    paginator = searching.ItemPaginator(items, searching.PAGE, once=bool(asked.q))
    shown = paginator.get_page(asked.page)
    rows = [_row(item) for item in shown]
    return {"count": paginator.count, "capped": paginator.capped, "page": shown.number, "items": rows}


@router.get("/items/{int:pk}", response=s.ItemOut, summary="一条信息")
def read_item(request: HttpRequest, pk: int) -> dict[str, Any]:
    opened = open_item(request, pk)
    item = opened.item
    if is_restricted(item, opened.pack) and not own_item(opened.actor, item):
        note_reading(opened.actor, item)
    steps = rounds.current(item)
    allowed = can.can(opened.actor, item, opened.pack, steps)
    plain = {name: getattr(item, name) for name in s.ItemOut.model_fields if hasattr(item, name)}
    return {
        **plain,
        **_row(item),
        "lead_unit": item.lead_unit_id,
        "partners": list(item.partners.values_list("unit", flat=True)),
        "can": sorted(allowed.verbs),
        "steps": [
            {"id": x.pk, "label": x.label, "state": x.state, "role": x.role, "decided_as": x.decided_as}
            for x in steps
        ],
        "shares": list(item.authorships.values("unit", "person", "weight", "confirmed_at", "signed_at")),
        "attachments": list(item.attachments.values("id", "name", "media_type", "size", "sha256")),
    }


@router.get("/items/{int:pk}/clocks", response=list[s.ClockOut], summary="报送时限")
def read_clocks(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    opened = open_item(request, pk)
    found = clocks.clocks_of(opened.item, opened.actor.at, opened.pack)
    names = [name for name in s.ClockOut.model_fields if name != "words"]
    return [
        {**{n: getattr(one, n) for n in names}, "words": clocks.in_words(one, opened.actor.at)}
        for one in found
    ]


@router.get("/items/{int:pk}/revisions", response=list[dict[str, Any]], summary="修订稿")
def read_revisions(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    revisions = open_item(request, pk).item.revisions
    rows = revisions.values("n", "title", "body", "stage", "made_by", "made_by_unit", "made_at", "note")
    return [dict(row) for row in rows]


@router.post("/items/check", response=list[s.FindingOut], summary="文字校验")
def check_text(request: HttpRequest, data: s.CheckIn) -> list[Any]:
    actor = actor_of(request)
    actor.require(Right.ITEM_WRITE)
    unit, installation = place_of(actor, "")
    pack = pack_for(installation, actor.at)
    day = to_local(actor.at).date()
    corpus = checking.similar(actor, None, unit.pk)
    return [*checking.findings(pack, data.title, data.body, data.fields, day, corpus)]


@router.post("/items", response={201: s.DoneOut}, summary="起草")
def create_item(request: HttpRequest, data: s.NewItemIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    unit, installation = place_of(actor, str(data.unit))
    item = create(
        actor, installation=installation, unit=unit, draft=_draft(request, data), client_key=data.client_key
    )
    return Status(201, _done(item))


@router.put("/items/{int:pk}", response=s.DoneOut, summary="修改")
def edit_item(request: HttpRequest, pk: int, data: s.ItemEditIn) -> dict[str, Any]:
    opened = open_item(request, pk)
    return _done(edit(opened.actor, opened.item, draft=_draft(request, data), version=data.version))


def _act(request: HttpRequest, pk: int, act: Any, data: s.In) -> dict[str, Any]:
    opened = open_item(request, pk)
    return _done(act(opened.actor, opened.item, **data.model_dump()))


@router.post("/items/{int:pk}/submit", response=s.DoneOut, summary="报送")
def submit_item(request: HttpRequest, pk: int, data: s.SubmitIn) -> dict[str, Any]:
    return _act(request, pk, submit, data)


@router.post("/items/{int:pk}/way-out", response=s.DoneOut, summary="按例外程序办理")
def way_out_item(request: HttpRequest, pk: int, data: s.WayOutIn) -> dict[str, Any]:
    return _act(request, pk, take_way_out, data)


@router.post("/items/{int:pk}/withdraw", response=s.DoneOut, summary="收回修改")
def withdraw_item(request: HttpRequest, pk: int, data: s.ReasonIn) -> dict[str, Any]:
    return _act(request, pk, withdraw, data)


@router.post("/items/{int:pk}/cancel", response=s.DoneOut, summary="撤回不报")
def cancel_item(request: HttpRequest, pk: int, data: s.ReasonIn) -> dict[str, Any]:
    return _act(request, pk, cancel, data)


@router.post("/items/{int:pk}/restore", response=s.DoneOut, summary="恢复为草稿")
def restore_item(request: HttpRequest, pk: int, data: s.VersionIn) -> dict[str, Any]:
    return _act(request, pk, restore, data)


@router.post("/items/{int:pk}/approve", response=s.DoneOut, summary="审核同意")
def approve_item(request: HttpRequest, pk: int, data: s.ApproveIn) -> dict[str, Any]:
    return _act(request, pk, approve, data)


@router.post("/items/{int:pk}/send-back", response=s.DoneOut, summary="审核退回")
def send_back_item(request: HttpRequest, pk: int, data: s.SendBackIn) -> dict[str, Any]:
    return _act(request, pk, send_back, data)


@router.post("/items/{int:pk}/receive", response=s.DoneOut, summary="签收")
def receive_item(request: HttpRequest, pk: int, data: s.ReceiveIn) -> dict[str, Any]:
    return _act(request, pk, receive, data)


@router.post("/items/{int:pk}/return", response=s.DoneOut, summary="退回")
def give_item_back(request: HttpRequest, pk: int, data: s.ReturnIn) -> dict[str, Any]:
    return _act(request, pk, return_item, data)


@router.post("/items/{int:pk}/amend", response=s.DoneOut, summary="改稿")
def amend_item(request: HttpRequest, pk: int, data: s.AmendIn) -> dict[str, Any]:
    return _act(request, pk, amend, data)


@router.post("/items/{int:pk}/retype", response=s.DoneOut, summary="改类型")
def retype_item(request: HttpRequest, pk: int, data: s.RetypeIn) -> dict[str, Any]:
    return _act(request, pk, retype, data)


@router.post("/items/{int:pk}/undo", response=s.DoneOut, summary="撤销上一步决定")
def undo_item(request: HttpRequest, pk: int, data: s.ReasonIn) -> dict[str, Any]:
    return _act(request, pk, undo, data)


@router.post("/items/{int:pk}/leave-lane", response=s.DoneOut, summary="转回一般流程")
def leave_lane_item(request: HttpRequest, pk: int, data: s.ReasonIn) -> dict[str, Any]:
    return _act(request, pk, leave_lane, data)


@router.post("/items/{int:pk}/exclude", response=s.DoneOut, summary="标明不计入考评")
def exclude_item(request: HttpRequest, pk: int, data: s.ExcludeIn) -> dict[str, Any]:
    return _act(request, pk, exclude, data)


@router.post("/items/{int:pk}/include", response=s.DoneOut, summary="恢复计入考评")
def include_item(request: HttpRequest, pk: int, data: s.IncludeIn) -> dict[str, Any]:
    return _act(request, pk, include, data)


@router.get("/items/{int:pk}/copies", response=list[s.CopyOut], summary="送达和回执")
def read_copies(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    opened = open_item(request, pk)
    return [
        {
            "box": c.term.key,
            "label": c.term.label,
            "office": c.office,
            "arrived_at": c.delivery.arrived_at if c.delivery else None,
            "signed_at": c.delivery.signed_at if c.delivery else None,
            "digest": c.delivery.digest if c.delivery else "",
            "delivery": c.delivery.pk if c.delivery else None,
        }
        for c in boxes.copies(opened.item, opened.pack)
    ]


@router.post("/items/{int:pk}/copies", response={201: dict[str, int]}, summary="补发或者登记送达")
def send_copy(request: HttpRequest, pk: int, data: s.SendOnIn) -> Status[dict[str, int]]:
    opened = open_item(request, pk)
    made = receipts.send_on(opened.actor, opened.item, **data.model_dump())
    return Status(201, {"delivery": made.pk})


@router.post("/copies/{int:pk}/sign", response=dict[str, int], summary="签收送达的信息")
def sign_copy(request: HttpRequest, pk: int) -> dict[str, int]:
    actor = actor_of(request)
    rows = Delivery.objects.filter(item__in=visible_items(actor)).select_related("item__unit")
    return {"delivery": receipts.sign(actor, fetch(rows, pk=pk)).pk}


@router.post("/items/{int:pk}/late", response={201: dict[str, int]}, summary="提出迟报认定")
def propose_late_item(request: HttpRequest, pk: int, data: s.LateIn) -> Status[dict[str, int]]:
    opened = open_item(request, pk)
    return Status(201, {"fault": propose_late(opened.actor, opened.item, reference=data.reference).pk})


@router.post("/emergency", response={201: s.DoneOut}, summary="紧急报告")
def report_emergency(request: HttpRequest, data: s.EmergencyIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    unit = fetch(Unit.objects.filter(pk__in=actor.units(Right.EMERGENCY_REPORT)), pk=data.unit)
    installation = installation_of(unit)
    if installation is None:
        raise Missing("这个部门还没有启用任何制度。")
    values = data.model_dump(exclude={"unit", "call"})
    call = PhoneCall(**data.call.model_dump()) if data.call else None
    return Status(201, _done(report(actor, installation=installation, unit=unit, call=call, **values)))


@router.post("/items/{int:pk}/calls", response={201: dict[str, int]}, summary="登记电话报告")
def add_call(request: HttpRequest, pk: int, data: s.CallIn) -> Status[dict[str, int]]:
    opened = open_item(request, pk)
    made = record_call(opened.actor, opened.item, call=PhoneCall(**data.model_dump()))
    return Status(201, {"id": made.pk})


@router.post("/items/{int:pk}/stages", response={201: dict[str, int]}, summary="补报、续报、终报")
def add_stage(request: HttpRequest, pk: int, data: s.StageIn) -> Status[dict[str, int]]:
    opened = open_item(request, pk)
    made = report_stage(opened.actor, opened.item, **data.model_dump())
    return Status(201, {"id": made.pk, "n": made.n})


@router.get("/items/{int:pk}/report.{form}", summary="打印紧急报告")
def printed_report(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    return emergency.printed(request, pk, form)


@router.post("/stages/{int:pk}/received", response=dict[str, int], summary="签收分阶段报告")
def receive_stage(request: HttpRequest, pk: int) -> dict[str, int]:
    actor = actor_of(request)
    reports = StageReport.objects.select_related("item__unit").filter(item__in=visible_items(actor))
    return {"id": acknowledge(actor, fetch(reports, pk=pk)).pk}


@router.put("/items/{int:pk}/shares/{int:unit}", response=dict[str, str], summary="填写作者份额")
def set_shares(request: HttpRequest, pk: int, unit: int, data: s.SharesIn) -> dict[str, str]:
    opened = open_item(request, pk)
    department = fetch(Unit.objects.all(), pk=unit)
    people = Person.objects.in_bulk([share.person for share in data.shares])
    if len(people) < len({share.person for share in data.shares}):
        raise Missing("没有这名作者。")
    given = [sharing.Share(people[share.person], share.weight) for share in data.shares]
    rows = sharing.set_shares(opened.actor, opened.item, unit=department, shares=given, seen=data.seen)
    return {"seen": sharing.seen_token(rows)}


@router.post("/items/{int:pk}/shares/confirm", response=dict[str, int], summary="确认自己的份额")
def confirm_share(request: HttpRequest, pk: int, data: s.SeenIn) -> dict[str, int]:
    opened = open_item(request, pk)
    return {"weight": sharing.confirm_share(opened.actor, opened.item, seen=data.seen).weight}


@router.post("/items/{int:pk}/shares/{int:unit}/sign", response=dict[str, int], summary="审定份额")
def sign_shares(request: HttpRequest, pk: int, unit: int, data: s.SeenIn) -> dict[str, int]:
    opened = open_item(request, pk)
    department = fetch(Unit.objects.all(), pk=unit)
    rows = sharing.sign_shares(opened.actor, opened.item, unit=department, reason=data.reason, seen=data.seen)
    return {"authors": len(rows)}


@router.post("/items/{int:pk}/files", response={201: dict[str, int]}, summary="添加附件")
def add_file(request: HttpRequest, pk: int, file: File[UploadedFile]) -> Status[dict[str, int]]:
    opened = open_item(request, pk)
    made = attaching.attach(opened.actor, opened.item, name=file.name or "", content=file)
    return Status(201, {"id": made.pk})


@router.get("/files/{int:pk}", summary="下载附件")
def read_file(request: HttpRequest, pk: int) -> Any:
    return hand_out(request, pk)


@router.post("/files/{int:pk}/remove", response={204: None}, summary="删除附件")
def remove_file(request: HttpRequest, pk: int) -> Status[None]:
    actor = actor_of(request)
    readable = Attachment.objects.filter(item__in=visible_items(actor)).select_related("item__unit")
    attaching.remove(actor, fetch(readable, pk=pk))
    return Status(204, None)


def _draft(request: HttpRequest, data: s.ItemIn) -> ItemDraft:
    units = Unit.objects.in_bulk([*data.partners, *([data.lead_unit] if data.lead_unit else [])])
    if any(pk not in units for pk in [*data.partners, *([data.lead_unit] if data.lead_unit else [])]):
        raise Missing("没有这个部门。")
    plain = data.model_dump(include=set(s.ItemIn.model_fields) - {"partners", "lead_unit", "completes"})
    first = fetch(visible_items(actor_of(request)), pk=data.completes) if data.completes else None
    lead = units[data.lead_unit] if data.lead_unit else None
    return ItemDraft(
        **plain, partners=tuple(units[pk] for pk in data.partners), lead_unit=lead, completes=first
    )


def _row(item: Item) -> dict[str, Any]:
    row = {name: getattr(item, name) for name in s.RowOut.model_fields if name != "unit"}
    return {**row, "unit": item.unit_id}


def _done(item: Item) -> dict[str, Any]:
    return {"id": item.pk, "state": item.state, "number": item.number, "version": item.version}
