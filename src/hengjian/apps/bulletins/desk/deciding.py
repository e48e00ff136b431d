"""Who decides about a fault: the last step of the pack's flow for faults, else whoever holds the right.

The flow is ``flows/criticism``, or the one whose conditions name kinds of ``fault``.
"""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.models import FaultCase
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.roles import Right
from hengjian.base.times import to_local
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow

CLAUSE = "flows/criticism"
KIND = "fault"
HEARD = "dept_head"


def flow_of(pack: Pack, at: datetime) -> Flow | None:
    found = (
        flow
        for flow in pack.clauses_of("flow", to_local(at).date())
        if flow.id == CLAUSE or KIND in flow.applies_to
    )
    return next(found, None)


def reply_first(pack: Pack, at: datetime) -> bool:
    """Whether the flow has the department answer before anybody decides."""
    flow = flow_of(pack, at)
    return flow is not None and any(step.role == HEARD for step in flow.steps)


def may_decide(actor: Actor, case: FaultCase, pack: Pack) -> bool:
    flow = flow_of(pack, actor.at)
    if flow is None:
        return actor.has(Right.FAULT_DECIDE, case.installation.unit_id)
    if actor.system:
        return True
    role, unit = flow.steps[-1].role, case.installation.unit_id
    return any(grant.role == role and unit in grant.unit_ids for grant in actor.grants)


def require_decider(actor: Actor, case: FaultCase, pack: Pack) -> None:
    if may_decide(actor, case, pack):
        return
    flow = flow_of(pack, actor.at)
    if flow is None:
        actor.require(Right.FAULT_DECIDE, case.installation.unit_id)
        return
    role = words.label(pack, "role", flow.steps[-1].role)
    raise Denied(f"“{flow.title}”由{role}决定，您的岗位不能认定。")
