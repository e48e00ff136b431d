"""Every look at a case is on record."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases.models import CaseLook, Dataset
from hengjian.apps.org.access import Actor


@act("cases.case.look", "查看案件信息")
def look(actor: Actor, dataset: Dataset, case_id: str, *, court: int, unmasked: bool, why: str = "") -> None:
    """Who, when, and whether personal data was shown."""
    if actor.person is not None:
        CaseLook.objects.create(
            dataset=dataset,
            case_id=case_id,
            person=actor.person,
            at=actor.at,
            unmasked=unmasked,
            why=why[:80],
        )
    log(dataset, label=case_id, unit=court, unmasked=unmasked, why=why)
