"""How long one level may take over a technical problem: what the regulation, as it is read today, says."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.cases.models import Ticket
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.clocks.calendars import standard_calendar
from hengjian.clocks.evaluate import stage_limit
from hengjian.clocks.lengths import Limit
from hengjian.policy.clauses.duty import EventDuty

DUTY, STAGE = "duties/ticket", "level"


def duty_of(ticket: Ticket, at: datetime) -> EventDuty | None:
    """The duty of the regulation; None when it has none."""
    try:
        found = pack_for(ticket.installation, at).clause(DUTY)
    except HengjianError:
        return None
    return found if isinstance(found, EventDuty) else None


def limit_of(ticket: Ticket, at: datetime) -> Limit | None:
    """By when the level that has it now must have solved it; None when no term is set."""
    duty = duty_of(ticket, at)
    if duty is None or STAGE not in duty.stages:
        return None
    start = to_local(ticket.held_since or ticket.opened_at).replace(tzinfo=None)
    value_of = pack_for(ticket.installation, at).value
    return stage_limit(duty.stages[STAGE], start, duty.arithmetic, standard_calendar(), value_of)
