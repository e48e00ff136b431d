"""Cases can be frozen: those drawn for the sample an inspection names, and any case of the court by its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hengjian.apps.cases import store
from hengjian.apps.cases.acts.look import look
from hengjian.apps.cases.dictionary import items
from hengjian.apps.cases.models import Dataset, DrawnCase
from hengjian.apps.inspections import records
from hengjian.apps.inspections.models import FrozenCopy, Inspection
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit

KIND = "case"


def _datasets(inspection: Inspection) -> Iterable[Dataset]:
    """Those that hold anything: an empty one has no table to read."""
    found = Dataset.objects.filter(installation=inspection.installation, version__gt=0)
    return found.select_related("installation").order_by("pk")


def within(inspection: Inspection) -> Iterator[records.Record]:
    """The cases of the court in the sample that stands in the scope, named by its period."""
    wanted = inspection.sample.split()
    if not wanted:
        return
    for dataset in _datasets(inspection):
        drawn = DrawnCase.objects.filter(
            draw__dataset=dataset, draw__period__in=wanted, court=inspection.court
        )
        for case_id in drawn.values_list("case_id", flat=True):
            found = _read(dataset, inspection.court, case_id)
            if found is not None:
                yield found


def read(inspection: Inspection, key: str) -> records.Record | None:
    """A case of the inspected court, by its id; cases of other courts are not there."""
    found = (_read(dataset, inspection.court, key) for dataset in _datasets(inspection))
    return next((record for record in found if record is not None), None)


def _read(dataset: Dataset, court: Unit, case_id: str) -> records.Record | None:
    row = store.case(dataset, case_id)
    if row is None or row.get("court") != court.code:
        return None
    known = items(dataset)
    data: dict[str, Any] = {
        item.label: item.shown(row.get(key), unmasked=True) or None for key, item in known.items()
    }
    title = str(row.get("case_no") or case_id)
    return records.Record(case_id, title, data, court, str(dataset.version))


def looked(actor: Actor, copy: FrozenCopy) -> None:
    """A look at a frozen case is a look at the case: it stands in the case's own register too."""
    inspection = copy.inspection
    for dataset in _datasets(inspection):
        look(
            actor,
            dataset,
            copy.key,
            court=inspection.court_id,
            unmasked=True,
            why=f"检查 {inspection.label}",
        )


def register() -> None:
    records.register(records.Kind(KIND, "案件", within, read, looked))
