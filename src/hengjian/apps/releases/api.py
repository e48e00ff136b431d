"""API operations of releases; each calls an act or a query, with the same rights and errors as the pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from ninja import Router, Status

from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.releases import limits, queries, schemas, uses
from hengjian.apps.releases.acts import applications, doubts, handouts, readers, releases, traces
from hengjian.apps.releases.checking import check_text
from hengjian.apps.releases.computed import line_from_data, recheck
from hengjian.apps.releases.desk import Desk, desk_of
from hengjian.apps.releases.forms import AskForm
from hengjian.apps.releases.lines import Line
from hengjian.apps.releases.models import Doubt, Figure, Release
from hengjian.apps.releases.showing import rows
from hengjian.apps.releases.views.common import download
from hengjian.apps.releases.views.figures import asked_for
from hengjian.apps.releases.working import house_of_scene, sheet_of_table
from hengjian.apps.releases.writing import citation
from hengjian.apps.statistics.scope import scene_of
from hengjian.base.times import to_instant
from hengjian.figures.spans import Span
from hengjian.statistics.spans import Span as StatSpan

router = Router(tags=["releases"])
router.add_decorator(never_cache, mode="view")
MOST = 500


def _desk(request: HttpRequest) -> Desk:
    found = desk_of(actor_of(request))
    if found is None:
        raise Missing("您所在的单位没有启用数据发布制度。")
    return found


def _release(request: HttpRequest, pk: int) -> Release:
    return fetch(queries.visible_releases(actor_of(request)), pk=pk)


@router.get("/", response=list[schemas.ReleaseOut], summary="数据发布")
def list_releases(request: HttpRequest) -> Any:
    return list(queries.visible_releases(_desk(request).actor)[:MOST])


@router.post("/", response={201: schemas.ReleaseOut}, summary="起草数据发布")
def draft(request: HttpRequest, data: schemas.ReleaseIn) -> Status[Release]:
    place = _desk(request)
    unit = fetch(Unit.objects.filter(pk__in=[u.pk for u in place.courts]), pk=data.unit)
    said = data.model_dump(exclude={"unit"})
    if data.opens_at is not None and data.opens_at.tzinfo is None:
        said["opens_at"] = to_instant(data.opens_at)
    return Status(201, releases.draft(place.actor, place.installation, unit, **said))


@router.get("/figures", response=list[schemas.FrozenOut], summary="已发布的数")
def list_figures(request: HttpRequest, q: str = "", court: str = "", period: str = "") -> Any:
    actor = _desk(request).actor
    form = AskForm({"q": q, "court": court, "period": period})
    return [_figure(row) for row in asked_for(queries.current_figures(actor), form)[:MOST]]


@router.get(
    "/public/figures", response={200: list[schemas.FrozenOut], 429: dict[str, str]}, auth=None,
    summary="公开查询",
)  # fmt: skip
def list_public(request: HttpRequest, q: str = "", court: str = "", period: str = "") -> Any:
    actor = Actor(user=None, person=None, at=timezone.now())
    if not limits.allow(request, actor.at):
        return Status(429, {"message": "查得太快，请过一分钟再来。"})
    form = AskForm({"q": q, "court": court, "period": period})
    return [_figure(row) for row in asked_for(queries.open_figures(actor), form)[:100]]


def _figure(row: Figure) -> dict[str, Any]:
    names = ("id", "concept", "name", "whole", "dims", "value", "written", "measure", "definition", "card_version",
             "data_version", "revision", "digest")  # fmt: skip
    return {name: getattr(row, name) for name in names} | {
        "court": row.court.name,
        "period": str(row.span),
        "release": row.release.code,
        "opens_at": row.release.opens_at,
        "citation": citation(row),
        "notes": [note.text for note in row.notes.all()],
    }


@router.get("/corrections", response=list[schemas.DoubtOut], summary="更正影响")
def list_doubts(request: HttpRequest) -> Any:
    actor = _desk(request).actor
    found = queries.visible_doubts(actor).filter(state=Doubt.State.OPEN)
    return [
        {
            "id": d.pk, "figure_id": d.figure_id, "described": d.figure.described, "published": d.figure.value,
            "now": d.now, "to_version": d.to_version, "state": d.state,
            "uses": [{"kind": u.kind, "title": u.title, "url": u.url} for u in uses.of(actor, d.figure)],
        }
        for d in found[:MOST]
    ]  # fmt: skip


@router.post("/corrections/recheck", response=dict[str, int], summary="按新的数据核对已发布的数")
def look_again(request: HttpRequest) -> dict[str, int]:
    place = _desk(request)
    return {"open": len(recheck(place.actor, place.installation))}


@router.post("/corrections/restate", response={201: schemas.ReleaseOut}, summary="重述已发布的数")
def restate(request: HttpRequest, data: schemas.RestateIn) -> Status[Release]:
    actor = _desk(request).actor
    chosen = list(queries.visible_doubts(actor).filter(pk__in=data.doubts))
    if len(chosen) != len(set(data.doubts)):
        raise Missing("没有这些更正影响。")
    return Status(201, doubts.restate(actor, chosen, text=data.text))


@router.post("/corrections/{int:pk}/note", response=dict[str, Any], summary="加注")
def note(request: HttpRequest, pk: int, data: schemas.DoubtNoteIn) -> dict[str, Any]:
    actor = _desk(request).actor
    row = doubts.note(actor, fetch(queries.visible_doubts(actor), pk=pk), text=data.text)
    return {"id": row.pk, "state": row.state}


@router.get("/applications", response=list[schemas.UseOut], summary="使用申请")
def list_applications(request: HttpRequest) -> Any:
    return list(queries.visible_applications(_desk(request).actor)[:MOST])


@router.post("/applications", response={201: schemas.UseOut}, summary="申请使用案件信息")
def apply(request: HttpRequest, data: schemas.UseIn) -> Any:
    place = _desk(request)
    said = data.model_dump(exclude={"target"})
    said["target"] = fetch(Unit.objects.all(), pk=data.target) if data.target else None
    return Status(201, applications.apply(place.actor, place.installation, **said))


@router.get("/applications/{int:pk}", response=schemas.UseOut, summary="一个使用申请")
def read_application(request: HttpRequest, pk: int) -> Any:
    return fetch(queries.visible_applications(actor_of(request)), pk=pk)


@router.post("/applications/{int:pk}/revoke", response=schemas.UseOut, summary="收回授权")
def revoke(request: HttpRequest, pk: int, data: schemas.RevokeIn) -> Any:
    actor = actor_of(request)
    found = fetch(queries.visible_applications(actor), pk=pk)
    return applications.revoke(actor, found, reason=data.reason)


@router.post("/applications/{int:pk}/parcels", response={201: dict[str, int]}, summary="提供授权使用的数据")
def supply(request: HttpRequest, pk: int, data: schemas.ParcelIn) -> Status[dict[str, int]]:
    actor = actor_of(request)
    found = fetch(queries.visible_applications(actor), pk=pk)
    return Status(201, {"id": handouts.supply(actor, found, **data.model_dump()).pk})


@router.post("/working/table", summary="导出统计报表")
def copy_table(request: HttpRequest, data: schemas.WorkingIn) -> HttpResponse:
    """The table of the statistics office as its page shows it, marked as not released."""
    scene = scene_of(actor_of(request))
    sheet = sheet_of_table(
        scene, scene.place.data(data.version), StatSpan.parse(data.period), by_kind=data.kinds
    )
    return download(
        *handouts.copy_working(
            scene.actor, sheet, house_of_scene(scene), form=data.form, purpose=data.purpose
        )
    )


@router.post("/parcels/{int:pk}/copy", summary="领取授权使用的数据")
def copy_parcel(request: HttpRequest, pk: int, data: schemas.CopyIn) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(queries.visible_parcels(actor), pk=pk)
    return download(*handouts.copy_parcel(actor, found, form=data.form))


@router.post("/trace", response=list[schemas.HandOutOut], summary="追踪发出的文件")
def trace(request: HttpRequest, data: schemas.TraceIn) -> Any:
    place = _desk(request)
    return traces.look_up(place.actor, place.installation, text=data.text)


@router.post("/check", response=list[dict[str, Any]], summary="核对文稿里的数")
def check(request: HttpRequest, data: schemas.FigureCheckIn) -> list[dict[str, Any]]:
    place = _desk(request)
    court = (
        fetch(Unit.objects.filter(pk__in=[u.pk for u in place.courts]), pk=data.court) if data.court else None
    )
    return rows(check_text(place.actor, data.text, court=court, year=data.year))


@router.get("/{int:pk}", response=dict[str, Any], summary="一次数据发布")
def read_release(request: HttpRequest, pk: int) -> dict[str, Any]:
    found = _release(request, pk)
    said = schemas.ReleaseOut.from_orm(found).model_dump()
    cells = queries.visible_cells(actor_of(request), found).order_by("position", "pk")
    said["cells"] = [
        {
            "id": c.pk, "name": c.name, "court": c.court.name, "period": str(c.span), "dims": c.dims,
            "written": c.written, "measure": c.measure, "figure": c.figure_id, "replaces": c.replaces_id,
        }
        for c in cells
    ]  # fmt: skip
    return said


@router.post("/{int:pk}/lines", response=schemas.ReleaseOut, summary="登记发布的数")
def add_lines(request: HttpRequest, pk: int, data: schemas.LinesIn) -> Any:
    found = _release(request, pk)
    courts = {u.pk: u for u in Unit.objects.filter(pk__in={line.court for line in data.lines})}
    lines = []
    for line in data.lines:
        if line.court not in courts:
            raise Missing("没有这个法院。")
        said = line.model_dump(exclude={"court", "period"})
        lines.append(Line(**said, court=courts[line.court], span=Span.parse(line.period)))
    return releases.add_cells(actor_of(request), found, version=data.version, lines=lines)


@router.post("/{int:pk}/computed", response=schemas.ReleaseOut, summary="登记由统计算出的数")
def add_computed(request: HttpRequest, pk: int, data: schemas.ComputedIn) -> Any:
    place = _desk(request)
    found = _release(request, pk)
    court = fetch(Unit.objects.filter(pk__in=[u.pk for u in place.releasable(found.unit)]), pk=data.court)
    said = data.model_dump(exclude={"version", "court", "period"})
    line = line_from_data(place.installation, court, span=Span.parse(data.period), **said)
    return releases.add_cells(place.actor, found, version=data.version, lines=[line])


@router.post("/{int:pk}/submit", response=schemas.ReleaseOut, summary="提请签发")
def submit(request: HttpRequest, pk: int, data: schemas.ReleaseVersionIn) -> Any:
    return releases.submit(actor_of(request), _release(request, pk), version=data.version)


@router.post("/{int:pk}/postpone", response=schemas.ReleaseOut, summary="推迟发布时间")
def postpone(request: HttpRequest, pk: int, data: schemas.PostponeIn) -> Any:
    moment = data.opens_at if data.opens_at.tzinfo else to_instant(data.opens_at)
    return releases.postpone(
        actor_of(request), _release(request, pk), version=data.version, opens_at=moment, reason=data.reason
    )


@router.post("/{int:pk}/withdraw", response=schemas.ReleaseOut, summary="撤下数据发布")
def withdraw(request: HttpRequest, pk: int, data: schemas.ReleaseReasonIn) -> Any:
    found = _release(request, pk)
    return releases.withdraw(actor_of(request), found, version=data.version, reason=data.reason)


@router.post("/{int:pk}/readers", response={201: dict[str, int]}, summary="列入知悉名单")
def admit(request: HttpRequest, pk: int, data: schemas.ReaderIn) -> Status[dict[str, int]]:
    place = _desk(request)
    below = place.top.descendants(include_self=True).values("pk")
    person = fetch(Person.objects.filter(unit__in=below), pk=data.person)
    return Status(
        201, {"id": readers.admit(place.actor, _release(request, pk), person=person, reason=data.reason).pk}
    )


@router.post("/{int:pk}/copy", summary="领取发布的数据")
def copy_release(request: HttpRequest, pk: int, data: schemas.CopyIn) -> HttpResponse:
    found = _release(request, pk)
    return download(*handouts.copy_release(actor_of(request), found, form=data.form, purpose=data.purpose))
