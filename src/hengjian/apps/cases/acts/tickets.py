"""Technical problems: opened, passed to the level above, solved."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases.models import Finding, Ticket
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
        trail=[_line(actor, f"提出，由{house}信息技术部门处理")],
    )
    ticket.findings.set(findings)
    log(ticket, unit=house.pk)
    return ticket


@act("cases.ticket.raise", "技术问题上报一级")
def raise_ticket(actor: Actor, ticket: Ticket, *, version: int, text: str = "") -> Ticket:
    """To the court above; from the topmost there is nowhere further to go."""
    row = _take(actor, ticket, version)
    above = row.holder.ancestors().filter(kind__in=(Unit.Kind.COURT, Unit.Kind.BUREAU))
    upper = list(above)[-1] if above else None
    if upper is None:
        raise HengjianError(f"{row.holder}已是最上一级，请在本级解决并答复。")
    row.holder = upper
    return _put(actor, row, f"上报{upper}" + (f"：{text.strip()}" if text.strip() else ""))


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
