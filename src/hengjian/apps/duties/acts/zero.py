"""本期无情况: one click, so that silence differs from nothing to report. It does not fulfil the quota."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.models import Fact
from hengjian.apps.duties.models import ZeroReport
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import start_of_day, to_instant, to_local
from hengjian.policy.clauses.duty import QuotaDuty


@act("duties.zero.sign", "签报本期无情况")
def sign_zero(
    actor: Actor, *, installation: Installation, unit: Unit, clause: str, period: str
) -> ZeroReport:
    """For the running period or the one just over, once, by somebody who files for the department."""
    actor.require(Right.ITEM_FILE, unit)
    pack = pack_for(installation, actor.at)
    duty = pack.clause(clause)
    if not isinstance(duty, QuotaDuty):
        raise HengjianError(f"条款规则“{clause}”没有按期报送的数额，不需要零报告。")
    span = Period.parse(period)
    today = to_local(actor.at).date()
    running = Period.of(today, duty.per)
    if span not in (running, running.previous()):
        raise HengjianError("只能签报本期或者刚结束的一期，请刷新页面后重试。", article=duty.articles[0])
    if _submitted(installation, unit, span):
        raise HengjianError("本部门这一期已经报送过信息，不需要签报无情况。", article=duty.articles[0])
    report, made = ZeroReport.objects.get_or_create(
        installation=installation,
        unit=unit,
        clause=pack.full_id(duty),
        period=str(span),
        defaults={"signed_by": actor.person, "signed_at": actor.at},
    )
    log(
        report, label=f"{unit} {span.label} 无情况", clause=report.clause, period=str(span), repeated=not made
    )
    return report


def _submitted(installation: Installation, unit: Unit, span: Period) -> bool:
    facts = Fact.objects.standing().filter(
        installation=installation,
        kind="submit",
        unit=unit,
        happened_at__gte=to_instant(start_of_day(span.first)),
        happened_at__lt=to_instant(start_of_day(span.end)),
    )
    return facts.exists()
