"""Rows of the cases behind a figure, a page at a time; personal items are left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hengjian.apps.cases.dictionary import KEY
from hengjian.statistics.tally import Data, rows_of

SHOWN = (
    "case_id",
    "case_no",
    "court_name",
    "department",
    "case_kind",
    "procedure",
    "accepted_on",
    "closed_on",
)


def rows_behind(data: Data, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The cases in the order of ``keys``."""
    found = {row[KEY]: row for row in rows_of(data, keys, SHOWN)}
    return [found[key] for key in keys if key in found]


def numbers_of(data: Data, keys: Sequence[str]) -> dict[str, str]:
    """Case id → case number."""
    return {str(row[KEY]): str(row["case_no"] or "") for row in rows_of(data, keys, (KEY, "case_no"))}
