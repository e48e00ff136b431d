"""Analyses: written, with figures cited as they stand, and finished. What is finished is not changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.once import known
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.statistics import figures
from hengjian.apps.statistics.models import Analysis, Citation, Survey
from hengjian.apps.statistics.place import Place
from hengjian.apps.statistics.rights import require_office, same_version
from hengjian.base.errors import HengjianError
from hengjian.statistics.spans import Span

FORECAST = "forecast"
FIELDS = ("kind", "title", "span", "authors", "body", "method")


@act("statistics.analysis.write", "起草统计分析")
def write_analysis(
    actor: Actor,
    place: Place,
    unit: Unit,
    *,
    client_key: str,
    fields: Mapping[str, str],
    survey: Survey | None = None,
) -> Analysis:
    require_office(actor, unit)
    again = known(Analysis.objects.filter(installation=place.installation), client_key, unit_id=unit.pk)
    if again is not None:
        log(again, unit=unit.pk, repeated=True)
        return again
    row = Analysis(
        installation=place.installation, unit=unit, survey=survey, made_by=actor.person, made_at=actor.at,
        client_key=client_key,
    )  # fmt: skip
    _fill(row, fields)
    row.save()
    log(row, unit=unit.pk, title=row.title)
    return row


@act("statistics.analysis.edit", "修改统计分析")
def edit_analysis(
    actor: Actor, analysis: Analysis, *, fields: Mapping[str, str], version: int | None = None
) -> Analysis:
    row = _taken(actor, analysis, version)
    # what the text says is no matter for the log: it may tell figures its readers may not know yet
    changed = [name for name in FIELDS if name in fields and getattr(row, name) != fields[name]]
    _fill(row, fields)
    return _put(actor, row, changed=changed)


def _fill(row: Analysis, fields: Mapping[str, str]) -> None:
    for name in FIELDS:
        if name in fields:
            setattr(row, name, fields[name].strip())
    row.span = Span.parse(row.span).text


@act("statistics.analysis.cite", "引用统计数")
def cite(
    actor: Actor, analysis: Analysis, *, card: str, court: str, span: str, dims: figures.Dims = None
) -> Citation:
    """Compute the figure now and keep it with card and data version."""
    row = _taken(actor, analysis, None)
    one = figures.figure(card, court, span, dims)
    made, _ = Citation.objects.update_or_create(
        analysis=row, card=one.card_key, court=one.court_code, span=one.period, dims=[list(p) for p in one.dims],
        defaults={
            "card_version": one.card_version, "value": one.value, "unit": one.unit,
            "data_version": one.data_version,
        },
    )  # fmt: skip
    log(row, unit=row.unit_id, cited=f"{one.card_key} {one.court_code} {one.period}")
    return made


@act("statistics.analysis.uncite", "删去引用的数")
def uncite(actor: Actor, citation: Citation) -> None:
    row = _taken(actor, citation.analysis, None)
    log(row, unit=row.unit_id, uncited=f"{citation.card} {citation.court} {citation.span}")
    citation.delete()


@act("statistics.analysis.finish", "统计分析定稿")
def finish_analysis(actor: Actor, analysis: Analysis, *, version: int | None = None) -> Analysis:
    """A forecast must say its method and the data it rests on; cited figures must still be what they are."""
    row = _taken(actor, analysis, version)
    if not row.body.strip():
        raise HengjianError("正文还是空的，不能定稿。")
    if row.kind == FORECAST and not row.method.strip():
        raise HengjianError("趋势预测要写明方法和依据的数据版本。")
    moved = figures.changed(figure_of(c) for c in row.citations.all())
    if moved:
        one, old, new = moved[0]
        raise HengjianError(
            f"引用的数有变动：{one.court_code} {one.period} {one.card_key} 由 {old} 变为 {new}，请重新引用后再定稿。"
        )
    row.state, row.finished_at = Analysis.State.FINISHED, actor.at
    return _put(actor, row, cited=row.citations.count())


def figure_of(citation: Citation) -> figures.Figure:
    return figures.Figure(
        citation.value, citation.unit, citation.card, citation.card_version, citation.data_version,
        citation.court, citation.span, figures.pairs(citation.dims),
    )  # fmt: skip


def _taken(actor: Actor, analysis: Analysis, version: int | None) -> Analysis:
    require_office(actor, analysis.unit)
    row = Analysis.objects.select_for_update(of=("self",)).select_related("unit").get(pk=analysis.pk)
    same_version(row, version)
    if row.state != Analysis.State.DRAFT:
        raise HengjianError(f"“{row}”已经定稿，不能再改；有新的情况请另写一篇。")
    return row


def _put(actor: Actor, row: Analysis, **told: Any) -> Analysis:
    row.version += 1
    row.save()
    log(row, unit=row.unit_id, state=row.state, **told)
    return row
