"""API operations of indicators; each calls an act or a query, with the same rights and errors as the pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from hengjian.apps.indicators import leads, queries
from hengjian.apps.indicators import schemas as s
from hengjian.apps.indicators.acts import (
    cards,
    compute,
    explanations,
    figures,
    notices,
    records,
    targets,
    uploads,
)
from hengjian.apps.indicators.acts import leads as lead_acts
from hengjian.apps.indicators.acts.compute import look_behind
from hengjian.apps.indicators.counting import behind, counted
from hengjian.apps.indicators.models import (
    Card,
    CaseLoad,
    Explanation,
    Figure,
    KpiNotice,
    LineReference,
    Target,
)
from hengjian.apps.indicators.shifts import told
from hengjian.apps.indicators.show import Line
from hengjian.apps.indicators.views.common import measure_or_404, period_of, place
from hengjian.apps.indicators.views.figures import known_targets
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.base.periods import Period
from hengjian.kpi import evaluate

router = Router(tags=["indicators"])


def _period(text: str) -> Period:
    return period_of(text, Period.parse("2000"))


@router.get("/results/{period}", response=list[s.ResultOut])
def results(request: HttpRequest, period: str) -> list[dict[str, Any]]:
    """The verdicts on the units one may see, all units together first for those who see all."""
    scene, asked = place(request), _period(period)
    data = replace(queries.input_of(scene, [asked]), expected=frozenset(scene.by_key))
    report = evaluate(scene.pack_at(asked), data, asked)
    decided = queries.cards_in_force(scene, asked.last)
    rows = [*(report.whole if len(scene.seen) == len(scene.units) else ()), *report.results]
    found = []
    for row in rows:
        measure, unit = scene.by_key[row.indicator], scene.unit_by_name.get(row.unit)
        if unit is not None and not scene.sees(measure, unit):
            continue
        line = Line(measure, row, unit)
        found.append(
            {
                "indicator": row.indicator, "title": measure.title, "unit": row.unit, "period": row.period,
                "numerator": row.numerator, "denominator": row.denominator, "value": row.value,
                "text": line.value, "target": row.target, "target_from": row.target_from,
                "status": row.status.value, "short_by": row.short_by, "lead": list(row.lead),
                "note": row.note, "published": row.indicator in decided,
            }
        )  # fmt: skip
    return found


@router.get("/figures/{period}", response=list[s.FigureOut])
def figure_list(request: HttpRequest, period: str) -> Any:
    return queries.visible_figures(place(request)).filter(period=str(_period(period)), superseded_at=None)


@router.post("/figures", response=s.FigureOut)
def report_figure(request: HttpRequest, data: s.FigureIn) -> Figure:
    scene = place(request)
    measure_or_404(scene, data.indicator)
    wanted = data.dict() | {
        "unit": fetch(Unit.objects.filter(pk__in=[u.pk for u in scene.units]), pk=data.unit),
        "period": _period(data.period),
    }
    return figures.report_figure(scene.actor, scene.installation, figure=figures.FigureIn(**wanted))


@router.post("/figures/{pk}/verify", response=s.FigureOut)
def verify_figure(request: HttpRequest, pk: int) -> Figure:
    scene = place(request)
    return figures.verify_figure(scene.actor, fetch(queries.visible_figures(scene), pk=pk))


@router.get("/figures/{pk}/cases", response=s.FigureCasesOut)
def figure_cases(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Exactly the cases a figure counted; every look is on record."""
    scene = place(request)
    found = fetch(queries.visible_figures(scene).select_related("card", "unit"), pk=pk)
    them = behind(scene, found)
    look_behind(scene.actor, found, part="api", cases=len(them.keys["denominator"]))
    return {"data_version": them.data.version, **them.keys}


@router.get("/feeds", response=list[s.FeedOut])
def feed_list(request: HttpRequest) -> Any:
    """What the leads were given; a lead sees its own."""
    return leads.visible_feeds(place(request))


@router.post("/feeds/{period}", response=list[s.FeedOut])
def send_feeds(request: HttpRequest, period: str) -> Any:
    scene = place(request)
    return lead_acts.send_feeds(scene.actor, scene.installation, period=_period(period))


@router.get("/leads", response=list[s.LeadOut])
def lead_register(request: HttpRequest) -> list[dict[str, Any]]:
    """Who leads what, and the responsible units exactly as the text lists them."""
    return [
        {
            "unit": unit.pk, "lead": unit.name, "indicator": e.measure.indicator, "role": e.role,
            "scope": e.scope, "responsible": list(e.listed), "target": e.target, "conflict": e.conflict,
            "verified_by": e.measure.verified_by,
        }
        for unit, entries in leads.register(place(request))
        for e in entries
    ]  # fmt: skip


@router.post("/indicators/{key}/line", response=s.IdOut)
def record_line(request: HttpRequest, key: str, data: s.LineIn) -> LineReference:
    scene = place(request)
    measure_or_404(scene, key)
    return lead_acts.record_line(scene.actor, scene.installation, indicator=key, **data.dict())


@router.post("/lines/{pk}/retire", response=s.IdOut)
def retire_line(request: HttpRequest, pk: int) -> LineReference:
    scene = place(request)
    rows = LineReference.objects.filter(installation=scene.installation).select_related("installation__unit")
    return lead_acts.retire_line(scene.actor, fetch(rows, pk=pk))


@router.get("/records", response=list[s.CaseLoadOut])
def record_list(request: HttpRequest) -> Any:
    scene = place(request)
    scene.actor.require(Right.KPI_MANAGE, scene.installation.unit_id)
    return CaseLoad.objects.filter(installation=scene.installation)


@router.post("/records", response=s.CaseLoadOut)
def load_records(request: HttpRequest, file: File[UploadedFile]) -> CaseLoad:
    scene = place(request)
    return records.load_records(
        scene.actor, scene.installation, name=file.name or "案件记录", data=file.read()
    )


@router.get("/records/shifts", response=list[s.ShiftOut])
def record_shifts(request: HttpRequest) -> list[dict[str, Any]]:
    """Standing figures that the latest records count otherwise, with the published notices that print them."""
    scene = place(request)
    scene.actor.require(Right.KPI_MANAGE, scene.installation.unit_id)
    return [
        {
            "figure": one.shift.figure_id, "indicator": one.shift.figure.indicator, "unit": one.shift.figure.unit_id,
            "period": one.shift.figure.period, "numerator": one.shift.numerator,
            "denominator": one.shift.denominator, "version": one.shift.load.version,
            "notices": [notice.pk for notice in one.notices],
        }
        for one in told(scene)
    ]  # fmt: skip


@router.get("/compute/{period}", response=list[s.CountedOut])
def counted_figures(request: HttpRequest, period: str) -> list[dict[str, Any]]:
    """What the records say beside what stands; changes nothing."""
    scene = place(request)
    scene.actor.require(Right.KPI_MANAGE, scene.installation.unit_id)
    return [
        {
            "indicator": one.card.indicator, "unit": one.unit.pk, "numerator": one.top,
            "denominator": one.bottom, "standing": one.standing.pk if one.standing else None,
            "differs": one.differs,
        }
        for one in counted(scene, _period(period))
    ]  # fmt: skip


@router.post("/compute/{period}", response=s.ComputedOut)
def compute_figures(request: HttpRequest, period: str, data: s.ComputeIn) -> Any:
    scene = place(request)
    return compute.compute_figures(scene.actor, scene.installation, period=_period(period), **data.dict())


@router.post("/uploads", response=s.IdOut)
def receive_upload(
    request: HttpRequest, title: Form[str], period: Form[str], file: File[UploadedFile]
) -> dict[str, Any]:
    scene = place(request)
    scene.actor.require(Right.KPI_MANAGE, scene.installation.unit_id)
    made = uploads.receive_upload(
        scene.actor, scene.installation, title=title, period=_period(period), file=file
    )
    return {"id": made.pk}


@router.post("/uploads/{pk}/apply", response=s.AppliedOut)
def apply_upload(request: HttpRequest, pk: int, data: s.ApplyIn) -> Any:
    scene = place(request)
    scene.actor.require(Right.KPI_MANAGE, scene.installation.unit_id)
    found = fetch(queries.uploads(scene), pk=pk)
    units = known_targets(scene, data.units)
    return uploads.apply_upload(scene.actor, found, columns=data.columns, units=units)


@router.post("/indicators/{key}/card", response=s.IdOut)
def draft_card(request: HttpRequest, key: str, data: s.CardIn) -> Card:
    scene = place(request)
    measure_or_404(scene, key)
    return cards.draft_card(
        scene.actor, scene.installation, indicator=key, text=cards.CardText(**data.dict())
    )


@router.post("/cards/{pk}/decide", response=s.IdOut)
def decide_card(request: HttpRequest, pk: int, data: s.DecideCardIn) -> Card:
    scene = place(request)
    return cards.decide_card(scene.actor, _card(scene.installation.pk, pk), **data.dict())


@router.post("/cards/{pk}/withdraw", response=s.IdOut)
def withdraw_card(request: HttpRequest, pk: int, data: s.IndicatorVersionIn) -> Card:
    scene = place(request)
    return cards.withdraw_card(scene.actor, _card(scene.installation.pk, pk), version=data.version)


@router.post("/indicators/{key}/target", response=s.IdOut)
def propose_target(request: HttpRequest, key: str, data: s.TargetIn) -> Target:
    scene = place(request)
    measure_or_404(scene, key)
    return targets.propose_target(scene.actor, scene.installation, indicator=key, **data.dict())


@router.post("/targets/{pk}/decide", response=s.IdOut)
def decide_target(request: HttpRequest, pk: int, data: s.DecideTargetIn) -> Target:
    scene = place(request)
    found = fetch(
        Target.objects.filter(installation=scene.installation).select_related("installation"), pk=pk
    )
    return targets.decide_target(scene.actor, found, **data.dict())


@router.post("/indicators/{key}/benchmark", response=s.IdOut)
def record_benchmark(request: HttpRequest, key: str, data: s.BenchmarkIn) -> Any:
    scene = place(request)
    measure_or_404(scene, key)
    fields = data.dict() | {"period": _period(data.period)}
    made = figures.record_benchmark(scene.actor, scene.installation, indicator=key, **fields)
    return {"id": made.pk}


@router.get("/notices", response=list[s.IndicatorNoticeOut])
def notice_list(request: HttpRequest) -> Any:
    return queries.visible_notices(place(request))


@router.post("/notices", response=s.IndicatorNoticeOut)
def prepare_notice(request: HttpRequest, data: s.IndicatorPrepareIn) -> KpiNotice:
    scene = place(request)
    return notices.prepare(scene.actor, scene.installation, **data.dict())


@router.get("/notices/{pk}", response=s.IndicatorNoticeFull)
def notice(request: HttpRequest, pk: int) -> KpiNotice:
    return fetch(queries.visible_notices(place(request)), pk=pk)


@router.post("/notices/{pk}/edit", response=s.IndicatorNoticeOut)
def edit_notice(request: HttpRequest, pk: int, data: s.EditIn) -> KpiNotice:
    scene = place(request)
    return notices.edit(scene.actor, _notice(request, pk), **data.dict())


@router.post("/notices/{pk}/submit", response=s.IndicatorNoticeOut)
def submit_notice(request: HttpRequest, pk: int, data: s.IndicatorVersionIn) -> KpiNotice:
    return notices.submit(place(request).actor, _notice(request, pk), version=data.version)


@router.post("/notices/{pk}/recall", response=s.IndicatorNoticeOut)
def recall_notice(request: HttpRequest, pk: int, data: s.IndicatorVersionIn) -> KpiNotice:
    return notices.recall(place(request).actor, _notice(request, pk), version=data.version)


@router.post("/notices/{pk}/publish", response=s.IndicatorNoticeOut)
def publish_notice(request: HttpRequest, pk: int, data: s.IndicatorVersionIn) -> KpiNotice:
    return notices.publish(place(request).actor, _notice(request, pk), version=data.version)


@router.get("/explanations", response=list[s.ExplanationOut])
def explanation_list(request: HttpRequest) -> Any:
    return queries.visible_explanations(place(request))


@router.get("/explanations/{pk}", response=s.ExplanationOut)
def explanation(request: HttpRequest, pk: int) -> Explanation:
    return _explanation(request, pk)


@router.post("/explanations/{pk}/submit", response=s.ExplanationOut)
def submit_explanation(request: HttpRequest, pk: int, data: s.ExplanationIn) -> Explanation:
    return explanations.submit(place(request).actor, _explanation(request, pk), **data.dict())


@router.post("/explanations/{pk}/accept", response=s.ExplanationOut)
def accept_explanation(request: HttpRequest, pk: int, data: s.IndicatorVerbIn) -> Explanation:
    return explanations.accept(place(request).actor, _explanation(request, pk), **data.dict())


@router.post("/explanations/{pk}/return", response=s.ExplanationOut)
def return_explanation(request: HttpRequest, pk: int, data: s.IndicatorVerbIn) -> Explanation:
    return explanations.send_back(place(request).actor, _explanation(request, pk), **data.dict())


@router.post("/explanations/{pk}/report", response=s.ExplanationOut)
def report_explanation(request: HttpRequest, pk: int, data: s.IndicatorVersionIn) -> Explanation:
    return explanations.report(place(request).actor, _explanation(request, pk), version=data.version)


def _notice(request: HttpRequest, pk: int) -> KpiNotice:
    return fetch(queries.visible_notices(place(request)).select_related("installation__unit"), pk=pk)


def _explanation(request: HttpRequest, pk: int) -> Explanation:
    return fetch(queries.visible_explanations(place(request)).select_related("installation__unit"), pk=pk)


def _card(installation: int, pk: int) -> Card:
    return fetch(Card.objects.filter(installation_id=installation).select_related("installation"), pk=pk)
