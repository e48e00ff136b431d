"""A run that failed: on record, and a technical problem with an owner until a later run is done."""

from __future__ import annotations

from typing import Any

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases.models import Run, Ticket
from hengjian.apps.org.access import Actor
from hengjian.base.times import to_local

TITLE = "质检没有完成"


@act("cases.run.fail", "质检失败")
def fail_run(actor: Actor, run: Run, *, error: str) -> Run:
    """The IT office of the topmost court has one open problem for it, however often it fails."""
    run.state, run.finished_at, run.error = Run.State.FAILED, actor.at, error[:500]
    run.save(update_fields=["state", "finished_at", "error"])
    ticket = _open(run)
    if ticket is None:
        court = run.dataset.installation.unit
        ticket = Ticket(
            installation=run.dataset.installation,
            court=court,
            holder=court,
            title=TITLE,
            text="请查明原因；解决以前质检问题停在上一次的结果，不会丢失。",
            opened_at=actor.at,
            held_since=actor.at,
        )
    else:
        ticket.version += 1
    ticket.run = run
    ticket.trail = [*ticket.trail, _line(actor, f"数据版本 {run.version} 的检查没有完成：{error[:300]}")]
    ticket.save()
    log(run, error=error[:500], ticket=ticket.pk)
    return run


def mended(actor: Actor, run: Run) -> None:
    """A run is done: the problem, where there is one, is over."""
    ticket = _open(run)
    if ticket is None:
        return
    ticket.state, ticket.solved_at = Ticket.State.SOLVED, actor.at
    ticket.answer = f"数据版本 {run.version} 的检查已经完成。"
    ticket.version += 1
    ticket.trail = [*ticket.trail, _line(actor, "后来的检查已完成，自动了结")]
    ticket.save()
    log(ticket, state="solved")


def _open(run: Run) -> Ticket | None:
    waiting = Ticket.objects.select_for_update(of=("self",)).filter(
        installation=run.dataset.installation_id, state=Ticket.State.OPEN, run__isnull=False
    )
    return waiting.first()


def _line(actor: Actor, what: str) -> dict[str, Any]:
    return {"at": f"{to_local(actor.at):%Y-%m-%d %H:%M}", "by": actor.name, "what": what}
