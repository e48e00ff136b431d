"""Targets change in stages: the lead proposes with a reason, the office decides; the old one stays on record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hengjian.apps.audit.acting import act, log
from hengjian.apps.indicators.models import Target
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError


@act("indicators.target.propose", "提出考核标准")
def propose_target(
    actor: Actor,
    installation: Installation,
    *,
    indicator: str,
    since: date,
    value: Decimal | None,
    reason: str,
    source: str,
) -> Target:
    """``value`` None proposes to end the target."""
    scene = Scene(installation, actor)
    measure = scene.measure(indicator)
    if not (scene.manages or scene.leading(measure)):
        raise Denied(f"考核标准由牵头部门（{'、'.join(measure.lead)}）提出，您的岗位没有这项权限。")
    if not reason.strip() or not source.strip():
        raise HengjianError("请写明调整的理由和依据的上级通报。", article=measure.articles[0])
    if value is not None and (value < 0 or (measure.unit == "percent" and value > 100)):
        raise HengjianError("标准不在 0 到 100 之间，请核对。")
    target = Target.objects.create(
        installation=installation,
        indicator=indicator,
        since=since,
        value=value,
        reason=reason.strip(),
        source=source.strip(),
        proposed_by=actor.person,
        proposed_at=actor.at,
    )
    log(target, indicator=indicator, since=since, value=value, reason=target.reason)
    return target


@act("indicators.target.decide", "审议考核标准")
def decide_target(actor: Actor, target: Target, *, accept: bool, opinion: str) -> Target:
    """The office enters what its meeting decided."""
    actor.require(Right.KPI_MANAGE, target.installation.unit_id)
    row = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    if row.state != Target.State.PROPOSED:
        raise HengjianError(f"这个标准{row.get_state_display()}，不能再审议；要改请另提一个。")
    if not opinion.strip():
        raise HengjianError("请写审议意见，如例会纪要的编号。")
    twin = Target.objects.filter(
        installation_id=row.installation_id,
        indicator=row.indicator,
        since=row.since,
        state=Target.State.DECIDED,
    )
    if accept and twin.exists():
        raise HengjianError(f"自 {row.since} 起已经有一个标准，请改起用日期另提。")
    row.state = Target.State.DECIDED if accept else Target.State.REJECTED
    row.opinion, row.decided_by, row.decided_at = opinion.strip(), actor.person, actor.at
    row.save()
    log(row, state=row.state, opinion=row.opinion)
    return row
