"""The case store as this app uses it: one lake in the data folder, a table for each dataset."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings

from hengjian.apps.cases.dictionary import KEY, fitting, items
from hengjian.apps.cases.models import Dataset
from hengjian.apps.cases.rulebook import rules_of
from hengjian.base.times import to_local
from hengjian.casedata.store import Column, Merged, Store, Version
from hengjian.casedata.store.derived import facts_of


def lake() -> Store:
    return Store.open(Path(settings.DATA_DIR) / "store", settings.CASE_CATALOGUE, memory=settings.CASE_MEMORY)


def ensure(dataset: Dataset, *, at: datetime) -> Store:
    """The lake with the dataset's table, every column of the dictionary, and the facts its rules ask of single values."""
    store = lake()
    columns = [Column(item.key, item.type) for item in items(dataset).values()]
    local = to_local(at).replace(tzinfo=None)
    facts = facts_of(rules_of(dataset, local.date()).rules)
    store.prepare(dataset.name, columns, facts, at=local, author="质检")
    return store


def case(dataset: Dataset, case_id: str, version: int | None = None) -> dict[str, Any] | None:
    """One case; None when the store has none of that id."""
    return lake().row(dataset.name, KEY, case_id, version)


def count(dataset: Dataset) -> int:
    """Cases in the store; 0 before the first upload."""
    there = lake()
    return there.count(dataset.name) if dataset.name in there.tables() else 0


def history(dataset: Dataset, case_id: str) -> list[tuple[Version, dict[str, Any]]]:
    return lake().history(dataset.name, KEY, case_id)


def label(dataset: Dataset, key: str) -> str:
    return items(dataset)[key].label


def write_case(
    dataset: Dataset, case_id: str, values: Mapping[str, Any], *, at: datetime, author: str, reason: str
) -> int:
    """New values of one case as the next version; its number."""
    typed = fitting(dataset, values)
    row = {KEY: [case_id], **{key: [None if v is None else str(v)] for key, v in typed.items()}}
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in row.items()})
    merged = write(dataset, table, at=at, author=author, message=reason)
    return merged.version if merged.version is not None else lake().latest()


def write(dataset: Dataset, rows: pa.Table | Path, *, at: datetime, author: str, message: str) -> Merged:
    """Rows of many cases at once; text is cast to the types of the table."""
    return lake().merge(
        dataset.name, rows, key=KEY, at=to_local(at).replace(tzinfo=None), author=author, message=message
    )


__all__ = ["case", "ensure", "fitting", "history", "label", "lake", "write", "write_case"]
