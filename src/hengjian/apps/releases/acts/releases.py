"""Drawing up a release, handing it over for signature, putting it off, taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Max
from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.models import Grade
from hengjian.apps.bulletins.once import known, once
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.models import Installation
from hengjian.apps.releases import single
from hengjian.apps.releases.acts.doubts import reopened
from hengjian.apps.releases.codes import new_code
from hengjian.apps.releases.desk import Desk
from hengjian.apps.releases.levels import flow_for_release
from hengjian.apps.releases.lines import Line
from hengjian.apps.releases.models import Cell, Release
from hengjian.apps.releases.sources import items_of, keys_of
from hengjian.base.errors import HengjianError

TEXTS = ("title", "mode", "query_channel")


class StaleRelease(HengjianError):
    """Somebody changed it meanwhile."""

    code = "stale"


@act("releases.release.draft", "起草数据发布")
def draft(
    actor: Actor, /, installation: Installation, unit: Unit, *, client_key: str, **said: Any
) -> Release:
    """``said``: title, mode, channel, grade, query_channel, opens_at, note."""
    desk = Desk(installation, actor)
    desk.require_seat(unit)
    if (earlier := known(Release.objects.all(), client_key, installation=installation)) is not None:
        log(earlier, label=earlier.called, repeated=True)
        return earlier
    values = _checked(desk, said) | {
        "installation": installation,
        "unit": unit,
        "code": new_code(),
        "prepared_by": actor.person,
        "prepared_at": actor.at,
    }
    row, _ = once(Release.objects.all(), client_key, values, "installation")
    log(row, label=row.called, channel=row.channel, grade=row.grade, opens_at=row.opens_at)
    return row


@act("releases.release.edit", "修改数据发布")
def edit(actor: Actor, /, release: Release, *, version: int, **said: Any) -> Release:
    row = _take(actor, release, version)
    _draft_only(row)
    for name, value in _checked(Desk(row.installation, actor), said).items():
        setattr(row, name, value)
    return _put(row, channel=row.channel, grade=row.grade, opens_at=row.opens_at)


def _checked(desk: Desk, said: dict[str, Any]) -> dict[str, Any]:
    values = {name: str(said.get(name) or "").strip() for name in (*TEXTS, "channel", "note")}
    if not all(values[name] for name in TEXTS):
        raise HengjianError("请写明标题、发布方式和查询渠道。")
    channels = desk.terms("channel")
    if values["channel"] not in channels:
        raise HengjianError(f"请选择发布渠道：{'、'.join(t.label for t in channels.values())}。")
    grade = str(said.get("grade") or Grade.PUBLIC)
    if grade not in Grade.values:
        raise HengjianError("知悉范围不在列表里，请重新选择。")
    return values | {"grade": grade, "opens_at": said.get("opens_at")}


@act("releases.cells.add", "登记发布的数")
def add_cells(actor: Actor, release: Release, *, version: int, lines: Sequence[Line]) -> Release:
    """Lines entered, read from a table, or computed by the statistics office."""
    row = _take(actor, release, version)
    _draft_only(row)
    if not lines:
        raise HengjianError("没有可以登记的数，请检查表格。")
    allowed = {unit.pk for unit in Desk(row.installation, actor).releasable(row.unit)}
    foreign = next((line for line in lines if line.court.pk not in allowed), None)
    if foreign is not None:
        raise HengjianError(
            f"{row.unit.name}只能发布本院的数；“{foreign.court.name}”的数请由该院或者省一级发布。"
        )
    last = row.cells.aggregate(last=Max("position"))["last"] or 0
    below = next((line for line in lines if line.whole and row.unit_id != row.installation.unit_id), None)
    if below is not None:
        raise HengjianError(f"{row.unit.name}只能发布本院的数，不能发布含所辖法院的合计数。")
    concepts, items = keys_of(row.installation), items_of(row.installation)
    made = [line.named(concepts, items).cell(row, last + n) for n, line in enumerate(lines, 1)]
    single.demand(actor, row, [*row.cells.select_related("court"), *made])
    Cell.objects.bulk_create(made)
    return _put(row, added=len(made))


@act("releases.cells.remove", "删去发布的数")
def remove_cell(actor: Actor, release: Release, *, version: int, cell: int) -> Release:
    row = _take(actor, release, version)
    _draft_only(row)
    found = row.cells.filter(pk=cell).first()
    if found is None:
        raise HengjianError("这一格已经删去，请刷新页面。")
    found.delete()
    return _put(row, removed=1)


@act("releases.release.submit", "提请签发数据发布")
def submit(actor: Actor, release: Release, *, version: int) -> Release:
    """Handing over is the preparer's own step; the others sign after him."""
    row = _take(actor, release, version)
    _draft_only(row)
    cells = list(row.cells.select_related("court", "replaces__release"))
    if not cells:
        raise HengjianError("还没有登记数，请先登记。")
    if row.opens_at is not None and row.opens_at <= actor.at:
        raise HengjianError("发布时间已经过去，请改为以后的时间，或者留空（签发即发布）。")
    single.demand(actor, row, cells)
    row.state = Release.State.REVIEW
    desk = Desk(row.installation, actor)
    flow = flow_for_release(desk.pack, desk.today, row.unit)
    url = reverse("releases:release", args=[row.pk])
    running.begin(
        actor, row, row.installation, flow, unit=row.unit, title=row.called, url=url, after=flow.steps[0].key
    )
    return _put(row, cells=len(cells))


@act("releases.release.postpone", "推迟发布时间")
def postpone(actor: Actor, release: Release, *, version: int, opens_at: datetime, reason: str) -> Release:
    """Later, never earlier: who signed, signed for not before that time."""
    row = _take(actor, release, version)
    if row.state != Release.State.APPROVED or row.opens_at is None or row.opens_at <= actor.at:
        raise HengjianError("只有已签发、还没有到时间的发布可以推迟。")
    if opens_at <= row.opens_at:
        raise HengjianError("只能推迟；要提前，请撤下后重新提请签发。")
    other = single.elsewhere(row)
    if other is not None:
        raise HengjianError(f"同样的数也在《{other.title}》里，到时就公开；请先处理那一次发布。")
    if not reason.strip():
        raise HengjianError("请写明推迟的理由。")
    before, row.opens_at = row.opens_at, opens_at
    return _put(row, before=before, after=opens_at, reason=reason.strip())


@act("releases.release.withdraw", "撤下数据发布")
def withdraw(actor: Actor, release: Release, *, version: int, reason: str) -> Release:
    """Before its time only. What the public knows is not taken back but restated."""
    row = _take(actor, release, version)
    if row.state == Release.State.WITHDRAWN:
        raise HengjianError("已经撤下，请刷新页面。")
    if row.state == Release.State.APPROVED and row.opens_at is not None and row.opens_at <= actor.at:
        raise HengjianError("已经发布的不能撤下；数字有误的，请走重述或者加注。")
    if row.state == Release.State.REVIEW:
        raise HengjianError("正在审批，请先由提出人撤回，或者由办理人退回。")
    other = single.elsewhere(row)
    if other is not None:
        raise HengjianError(f"《{other.title}》引用了这里的数，不能撤下；请先处理那一次发布。")
    if not reason.strip():
        raise HengjianError("请写明撤下的理由。")
    row.state, row.withdrawn_at = Release.State.WITHDRAWN, actor.at
    row.withdrawn_reason = reason.strip()[:200]
    reopened(row)
    return _put(row, reason=row.withdrawn_reason)


def _take(actor: Actor, release: Release, version: int | None) -> Release:
    row = Release.objects.select_for_update(of=("self",)).select_related("unit", "installation__unit").get(
        pk=release.pk
    )  # fmt: skip
    Desk(row.installation, actor).require_seat(row.unit)
    if version is not None and row.version != version:
        raise StaleRelease("在您打开之后，这次发布已有改动，请看最新的情况再办理；您填的内容还在。")
    return row


def _draft_only(row: Release) -> None:
    if row.state != Release.State.DRAFT:
        raise HengjianError(f"这次发布现为“{row.get_state_display()}”，不能修改。")


def _put(row: Release, **payload: Any) -> Release:
    row.version += 1
    row.save()
    log(row, label=row.called, **payload)
    return row


def returned(actor: Actor, release: Release) -> None:
    """Sent back or taken back: a draft again. Called in the transaction of that decision."""
    Release.objects.filter(pk=release.pk).update(state=Release.State.DRAFT, version=F("version") + 1)
    log(release, label=release.called, state=Release.State.DRAFT)
