"""The tables that are handed out: a release with its cells, a table supplied under an authorisation."""

from __future__ import annotations

from hengjian.apps.org.access import Actor
from hengjian.apps.releases.copies import Sheet
from hengjian.apps.releases.models import Parcel, Release
from hengjian.apps.releases.queries import before_time, visible_cells
from hengjian.base.times import to_local

HEADS = ("法院", "概念", "维度", "期间", "数值", "单位", "口径", "口径版本", "数据版本", "来源")


def sheet_of_release(actor: Actor, release: Release) -> Sheet:
    cells = visible_cells(actor, release).order_by("position", "pk")
    secret = before_time(release, actor.at)
    opens = f"{to_local(release.opens_at):%Y-%m-%d %H:%M}" if release.opens_at else "签发之时"
    notes = [
        f"{release.unit.name}发布，参考号{release.code}，发布时间{opens}。查询渠道：{release.query_channel}。"
    ]
    if secret:
        notes.append("发布时间之前阶段性保密，只供名单上的人知悉，不得转发、引用。")
    if release.note:
        notes.append(release.note)
    return Sheet(
        title=release.title,
        columns=HEADS,
        rows=tuple(
            (
                c.place, c.name, c.dims_text, c.span.label, c.written, c.measure, c.definition,
                c.card_version, c.data_version, c.source,
            )
            for c in cells
        ),
        notes=tuple(notes),
        author=release.unit.name,
        secret=secret,
    )  # fmt: skip


def sheet_of_parcel(parcel: Parcel) -> Sheet:
    application = parcel.application
    return Sheet(
        title=parcel.title,
        columns=tuple(parcel.columns),
        rows=tuple(tuple(row) for row in parcel.rows),
        notes=(
            f"授权编号{application.code}，授权给{application.who}，用途：{application.purpose}，"
            f"使用到{application.until}（含当日）；超出范围、用途或者期限使用的，应当另行申请。",
            f"来源：{parcel.source}"
            + (f"，数据版本{parcel.data_version}" if parcel.data_version else "")
            + "。",
        ),
        author=str(application.granted_by or application.unit),
    )
