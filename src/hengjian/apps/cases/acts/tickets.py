"""Technical problems: opened, passed to the level above, solved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases.models import Finding, Ticket
from hengjian.apps.cases.terms import limit_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local


@act("cases.ticket.open", "提出技术问题")
def open_ticket(
    actor: Actor,
    installation: Installation,
    court: Unit,
    *,
    title: str,
    text: str,
    findings: Iterable[Finding] = (),
) -> Ticket:
    actor.require(Right.CASE_READ, court)
    if not title.strip() or not text.strip():
        raise HengjianError("请写明是什么问题、在哪里出现、影响什么，便于上级判断。")
    house = house_of(court)
    ticket = Ticket.objects.create(
        installation=installation,
        court=house,
        holder=house,
        title=title.strip()[:100],
        text=text.strip()[:2000],
        opened_by=actor.person,
        opened_at=actor.at,
        held_since=actor.at,
        trail=[_line(actor, f"提出，由{house}信息技术部门处理")],
    )
    ticket.findings.set(findings)
    log(ticket, unit=house.pk)
    return ticket


@act("cases.ticket.raise", "技术问题上报一级")
def raise_ticket(actor: Actor, ticket: Ticket, *, version: int, text: str = "") -> Ticket:
    """To the court above; from the topmost there is nowhere further to go."""
    row = _take(actor, ticket, version)
    upper = above(row.holder)
    if upper is None:
        raise HengjianError(f"{row.holder}已是最上一级，请在本级解决并答复。")
    return _hand_up(actor, row, upper, f"：{text.strip()}" if text.strip() else "")


@act("cases.ticket.escalate", "技术问题到期上报")
def escalate(actor: Actor, ticket: Ticket) -> Ticket:
    """What a level has not solved within its term goes to the next; there the term begins anew."""
    row = _take(actor, ticket, ticket.version)
    upper = above(row.holder)
    if upper is None:
        raise HengjianError(f"{row.holder}已是最上一级。")
    return _hand_up(actor, row, upper, f"：{row.holder}到期没有解决")


def overdue(at: datetime) -> Iterator[Ticket]:
    """Open ones past the term of their level that can go further up."""
    local = to_local(at).replace(tzinfo=None)
    for ticket in Ticket.objects.filter(state=Ticket.State.OPEN).select_related("installation", "holder"):
        limit = limit_of(ticket, at)
        if limit is not None and not limit.met_by(local) and above(ticket.holder) is not None:
            yield ticket


def above(holder: Unit) -> Unit | None:
    """The next court or bureau upwards."""
    found = list(holder.ancestors().filter(kind__in=(Unit.Kind.COURT, Unit.Kind.BUREAU)))
    return found[-1] if found else None


def _hand_up(actor: Actor, row: Ticket, upper: Unit, why: str) -> Ticket:
    row.holder, row.held_since = upper, actor.at
    return _put(actor, row, f"上报{upper}{why}")


@act("cases.ticket.solve", "技术问题解决")
def solve_ticket(actor: Actor, ticket: Ticket, *, version: int, answer: str) -> Ticket:
    row = _take(actor, ticket, version)
    if not answer.strip():
        raise HengjianError("请写明怎样解决的，提出的法院据此核对。")
    row.state, row.answer, row.solved_at = Ticket.State.SOLVED, answer.strip()[:2000], actor.at
    return _put(actor, row, "解决")


def _take(actor: Actor, ticket: Ticket, version: int) -> Ticket:
    row = Ticket.objects.select_for_update(of=("self",)).select_related("holder", "court").get(pk=ticket.pk)
    actor.require(Right.TICKET_SOLVE, row.holder)
    if row.version != version:
        raise HengjianError("这个问题在您打开之后已有人办理，请看最新的情况。")
    if row.state != Ticket.State.OPEN:
        raise HengjianError("这个问题已经解决，不用再办理。")
    return row


def _put(actor: Actor, row: Ticket, what: str) -> Ticket:
    row.version += 1
    row.trail = [*row.trail, _line(actor, what)]
    row.save()
    log(row, unit=row.court_id, what=what)
    return row


def _line(actor: Actor, what: str) -> dict[str, str]:
    return {"at": f"{to_local(actor.at):%Y-%m-%d %H:%M}", "by": actor.name, "what": what}
