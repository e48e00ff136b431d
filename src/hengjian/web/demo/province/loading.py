"""Case data into the store in bulk, as an interface between two systems brings it every night."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases import store
from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.access import Actor
from hengjian.web.demo.caserows import Cases


@act("demo.cases.take_over", "演示：整批接收各院案件数据")
def take_over(actor: Actor, dataset: Dataset, cases: Cases, day: date, after: date | None = None) -> int:
    """What the courts' books hold at the end of ``day`` (touched after ``after``) becomes the next version."""
    rows = cases.as_of(day, changed_after=after)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.parquet"
        pq.write_table(rows, path)
        store.ensure(dataset, at=actor.at)
        merged = store.write(
            dataset, path, at=actor.at, author=actor.name, message=f"各院{day:%Y-%m-%d}的数据"
        )
    if merged.version is not None:
        Dataset.objects.filter(pk=dataset.pk).update(version=merged.version)
    log(dataset, rows=rows.num_rows, inserted=merged.inserted, updated=merged.updated, version=merged.version)
    return int(rows.num_rows)
