"""A case as a person may see it; looking is on record."""

from __future__ import annotations

from typing import Any

from hengjian.apps.cases import store
from hengjian.apps.cases.acts.look import look
from hengjian.apps.cases.dictionary import items
from hengjian.apps.cases.models import Finding
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right


def case_cells(actor: Actor, finding: Finding) -> list[dict[str, Any]]:
    """The filled items of the case, personal data masked without the right to it."""
    unmasked = actor.has(Right.CASE_READ_PERSONAL, finding.department_id or finding.court_id)
    case = store.case(finding.dataset, finding.case_id) or {}
    look(
        actor,
        finding.dataset,
        finding.case_id,
        court=finding.court_id,
        unmasked=unmasked,
        why=f"质检问题 {finding.pk}",
    )
    return [
        {"key": key, "label": item.label, "value": item.shown(case.get(key), unmasked=unmasked)}
        for key, item in items(finding.dataset).items()
        if case.get(key) is not None
    ]
