"""What the leads are given and what else they answer for: feeds of figures, references to the assessments of their line."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.indicators.models import Feed, LineReference
from hengjian.apps.indicators.who import Scene, heads_of
from hengjian.apps.indicators.workbook import frozen, result_rows
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_local


@act("indicators.feed.send", "向牵头部门提供数据")
def send_feeds(actor: Actor, installation: Installation, *, period: Period) -> list[Feed]:
    """To every lead its indicators with the province's lines; what did not change is not sent again."""
    actor.require(Right.KPI_MANAGE, installation.unit_id)
    if period.end > to_local(actor.at).date():
        raise HengjianError(f"{period.label}还没有结束，期满后再提供数据。")
    scene = Scene(installation, actor)
    made = [feed for unit in leads(scene) if (feed := _feed(scene, unit, period)) is not None]
    log(label=f"{period.label}提供给 {len(made)} 个牵头部门", units=[feed.unit_id for feed in made])
    return made


def leads(scene: Scene) -> list[Unit]:
    """Every lead and co-lead that exists as a unit, in the order of the organisation."""
    found = {u.pk for m in scene.by_key.values() for u in scene.leads(m)}
    return [u for u in scene.units if u.pk in found]


def _feed(scene: Scene, unit: Unit, period: Period) -> Feed | None:
    rows = [frozen(row) for row in result_rows(scene, period, scene.name_of[unit.pk])]
    last = Feed.objects.filter(installation=scene.installation, unit=unit, period=str(period)).first()
    if not rows or (last is not None and last.rows == rows):
        return None
    feed = Feed.objects.create(
        installation=scene.installation,
        unit=unit,
        period=str(period),
        edition=last.edition + 1 if last else 1,
        rows=rows,
        sent_by=scene.actor.person,
        sent_at=scene.actor.at,
    )
    again = "（有变动，重新提供）" if last else ""
    notify.tell(
        heads_of(unit, scene.actor.at),
        f"kpifeed:{feed.pk}",
        f"{period.label}应用数据和全省标准{again}",
        f"{period.label}贵部门牵头的各项应用数据、全省平均和优秀标准已经提供，请登录衡鉴，在“牵头分工”里查看和下载。",
        scene.actor.at,
    )
    return feed


@act("indicators.line.record", "登记条线考核对照")
def record_line(
    actor: Actor,
    installation: Installation,
    *,
    indicator: str,
    line: str,
    document: str,
    item: str,
    same: bool,
    target: str = "",
    note: str = "",
) -> LineReference:
    """By a lead of the indicator or the office."""
    scene = Scene(installation, actor)
    _may(scene, indicator)
    if not (line.strip() and document.strip() and item.strip()):
        raise HengjianError("请写条线、考核文件和考核项目。")
    if not same and not note.strip():
        raise HengjianError("口径不一致的，请写明差在哪里、怎样处理，免得两处的数对不上。")
    row = LineReference.objects.create(
        installation=installation, indicator=indicator, line=line.strip(), document=document.strip(),
        item=item.strip(), same=same, target=target.strip(), note=note.strip(),
        recorded_by=actor.person, recorded_at=actor.at,
    )  # fmt: skip
    log(row, indicator=indicator, same=same, document=row.document)
    return row


@act("indicators.line.retire", "停用条线考核对照")
def retire_line(actor: Actor, reference: LineReference) -> LineReference:
    _may(Scene(reference.installation, actor), reference.indicator)
    if reference.retired_at is not None:
        raise HengjianError("这条对照已经停用。")
    reference.retired_at = actor.at
    reference.save(update_fields=["retired_at"])
    log(reference, indicator=reference.indicator)
    return reference


def _may(scene: Scene, indicator: str) -> None:
    measure = scene.measure(indicator)
    if not (scene.manages or scene.leading(measure)):
        leads = "、".join((*measure.lead, *measure.co_lead))
        raise Denied(f"条线考核对照由牵头部门（{leads}）登记，您的岗位没有这项权限。")
