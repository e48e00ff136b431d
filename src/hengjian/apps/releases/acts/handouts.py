"""Data supplied under an authorisation, and every file that leaves: marked, numbered, written down."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from hengjian.apps.audit.acting import act, address_of_request, log
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.releases.codes import new_trace
from hengjian.apps.releases.copies import FORMS, Sheet, make
from hengjian.apps.releases.desk import Desk, seated
from hengjian.apps.releases.models import Application, HandOut, Parcel, Release
from hengjian.apps.releases.queries import visible_parcels, visible_releases
from hengjian.apps.releases.tables import sheet_of_parcel, sheet_of_release
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

MOST_ROWS = 20_000


@act("releases.parcel.supply", "提供授权使用的数据")
def supply(
    actor: Actor, application: Application, *, title: str, rows: Sequence[Sequence[object]], source: str,
    data_version: str = "",
) -> Parcel:  # fmt: skip
    """The office that granted it hands in the table; head row first."""
    row = Application.objects.select_for_update(of=("self",)).select_related("installation__unit").get(
        pk=application.pk
    )  # fmt: skip
    if row.state != Application.State.GRANTED or row.granted_by is None:
        raise HengjianError("授权以后才能提供数据。")
    if not actor.system and not {row.granted_by_id, row.unit_id} & seated(actor):
        Desk(row.installation, actor).require_seat(row.granted_by)
    if row.until < to_local(actor.at).date():
        raise HengjianError("授权已经到期，请重新申请。")
    if not title.strip() or not source.strip():
        raise HengjianError("请写明数据的名称和来源。")
    if len(rows) < 2 or len(rows) > MOST_ROWS:
        raise HengjianError(f"表格要有列名和数据，最多{MOST_ROWS}行，请检查。")
    parcel = Parcel.objects.create(
        application=row,
        title=title.strip()[:120],
        columns=[_plain(cell) for cell in rows[0]],
        rows=[[_plain(cell) for cell in line] for line in rows[1:]],
        data_version=data_version.strip()[:80],
        source=source.strip()[:200],
        supplied_by=actor.person,
        supplied_at=actor.at,
    )
    log(parcel, label=f"{row} {parcel.pk}", unit=row.unit_id, rows=len(parcel.rows))
    return parcel


def _plain(cell: object) -> str:
    return "" if cell is None else str(cell)


@act("releases.parcel.copy", "领取授权使用的数据")
def copy_parcel(actor: Actor, parcel: Parcel, *, form: str) -> tuple[HandOut, bytes]:
    """A marked copy for whoever may have it now."""
    if not visible_parcels(actor).filter(pk=parcel.pk).exists():
        raise Denied("授权已经到期或者收回，不能再领取。")
    application = parcel.application
    return _hand_out(actor, sheet_of_parcel(parcel), form, purpose=application.purpose, parcel=parcel)


@act("releases.release.copy", "领取发布的数据")
def copy_release(actor: Actor, release: Release, *, form: str, purpose: str = "") -> tuple[HandOut, bytes]:
    """A marked copy; before the time the mark says so."""
    if not visible_releases(actor).filter(pk=release.pk).exists():
        raise Denied("没有这次发布。")
    sheet = sheet_of_release(actor, release)
    return _hand_out(actor, sheet, form, purpose=purpose.strip() or "查阅", release=release)


@act("releases.working.copy", "导出统计报表")
def copy_working(
    actor: Actor, sheet: Sheet, house: Unit, *, form: str, purpose: str = ""
) -> tuple[HandOut, bytes]:
    """A marked copy of a table of the statistics office: figures at work, released by nobody."""
    actor.require(Right.STATS_READ)
    said = purpose.strip() or "内部核对"
    return _hand_out(actor, sheet, form, purpose=f"{said}（未发布）", house=house)


def _hand_out(
    actor: Actor, sheet: Sheet, form: str, *, purpose: str, release: Release | None = None,
    parcel: Parcel | None = None, house: Unit | None = None,
) -> tuple[HandOut, bytes]:  # fmt: skip
    if form not in FORMS:
        raise HengjianError(f"可以领取的格式：{'、'.join(FORMS)}。")
    code = new_trace()
    office = str(house_of(actor.person.unit)) if actor.person else actor.name
    mark = f"{office} {actor.name} {to_local(actor.at):%Y-%m-%d} 用于{purpose[:40]} {code}"
    if sheet.secret:
        mark = f"阶段性保密 {mark}"
    data = make(sheet, form, mark=mark, code=code, on=to_local(actor.at).date())
    row = HandOut.objects.create(
        code=code,
        release=release,
        parcel=parcel,
        unit=house,
        title=sheet.title[:120] if house else "",
        person=actor.person,
        name=actor.name,
        office=office[:120],
        purpose=purpose[:300],
        form=form,
        sha256=sha256(data).hexdigest(),
        at=actor.at,
        address=address_of_request.get(),
    )
    unit = release.unit_id if release else parcel.application.unit_id if parcel else house and house.pk
    log(row, label=code, unit=unit, form=form, purpose=purpose, sha256=row.sha256)
    return row, data
