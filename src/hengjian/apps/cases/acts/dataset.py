"""The books for a table of cases, opened the first time somebody looks under a regulation that has one."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation


@act("cases.dataset.make", "建立案件数据集")
def make_dataset(actor: Actor, installation: Installation) -> Dataset:
    """One a regulation and organisation; the same again gives the same."""
    dataset, made = Dataset.objects.get_or_create(
        installation=installation,
        name=f"cases{installation.pk}",
        defaults={"title": f"{installation.unit}案件", "created_at": actor.at},
    )
    log(dataset, made=made, unit=installation.unit_id)
    return dataset
