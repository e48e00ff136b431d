"""Evidence in a case about a fault: the office lays it down, the unit answers with its own, nobody takes it away."""

from __future__ import annotations

from uuid import uuid4

from django.core.files import File

from hengjian.apps.audit.acting import act, called, log
from hengjian.apps.bulletins.acts.attach import checked
from hengjian.apps.bulletins.models import Exhibit, FaultCase
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

MOST = 20  # papers of a case


def of_office(actor: Actor, case: FaultCase) -> bool:
    return actor.has(Right.FAULT_PROPOSE, case.installation.unit_id)


def may_add(actor: Actor, case: FaultCase) -> bool:
    """While the case is open: who may propose faults, and the unit it is about."""
    open_ = case.state == FaultCase.State.PROPOSED
    return open_ and (of_office(actor, case) or actor.has(Right.APPEAL_FILE, case.unit_id))


def require_party(actor: Actor, case: FaultCase) -> None:
    if not of_office(actor, case):
        actor.require(Right.APPEAL_FILE, case.unit_id)


@act("bulletins.fault.exhibit", "提交证据材料")
def add_exhibit(actor: Actor, case: FaultCase, *, name: str, content: File) -> Exhibit:  # type: ignore[type-arg]
    """The same paper twice is one; what was laid down stays, also after the decision."""
    case = FaultCase.objects.select_for_update().get(pk=case.pk)
    require_party(actor, case)
    if case.state != FaultCase.State.PROPOSED:
        raise HengjianError(f"这件差错已经{case.get_state_display()}，不能再补材料。")
    paper = checked(name, content)
    known = case.exhibits.filter(sha256=paper.digest).first()
    if known is not None:
        log(case, label=case.about, exhibit=called(known), repeated=True)
        return known
    if case.exhibits.count() >= MOST:
        raise HengjianError(f"一件最多 {MOST} 份材料，请合并以后再交。")
    made = Exhibit(
        case=case,
        name=paper.name,
        media_type=paper.media_type,
        size=content.size,
        sha256=paper.digest,
        by_unit=not of_office(actor, case),
        added_by=actor.person,
        added_at=actor.at,
    )
    content.seek(0)
    made.file.save(f"{uuid4().hex}{paper.ending}", content, save=False)
    made.save()
    log(case, label=case.about, exhibit=called(made), sha256=paper.digest, size=content.size)
    return made


@act("bulletins.fault.exhibit_read", "查看证据材料")
def read_exhibit(actor: Actor, exhibit: Exhibit) -> Exhibit:
    """Who took which paper, for the access log; the right to see the case was checked by the caller."""
    log(exhibit.case, label=exhibit.case.about, exhibit=called(exhibit), sha256=exhibit.sha256)
    return exhibit
