"""API operations of statistics; each calls an act or a query, with the same rights and errors as the pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.statistics import schemas as s
from hengjian.apps.statistics import scope
from hengjian.apps.statistics.acts import analyses, cards, departments, reports, suggestions, surveys
from hengjian.apps.statistics.acts.look import look_behind
from hengjian.apps.statistics.agreement import compared
from hengjian.apps.statistics.departments import (
    installation_of,
    own_departments,
    visible_department_reports,
)  # fmt: skip
from hengjian.apps.statistics.models import Analysis, Citation, Suggestion, SurveyPart
from hengjian.apps.statistics.scope import Scene, scene_of
from hengjian.apps.statistics.tables import breaches_seen, cards_in_use, lines, read_cell
from hengjian.apps.statistics.telling import formula
from hengjian.apps.statistics.views.common import data_of, span_of
from hengjian.apps.statistics.views.tables import may_list
from hengjian.base.times import to_local
from hengjian.statistics.table import cases_of
from hengjian.statistics.tally import Data

router = Router(tags=["statistics"])


def _place(request: HttpRequest) -> Scene:
    return scene_of(actor_of(request))


def _office(scene: Scene) -> Unit:
    """The court in whose statistics office the actor sits."""
    if scene.own_court is None:
        raise Missing("您不在法院的统计部门。")
    return scene.own_court


def _data(scene: Scene, version: int | None) -> Data:
    found = data_of(scene, "" if version is None else str(version))
    if found is None:
        raise Missing("还没有案件数据。")
    return found


@router.get("/figures", response=s.StatTableOut)
def figures(request: HttpRequest, period: str = "", kinds: bool = False, version: int | None = None) -> Any:
    """All cards and courts one sees in a period, with the breaches of its identities."""
    scene = _place(request)
    span, data = span_of(scene, period), _data(scene, version)
    shown = lines(scene, data, span, cards_in_use(scene, span), kinds)
    rows = [
        {
            "value": one.value.value, "unit": one.card.unit, "card": one.card.key, "card_version": one.card.version,
            "data_version": data.version, "court": line.code, "period": span.text, "dims": dict(one.cell.dims),
            "top": None if one.withheld else one.value.top, "bottom": one.value.bottom, "withheld": one.withheld,
        }
        for line in shown
        for one in line.cells
    ]  # fmt: skip
    told = [
        {
            "title": b.title,
            "court": b.court,
            "kind": b.kind,
            "period": b.span,
            "by": b.by,
            "cases": list(b.cases),
        }
        for b in breaches_seen(scene, data, span)
    ]
    return {"figures": rows, "breaches": told}


@router.get("/cases", response=s.CellCasesOut)
def cell_cases(
    request: HttpRequest, card: str, court: str, period: str, dims: str = "", version: int | None = None
) -> Any:
    """The cases behind one number (``dims``: ``case_kind:民事``); the look is on record."""
    scene = _place(request)
    wanted, data = read_cell(scene, card, court, period, dims), _data(scene, version)
    if not may_list(scene, wanted):
        raise Missing("您的岗位不看案件清单。")
    found = cases_of(data, scene.cards, wanted, scene.groups)
    look_behind(scene.actor, scene.place, wanted, version=data.version)
    return {"data_version": data.version, "top": list(found.top), "bottom": list(found.bottom)}


@router.get("/agreement", response=s.AgreementOut)
def agreement(request: HttpRequest, period: str = "", version: int | None = None) -> Any:
    """What courts reported, the table and the cases compared."""
    scene = _place(request)
    _office(scene)
    data = _data(scene, version)
    found = compared(scene, data, span_of(scene, period))
    rows = [
        {
            "level": one.level, "card": one.cell.card, "court": one.cell.court, "period": one.cell.span,
            "dims": dict(one.cell.dims), "said": one.said, "counted": one.counted,
            "missing": list(one.missing), "extra": list(one.extra),
        }
        for one in found.found
    ]  # fmt: skip
    checked = {level.value: number for level, number in found.checked.items()}
    return {"data_version": data.version, "checked": checked, "found": rows}


@router.post("/reports", response=s.StatIdOut)
def file_report(request: HttpRequest, data: s.ReportIn) -> Any:
    scene = _place(request)
    return reports.file_report(
        scene.actor, scene.place.dataset, _office(scene), span=data.period, values=data.values, cases=data.cases,
        remark=data.remark, client_key=data.client_key,
    )  # fmt: skip


@router.get("/cards", response=list[s.DefinitionOut])
def card_list(request: HttpRequest) -> Any:
    """The definition cards in force today."""
    scene = _place(request)
    held = scene.cards.on(to_local(scene.actor.at).date())
    return [card.model_dump() | {"formula": formula(scene, card)} for card in held.values()]


@router.post("/cards", response=s.StatIdOut)
def draft_card(request: HttpRequest, data: s.DefinitionIn) -> Any:
    scene = _place(request)
    return cards.draft_card(scene.actor, scene.installation, **data.dict())


@router.post("/cards/{slug:key}/end", response=s.StatIdOut)
def end_card(request: HttpRequest, key: str, data: s.EndingIn) -> Any:
    """Draft the end of a concept; it is approved like a version."""
    scene = _place(request)
    return cards.end_card(scene.actor, scene.installation, key=key, **data.dict())


@router.post("/cards/{pk}/propose", response=s.StatIdOut)
def propose_card(request: HttpRequest, pk: int) -> Any:
    scene = _place(request)
    return cards.propose_card(scene.actor, fetch(scope.visible_cards(scene.actor), pk=pk))


@router.post("/cards/{pk}/drop", response={204: None})
def drop_card(request: HttpRequest, pk: int) -> Any:
    scene = _place(request)
    cards.drop_card(scene.actor, fetch(scope.visible_cards(scene.actor), pk=pk))
    return 204, None


@router.post("/surveys", response=s.StatIdOut)
def draft_survey(request: HttpRequest, data: s.SurveyIn) -> Any:
    scene = _place(request)
    given = data.dict()
    given["span"] = given.pop("period")
    given["questions"] = [{"key": f"q{n}", **q} for n, q in enumerate(given["questions"], 1)]
    return surveys.draft_survey(scene.actor, scene.place, _office(scene), **given)


@router.post("/surveys/{pk}/open", response=s.StatIdOut)
def open_survey(request: HttpRequest, pk: int, data: s.CourtsIn) -> Any:
    scene = _place(request)
    row = fetch(scope.visible_surveys(scene.actor), pk=pk)
    courts = [court for court in scene.place.courts if court.code in data.courts]
    return surveys.open_survey(scene.actor, scene.place, row, courts=courts, version=data.version)


@router.post("/surveys/{pk}/close", response=s.StatIdOut)
def close_survey(request: HttpRequest, pk: int, data: s.StatTextIn) -> Any:
    scene = _place(request)
    row = fetch(scope.visible_surveys(scene.actor), pk=pk)
    return surveys.close_survey(scene.actor, row, conclusion=data.text, version=data.version)


@router.post("/parts/{pk}/answer", response=s.StatIdOut)
def answer(request: HttpRequest, pk: int, data: s.AnswersIn) -> Any:
    scene = _place(request)
    rows = SurveyPart.objects.filter(survey__in=scope.visible_surveys(scene.actor).values("pk"))
    return surveys.answer(scene.actor, fetch(rows, pk=pk), answers=data.answers, version=data.version)


@router.post("/analyses", response=s.StatIdOut)
def write_analysis(request: HttpRequest, data: s.AnalysisIn) -> Any:
    scene = _place(request)
    fields = data.dict(exclude={"client_key", "version"})
    return analyses.write_analysis(
        scene.actor, scene.place, _office(scene), client_key=data.client_key, fields=fields
    )


@router.post("/analyses/{pk}/edit", response=s.StatIdOut)
def edit_analysis(request: HttpRequest, pk: int, data: s.AnalysisIn) -> Any:
    fields = data.dict(exclude={"client_key", "version"})
    return analyses.edit_analysis(
        actor_of(request), _analysis(request, pk), fields=fields, version=data.version
    )


@router.post("/analyses/{pk}/cite", response=s.StatIdOut)
def cite(request: HttpRequest, pk: int, data: s.CiteIn) -> Any:
    scene = _place(request)
    pairs = ",".join(f"{name}:{value}" for name, value in data.dims.items())
    cell = read_cell(scene, data.card, data.court, data.period, pairs)
    return analyses.cite(
        scene.actor, _analysis(request, pk), card=cell.card, court=cell.court, span=cell.span, dims=cell.dims
    )


@router.post("/citations/{pk}/drop", response={204: None})
def uncite(request: HttpRequest, pk: int) -> Any:
    actor = actor_of(request)
    rows = Citation.objects.filter(analysis__in=scope.visible_analyses(actor).values("pk"))
    analyses.uncite(actor, fetch(rows, pk=pk))
    return 204, None


@router.post("/analyses/{pk}/finish", response=s.StatIdOut)
def finish_analysis(request: HttpRequest, pk: int, data: s.StatVersionIn) -> Any:
    return analyses.finish_analysis(actor_of(request), _analysis(request, pk), version=data.version)


@router.post("/suggestions", response=s.StatIdOut)
def draft_suggestion(request: HttpRequest, data: s.SuggestionIn) -> Any:
    scene = _place(request)
    given = data.dict()
    pk = given.pop("analysis")
    analysis = _analysis(request, pk) if pk is not None else None
    return suggestions.draft_suggestion(scene.actor, scene.place, _office(scene), analysis=analysis, **given)


@router.post("/suggestions/{pk}/submit", response=s.StatIdOut)
def submit_suggestion(request: HttpRequest, pk: int, data: s.StatVersionIn) -> Any:
    return suggestions.submit_suggestion(actor_of(request), _suggestion(request, pk), version=data.version)


@router.post("/suggestions/{pk}/send", response=s.StatIdOut)
def send_suggestion(request: HttpRequest, pk: int, data: s.SendIn) -> Any:
    return suggestions.send_suggestion(actor_of(request), _suggestion(request, pk), **data.dict())


@router.post("/suggestions/{pk}/remind", response=s.StatIdOut)
def remind(request: HttpRequest, pk: int, data: s.StatTextIn) -> Any:
    return suggestions.remind(actor_of(request), _suggestion(request, pk), text=data.text)


@router.post("/suggestions/{pk}/reply", response=s.StatIdOut)
def record_reply(request: HttpRequest, pk: int, data: s.SuggestionReplyIn) -> Any:
    return suggestions.record_reply(actor_of(request), _suggestion(request, pk), **data.dict())


@router.post("/suggestions/{pk}/close", response=s.StatIdOut)
def close_suggestion(request: HttpRequest, pk: int, data: s.StatTextIn) -> Any:
    return suggestions.close_suggestion(
        actor_of(request), _suggestion(request, pk), why=data.text, version=data.version
    )


def _analysis(request: HttpRequest, pk: int) -> Analysis:
    return fetch(scope.visible_analyses(actor_of(request)), pk=pk)


def _suggestion(request: HttpRequest, pk: int) -> Suggestion:
    return fetch(scope.visible_suggestions(actor_of(request)), pk=pk)


@router.get("/departments", response=list[s.DepartmentReportOut])
def department_reports(request: HttpRequest) -> Any:
    """What departments report, as far as one sees it."""
    return visible_department_reports(_member(request))[:200]


@router.post("/departments", response=s.DepartmentReportOut)
def draft_department_report(request: HttpRequest, data: s.DepartmentReportIn) -> Any:
    actor = _member(request)
    installation = installation_of(actor)
    unit = next((one for one in own_departments(actor) if one.pk == data.unit), None)
    if installation is None or unit is None:
        raise Missing("没有这个部门，或者您不在这个部门的岗位。")
    fields = data.dict(exclude={"unit", "version"})
    return departments.draft_department_report(actor, installation, unit, **fields)


@router.post("/departments/{pk}/edit", response=s.DepartmentReportOut)
def edit_department_report(request: HttpRequest, pk: int, data: s.DepartmentReportEdit) -> Any:
    row = fetch(visible_department_reports(_member(request)), pk=pk)
    return departments.edit_department_report(actor_of(request), row, **data.dict())


@router.post("/departments/{pk}/send", response=s.DepartmentReportOut)
def send_department_report(request: HttpRequest, pk: int, data: s.StatVersionIn) -> Any:
    row = fetch(visible_department_reports(_member(request)), pk=pk)
    return departments.send_department_report(actor_of(request), row, version=data.version)


def _member(request: HttpRequest) -> Actor:
    """Whoever works under a regulation that knows departments' reports."""
    actor = actor_of(request)
    if actor.person is None or installation_of(actor) is None:
        raise Missing("您所在的单位没有部门报送。")
    return actor
