"""The three levels compared for a span: what courts reported, the table, the cases."""

from __future__ import annotations

from hengjian.apps.statistics.acts.reports import reported_keys
from hengjian.apps.statistics.models import Report
from hengjian.apps.statistics.place import KIND
from hengjian.apps.statistics.scope import Scene, visible_reports
from hengjian.statistics.agree import Agreement, Level, Reported, reconcile
from hengjian.statistics.model import Cell
from hengjian.statistics.spans import Span
from hengjian.statistics.tally import Data


def standing(scene: Scene, span: Span) -> list[Report]:
    found = visible_reports(scene.actor).filter(dataset=scene.place.dataset, span=span.text, replaced_at=None)
    return list(found.prefetch_related("figures").order_by("court__position", "court_id"))


def said(report: Report) -> dict[Cell, Reported]:
    return {
        Cell(
            row.card, report.court.code, report.span, tuple(sorted((d[0], d[1]) for d in row.dims))
        ): Reported(row.value, report.data_version, tuple(row.cases) if row.cases is not None else None)
        for row in report.figures.all()
    }


def compared(scene: Scene, data: Data, span: Span) -> Agreement:
    """Only courts one sees, and nothing kept back. Cases of no court at all are the topmost court's to see."""
    reported = {cell: one for report in standing(scene, span) for cell, one in said(report).items()}
    keys = reported_keys(scene.cards, span)
    found = reconcile(data, scene.cards, keys, span, scene.groups, reported, (KIND,))
    kept = tuple(
        one
        for one in found.found
        if (scene.whole or one.level is not Level.NOWHERE) and not scene.hides(one.cell.court, span)
    )
    return Agreement(found.checked, kept)
