"""All kinds together, and what the books hold of them on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from hengjian.web.demo.caserows import later, mistakes
from hengjian.web.demo.caserows.first import first_instance
from hengjian.web.demo.caserows.kinds import FIRST
from hengjian.web.demo.caserows.plan import NAT_DAY, Array, Columns, Plan

FIXED = frozenset(
    {
        "due_on",
        "basis_effective_on",
        "origin_decided_on",
        "plaintiff_born_on",
        "defendant_born_on",
        "detained_on",
    }
)
"""Days that are no event of the case itself: known from the start."""
KNOWN_WITH = {
    "closed_on": (
        "closing_manner", "doc_kind", "awarded_amount", "sentence_kind", "prison_months", "probation_months", "fine_amount",
        "recovered_amount",
    ),
    "assigned_on": ("judge",),
    "hearing_on": ("clerk", "hearings"),
    "decided_on": ("presiding_judge",),
    "extension_approved_on": ("extended_days",),
    "preservation_on": ("preservation_amount",),
}  # fmt: skip
"""Event → items that are entered with it."""
INTEGERS = frozenset(
    {
        "year", "serial", "panel_size", "jurors", "party_count", "agents", "hearings", "extended_days", "deducted_days",
        "prison_months", "probation_months",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Cases:
    """Whole lives of cases, also what lies ahead. ``slips``: what was entered wrongly and when it is mended."""

    columns: Columns
    slips: mistakes.Slips

    def __len__(self) -> int:
        return len(self.columns["case_id"])

    def as_of(self, day: date, *, changed_after: date | None = None) -> pa.Table:
        """What stands in the books at the end of ``day``; with ``changed_after`` only what was touched since that day."""
        limit = np.datetime64(day)
        rows = np.flatnonzero(self.columns["entered_on"] <= limit)
        cells = {key: values[rows] for key, values in self.columns.items() if not key.startswith("_")}
        _hide_future(cells, limit)
        self.slips.enter(cells, rows, limit)
        there = np.flatnonzero(
            ~(cells["entered_on"] > limit)
        )  # a late entry is not in the books before its day
        cells, rows = {key: values[there] for key, values in cells.items()}, rows[there]
        if changed_after is not None:
            since = np.datetime64(changed_after)
            kept = np.flatnonzero((cells["updated_on"] > since) | self.slips.touched(rows, since, limit))
            cells = {key: values[kept] for key, values in cells.items()}
        return table_of(cells)


def make_cases(plan: Plan) -> Cases:
    """A few hundred thousand rows in a few seconds; the same plan gives the same rows."""
    rng = np.random.default_rng(plan.seed)
    first = {kind.type: first_instance(rng, plan, kind) for kind in FIRST}
    groups = list(first.values())
    second = {name: later.appeals(rng, plan, first[name], step) for name, step in later.APPEALS.items()}
    groups += second.values()
    groups.append(later.reviews(rng, plan, second["民初"], 0.12))
    groups.append(later.executions(rng, plan, first["民初"], 0.5))
    columns = _together(groups)
    order = np.lexsort((columns["case_id"].astype(str), columns["accepted_on"]))
    columns = {key: values[order] for key, values in columns.items()}
    return Cases(columns, mistakes.make(rng, plan, columns))


def _together(groups: list[Columns]) -> Columns:
    keys = sorted({key for group in groups for key in group})
    kinds = {key: next(g[key].dtype for g in groups if key in g) for key in keys}
    return {key: np.concatenate([_filled(group, key, kinds[key]) for group in groups]) for key in keys}


def _filled(group: Columns, key: str, kind: np.dtype) -> Array:
    if key in group:
        return group[key]
    rows = len(group["case_id"])
    if kind.kind == "M":
        return np.full(rows, NAT_DAY)
    return np.full(rows, None, object) if kind.kind == "O" else np.full(rows, np.nan)


def _hide_future(cells: Columns, limit: np.datetime64) -> None:
    """Events after ``limit`` have not happened; ``updated_on`` is the last that has."""
    latest = cells["entered_on"]
    for key, values in cells.items():
        if values.dtype.kind != "M" or key in FIXED:
            continue
        known = values <= limit
        cells[key] = np.where(known, values, NAT_DAY)
        latest = np.where(known & (values > latest), values, latest)
    for event, items in KNOWN_WITH.items():
        unknown = np.isnat(cells[event])
        for item in items:
            values = cells[item].copy()
            values[unknown] = None if values.dtype == object else np.nan
            cells[item] = values
    early = np.isnat(cells["last_hearing_on"]) & ~np.isnat(cells["hearing_on"])
    cells["last_hearing_on"] = np.where(early, cells["hearing_on"], cells["last_hearing_on"])
    cells["hearings"] = np.where(early, 1.0, cells["hearings"])
    cells["updated_on"] = latest


def table_of(cells: Columns) -> pa.Table:
    """Columns as Arrow: text, days, whole numbers, amounts with two places as text the store can cast."""
    made = {}
    for key, values in cells.items():
        if values.dtype == object:
            made[key] = pa.array(values, pa.string())
        elif values.dtype.kind == "M":
            made[key] = pa.array(values, pa.date32())
        elif key in INTEGERS:
            made[key] = pa.array(np.nan_to_num(values).astype(np.int32), mask=np.isnan(values))
        else:
            made[key] = pa.array(np.round(values, 2), pa.float64(), mask=np.isnan(values))
    return pa.table(made)
