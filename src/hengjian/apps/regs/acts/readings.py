"""The office settles how an ambiguous text is read. Nothing is edited: a later decision supersedes."""

from __future__ import annotations

from datetime import date

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation, ReadingDecision
from hengjian.apps.regs.queries import pack_for, packs_on
from hengjian.base.errors import HengjianError


@act("regs.reading.decide", "决定口径")
def decide(
    actor: Actor,
    installation: Installation,
    *,
    reading: str,
    option: str,
    decided_by: str,
    document: str,
    effective_from: date,
) -> ReadingDecision:
    """From ``effective_from`` the text is read by ``option``; periods already closed are only restated by a posting."""
    actor.require(Right.REGS_MANAGE, installation.unit)
    pack = pack_for(installation, actor.at)
    if reading not in pack.readings:
        raise HengjianError(f"制度包没有口径“{reading}”，请检查编号。")
    question = pack.readings[reading]
    if option not in question.options:
        raise HengjianError(f"口径 {reading} 没有“{option}”这个选项，请从列表中选择。")
    if not decided_by.strip() or not document.strip():
        raise HengjianError("请填写决定人（机构）和决定文件；口径须有据可查。")
    _goes_with_the_others(installation, reading, option, effective_from)
    last = installation.decisions.filter(reading=reading).order_by("-effective_from", "-id").first()
    if last is not None and last.option == option and last.effective_from <= effective_from:
        raise HengjianError(f"自 {last.effective_from} 起已经这样理解，不必重复决定。")
    made = ReadingDecision.objects.create(
        installation=installation,
        reading=reading,
        option=option,
        decided_by=decided_by.strip(),
        document=document.strip(),
        effective_from=effective_from,
        decided_at=actor.at,
        registered_by=actor.person,
    )
    log(
        made,
        label=f"{installation} {reading}",
        unit=installation.unit_id,
        before={"option": last.option if last else question.default},
        after={
            "option": option, "title": question.options[option].title, "decided_by": made.decided_by,
            "document": made.document, "effective_from": effective_from,
        },
    )  # fmt: skip
    return made


def _goes_with_the_others(installation: Installation, reading: str, option: str, since: date) -> None:
    """Refuse an answer that changes what another answer already changes, then or under a decision to come."""
    later = installation.decisions.filter(effective_from__gt=since)
    again = later.filter(reading=reading).order_by("effective_from").values_list("effective_from", flat=True)
    days = {since, *(d for d in later.values_list("effective_from", flat=True) if not again or d < again[0])}
    for pack in packs_on(installation, days).values():
        pack.with_readings({reading: option})
