"""Taking a part of the log away is itself noted in the log."""

from __future__ import annotations

import json
from collections.abc import Iterable

from hengjian.apps.audit.acting import act, log
from hengjian.apps.audit.models import Entry
from hengjian.apps.audit.queries import OUTCOMES, Filter, labels, visible_entries
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.documents.sheets import SheetColumn, Worksheet, write_csv, write_xlsx

MOST = 50_000
COLUMNS = (
    "序号", "时间", "操作人", "岗位", "来源地址", "操作", "操作键", "结果",
    "对象", "对象编号", "内容", "算法", "前一摘要", "摘要",
)  # fmt: skip
FORMATS = ("csv", "xlsx")


@act("audit.log.export", "导出审计日志")
def export(actor: Actor, wanted: Filter, *, fmt: str) -> bytes:
    """The filtered entries, oldest first, as CSV or xlsx; no cell can be run as a formula."""
    actor.require(Right.AUDIT_READ)
    if fmt not in FORMATS:
        raise HengjianError(f"没有“{fmt}”这种格式，请选择 csv 或 xlsx。")
    entries = wanted.on(visible_entries(actor)).order_by("n")
    number = entries.count()
    if number > MOST:
        raise HengjianError(f"符合条件的有 {number} 条，超过一次导出的上限 {MOST} 条，请缩小时间范围。")
    rows = tuple(_rows(entries.iterator(chunk_size=2000)))
    log(
        label=f"{len(rows)} 条",
        format=fmt,
        filter={k: str(getattr(wanted, k) or "") for k in Filter.__slots__},
    )
    if fmt == "csv":
        return write_csv(COLUMNS, rows)
    sheet = Worksheet("审计日志", tuple(SheetColumn(title) for title in COLUMNS), rows)
    return write_xlsx([sheet])


def _rows(entries: Iterable[Entry]) -> Iterable[tuple[str, ...]]:
    names = labels()
    for e in entries:
        at = to_local(e.at).isoformat(sep=" ", timespec="milliseconds")
        content = "" if e.payload == "{}" else json.dumps(json.loads(e.payload), ensure_ascii=False)
        target = f"{e.object_type}:{e.object_id}" if e.object_type else ""
        yield (
            str(e.n), at, e.actor_name, e.post, e.address, names.get(e.action, e.action), e.action,
            OUTCOMES.get(e.outcome, e.outcome), e.object_label, target, content, e.algorithm, e.previous, e.digest,
        )  # fmt: skip
