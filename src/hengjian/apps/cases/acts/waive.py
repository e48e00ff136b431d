"""Leave a finding alone until a day."""

from __future__ import annotations

from datetime import date, timedelta

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases import events, states
from hengjian.apps.cases.acts.taking import take
from hengjian.apps.cases.models import Finding, Waiver
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

LONGEST = timedelta(days=366)


@act("cases.finding.waive", "暂不追究质检问题")
def waive(actor: Actor, finding: Finding, *, reason: str, until: date, version: int | None = None) -> Finding:
    """A reason and a last day are asked for; afterwards it stands up by itself."""
    actor.require(Right.CASE_VERIFY, finding.court_id)
    today = to_local(actor.at).date()
    if not reason.strip():
        raise HengjianError("请写明暂不追究的理由。")
    if not today < until <= today + LONGEST:
        raise HengjianError("到期日应在明天以后、一年以内，到期后问题会重新列出。")
    row = take(finding, version)
    states.move("waive", row)
    row.save(update_fields=["state", "version"])
    Waiver.objects.create(
        finding=row, reason=reason.strip()[:300], until=until, granted_by=actor.person, granted_at=actor.at
    )
    events.note(actor, [row], "暂不追究", f"至{until:%Y-%m-%d}：{reason.strip()}")
    log(row, unit=row.court_id, until=until, reason=reason)
    return row


@act("cases.finding.lapse", "暂不追究到期")
def lapse(actor: Actor) -> int:
    """Findings whose waiver is over stand open again."""
    today = to_local(actor.at).date()
    over = Finding.objects.filter(state=Finding.State.WAIVED).exclude(waivers__until__gte=today)
    rows = list(over.select_for_update(of=("self",)))
    for finding in rows:
        states.move("lapse", finding)
    Finding.objects.bulk_update(rows, ["state", "version"], batch_size=200)
    events.note(actor, rows, "暂不追究到期", "重新列出")
    log(label=f"{len(rows)} 件", findings=len(rows))
    return len(rows)
