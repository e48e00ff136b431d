"""The ledger as a table for paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.models import Dispatch
from hengjian.apps.regs.queries import pack_for
from hengjian.base.times import to_local
from hengjian.documents import Column, Format, Table


def ledger_table(rows: Iterable[Dispatch], at: datetime) -> Table:
    columns = (
        Column("编号"),
        Column("题名"),
        Column("部门"),
        Column("途径"),
        Column("收件单位"),
        Column("状态"),
        Column("提出日期", Format.DATE),
        Column("报出日期", Format.DATE),
        Column("理由"),
    )
    return Table(columns, tuple(_row(row, at) for row in rows))


def _row(row: Dispatch, at: datetime) -> tuple[str | date | None, ...]:
    pack = pack_for(row.installation, at)
    return (
        row.item.number,
        row.item.title,
        str(row.item.unit),
        words.label(pack, "outlet", row.outlet),
        row.recipient,
        row.get_state_display(),
        to_local(row.proposed_at).date(),
        to_local(row.sent_at).date() if row.sent_at else None,
        row.reason,
    )
