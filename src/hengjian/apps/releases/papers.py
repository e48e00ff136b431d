"""Texts of other desks that may quote a published figure, as far as one may see them: one list of them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from hengjian.apps.cases.access import visible_reports as visible_quality_reports
from hengjian.apps.indicators.queries import visible_notices
from hengjian.apps.indicators.who import Scene
from hengjian.apps.inspections.access import visible_findings, visible_inspections
from hengjian.apps.inspections.care.access import visible_notices as visible_exams
from hengjian.apps.org.access import Actor, once
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.queries import loaded, visible_installations
from hengjian.apps.statistics.departments import visible_department_reports
from hengjian.apps.statistics.scope import visible_analyses, visible_suggestions
from hengjian.base.times import to_local


@dataclass(frozen=True, slots=True)
class Paper:
    """``court``: whose text it is, where it names none; ``year``: what 今年 means in it."""

    kind: str
    title: str
    url: str
    text: str
    court: Unit
    year: int | None


@once
def papers(actor: Actor) -> tuple[Paper, ...]:
    return tuple(paper for find in FOUND for paper in find(actor) if paper.text.strip())


def _paper(kind: str, row: Any, door: str, parts: Iterable[str], court: Unit, at: datetime | None) -> Paper:
    year = to_local(at).year if at else None
    return Paper(kind, str(row), reverse(door, args=[row.pk]), "\n".join(filter(None, parts)), court, year)


def _quality_reports(actor: Actor) -> Iterator[Paper]:
    rows = visible_quality_reports(actor).select_related("dataset__installation__unit")
    for row in rows.prefetch_related("notes"):
        said = (text for note in row.notes.all() for text in (note.cause, note.measure, note.outcome))
        court = row.dataset.installation.unit
        yield _paper("数据质量报告", row, "cases:report", (row.remark, *said), court, row.prepared_at)


def _indicator_notices(actor: Actor) -> Iterator[Paper]:
    for installation in visible_installations(actor):
        if not loaded(installation.pack).clauses_of("measure"):
            continue
        for row in visible_notices(Scene(installation, actor)).select_related("installation__unit"):
            text = (row.remark, *_lines(row.content))
            court = row.installation.unit
            yield _paper("指标通报", row, "indicators:notice", text, court, row.prepared_at)


def _lines(content: dict[str, Any]) -> Iterator[str]:
    """The tables of a notice, a sentence a number, of courts only."""
    label, courts = content.get("label", ""), frozenset(_court_names())
    rows = [row for section in content.get("sections", ()) for row in section.get("rows", ())]
    for row in rows:
        if "rows" not in row and "title" in row and "value" in row:
            yield f"{content.get('court', '')}{label}{row['title']}{row['value']}。"
        for one in row.get("rows", ()):
            if one.get("unit") in courts:
                yield f"{one['unit']}{label}{row.get('title', '')}{one.get('value', '')}。"


def _court_names() -> list[str]:
    return list(Unit.objects.filter(kind=Unit.Kind.COURT).values_list("name", flat=True))


def _inspections(actor: Actor) -> Iterator[Paper]:
    for row in visible_inspections(actor):
        yield _paper("检查情况", row, "inspections:inspection", (row.summary,), row.court, row.ordered_at)
    for one in visible_findings(actor).prefetch_related("rectifications", "replies"):
        said = (one.title, one.text, *(reply.text for reply in one.replies.all()))
        said += tuple(order.opinion for order in one.rectifications.all())
        yield _paper("检查问题", one, "inspections:finding", said, one.inspection.court, one.found_at)
    for notice in visible_exams(actor):
        yield _paper(
            "考核通报", notice, "inspections:exam", (notice.text, notice.units), notice.house, notice.made_at
        )


def _statistics(actor: Actor) -> Iterator[Paper]:
    for row in visible_analyses(actor):
        yield _paper("统计分析", row, "statistics:analysis", (row.title, row.body), row.unit, row.made_at)
    for one in visible_suggestions(actor):
        yield _paper("司法建议", one, "statistics:suggestion", (one.title, one.body), one.unit, one.made_at)
    for report in visible_department_reports(actor):
        yield _paper(
            "部门报送", report, "statistics:department_report", (report.body,), report.court, report.made_at
        )


FOUND: tuple[Callable[[Actor], Iterator[Paper]], ...] = (
    _quality_reports,
    _indicator_notices,
    _inspections,
    _statistics,
)
