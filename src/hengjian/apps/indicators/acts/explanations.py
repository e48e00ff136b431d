"""情况说明: the head says why and what will be done, the office reviews, the group hears, the next period shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.indicators.models import Explanation
from hengjian.apps.indicators.states import can
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

State = Explanation.State


@act("indicators.explanation.submit", "提交情况说明")
def submit(
    actor: Actor,
    explanation: Explanation,
    *,
    version: int,
    why: str,
    measures: str,
    promised_on: date | None = None,
) -> Explanation:
    row = _take(explanation, version, "submit")
    if not Scene(row.installation, actor).heads(row.unit):
        raise Denied(f"情况说明由{row.unit}的负责人签署，您的岗位没有这项权限。")
    if not why.strip() or not measures.strip():
        raise HengjianError("请写明原因和整改措施。", article=row.article)
    if promised_on is not None and promised_on < to_local(actor.at).date():
        raise HengjianError("承诺达标的日期已经过去，请核对。", article=row.article)
    row.why, row.measures, row.promised_on = why.strip(), measures.strip(), promised_on
    row.state, row.submitted_by, row.submitted_at = State.SUBMITTED, actor.person, actor.at
    return _save(row, promised_on=promised_on)


@act("indicators.explanation.accept", "审阅情况说明")
def accept(actor: Actor, explanation: Explanation, *, version: int, opinion: str = "") -> Explanation:
    return _review(
        actor, explanation, version, "accept", State.ACCEPTED, opinion.strip() or "情况属实，转请督促落实。"
    )


@act("indicators.explanation.return", "退回情况说明")
def send_back(actor: Actor, explanation: Explanation, *, version: int, opinion: str) -> Explanation:
    if not opinion.strip():
        raise HengjianError("请写明要补充什么。")
    row = _review(actor, explanation, version, "return", State.RETURNED, opinion.strip())
    if row.submitted_by is not None:
        told = f"{row.opinion}请登录衡鉴补充后再提交。"
        key = f"explanation:{row.pk}:{row.version}"
        notify.tell([row.submitted_by], key, f"情况说明被退回：{row}", told, actor.at)
    return row


@act("indicators.explanation.report", "报告领导小组")
def report(actor: Actor, explanation: Explanation, *, version: int) -> Explanation:
    row = _take(explanation, version, "report")
    actor.require(Right.KPI_MANAGE, row.installation.unit_id)
    row.state, row.reported_at = State.REPORTED, actor.at
    return _save(row)


def _review(
    actor: Actor, explanation: Explanation, version: int, verb: str, state: State, opinion: str
) -> Explanation:
    row = _take(explanation, version, verb)
    actor.require(Right.KPI_MANAGE, row.installation.unit_id)
    if actor.person is not None and row.submitted_by_id == actor.person.pk:
        raise Denied("不能审阅自己提交的说明，请由其他人审阅。")
    row.state, row.opinion = state, opinion
    row.reviewed_by, row.reviewed_at = actor.person, actor.at
    return _save(row, opinion=opinion)


def _take(explanation: Explanation, version: int, verb: str) -> Explanation:
    rows = Explanation.objects.select_for_update(of=("self",)).select_related("installation__unit", "unit")
    row = rows.get(pk=explanation.pk)
    if row.version != version:
        raise HengjianError(
            f"这份说明在您打开之后已被改动（现为“{row.get_state_display()}”），请刷新后再办理。"
        )
    if not can(row, verb):
        raise HengjianError(f"这份说明现在{row.get_state_display()}，不能这样办理，请刷新页面。")
    return row


def _save(row: Explanation, **payload: Any) -> Explanation:
    row.version += 1
    row.save()
    log(row, state=row.state, **payload)
    return row
