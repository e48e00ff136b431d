"""Letters that wait for a person stand in the inbox of who keeps the mail."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import source
from hengjian.apps.mailroom.queries import to_place
from hengjian.apps.org.roles import Right


@source
def letters(look: Look) -> Iterator[DutyRow]:
    if not look.actor.has(Right.MAIL_MANAGE):
        return
    if number := to_place(look.actor):
        yield DutyRow(
            key="mail:in",
            kind="来信",
            title=f"有 {number} 封来信等待处理",
            url=address("mailroom:incoming"),
            next_step="认定部门后登记，或者写明理由不予登记",
        )
