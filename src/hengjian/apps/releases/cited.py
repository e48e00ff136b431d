"""Where else a published figure stands: analyses that cite it, totals that courts reported."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from hengjian.apps.org.access import Actor
from hengjian.apps.releases.computed import again
from hengjian.apps.releases.models import Figure
from hengjian.apps.releases.uses import Use
from hengjian.apps.statistics.figures import Figure as Computed
from hengjian.apps.statistics.figures import pairs
from hengjian.apps.statistics.models import Citation, ReportedFigure
from hengjian.apps.statistics.place import BELOW
from hengjian.apps.statistics.scope import visible_analyses, visible_reports
from hengjian.statistics.spans import Span


def uses(actor: Actor, figure: Figure) -> Iterable[Use]:
    """Of the same concept, court, period and dimensions; a figure that was typed in stands nowhere in the statistics."""
    one = again(figure)
    return [] if one is None else [*_analyses(actor, one), *_reports(actor, one)]


def _analyses(actor: Actor, one: Computed) -> Iterable[Use]:
    found = Citation.objects.filter(
        analysis__in=visible_analyses(actor).order_by().values("pk"), card=one.card_key, court=one.court_code,
        span=Span.parse(one.period).text,
    )  # fmt: skip
    rows = {row.analysis for row in found.select_related("analysis") if pairs(row.dims) == one.dims}
    return [
        Use("统计分析", row.title, reverse("statistics:analysis", args=[row.pk]))
        for row in sorted(rows, key=lambda row: row.pk)
    ]


def _reports(actor: Actor, one: Computed) -> Iterable[Use]:
    """Totals of one court that stand; those of a court with all below it no court reports."""
    if one.court_code.endswith(BELOW):
        return []
    found = ReportedFigure.objects.filter(
        report__in=visible_reports(actor).order_by().values("pk"), report__court__code=one.court_code,
        report__span=Span.parse(one.period).text, report__replaced_at=None, card=one.card_key,
    )  # fmt: skip
    rows = {row.report for row in found.select_related("report__court") if pairs(row.dims) == one.dims}
    return [
        Use("法院上报", str(row), reverse("statistics:report", args=[row.pk]))
        for row in sorted(rows, key=lambda row: row.pk)
    ]
