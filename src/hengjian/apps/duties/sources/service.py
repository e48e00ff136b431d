"""Things that failed behind the scenes: a failure is an event with an owner."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.models import JobState
from hengjian.apps.duties.rows import DutyRow, Urgency
from hengjian.apps.duties.sources import source
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.roles import Right


@source
def failing_jobs(look: Look) -> Iterator[DutyRow]:
    if not look.actor.has(Right.ORG_MANAGE):
        return
    for job in JobState.objects.filter(failing_since__isnull=False):
        yield DutyRow(
            key=f"job:{job.name}:{job.failing_since:%Y%m%d%H%M}",
            kind="系统运行",
            title=f"后台任务“{job.name}”失败：{job.error}",
            url=address("duties:service"),
            next_step="查看原因，修复后会自动恢复",
            state=Urgency.OVERDUE,
            remaining="运行失败",
        )


@source
def failed_mails(look: Look) -> Iterator[DutyRow]:
    if not look.actor.has(Right.MAIL_MANAGE):
        return
    number = OutgoingMail.objects.filter(state=OutgoingMail.State.FAILED).count()
    if number:
        yield DutyRow(
            key="mail:failed",
            kind="系统运行",
            title=f"有 {number} 封邮件多次发送失败",
            url=address("mailroom:mails") + "?state=failed",
            next_step="核对收件地址或邮件服务器，然后重发",
            state=Urgency.OVERDUE,
            remaining="发送失败",
        )
