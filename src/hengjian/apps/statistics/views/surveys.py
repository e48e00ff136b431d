"""Surveys: list, drafting, one survey with its answers, one part to answer."""

from __future__ import annotations

from decimal import Decimal
from statistics import median
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.roles import Right
from hengjian.apps.statistics.acts import surveys as acts
from hengjian.apps.statistics.forms import AnswerForm, OpenForm, SurveyForm, TextForm
from hengjian.apps.statistics.models import Survey, SurveyPart
from hengjian.apps.statistics.scope import Scene, visible_surveys
from hengjian.apps.statistics.views.common import card_choices, place, ways
from hengjian.apps.ui.pages import into_form, page
from hengjian.statistics.spans import Span

OFFICE = needs(Right.STATS_MANAGE)
PER_PAGE = 100


@OFFICE
@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    rows = visible_surveys(scene.actor).prefetch_related("parts")
    labels = dict(ways(scene, surveys=True))
    shown = Paginator(rows, 50).get_page(request.GET.get("page"))
    listed = [
        (
            row,
            labels.get(row.way, row.way),
            len(row.parts.all()),
            sum(p.answered_at is not None for p in row.parts.all()),
        )
        for row in shown
    ]
    context = {"scene": scene, "installation": scene.installation, "page": shown, "rows": listed}
    return page(request, "statistics/surveys.html", context)


@OFFICE
@require_http_methods(["GET", "POST"])
def survey_new(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    form = SurveyForm(
        request.POST if request.method == "POST" else None,
        ways=ways(scene, surveys=True), cards=card_choices(scene, counted=True),
    )  # fmt: skip
    unit = scene.own_court
    if unit is not None and form.is_valid():
        with into_form(form):
            data = dict(form.cleaned_data)
            made = acts.draft_survey(scene.actor, scene.place, unit, **data)
            messages.success(request, "已拟定，选定法院后开始。")
            return redirect("statistics:survey", made.pk)
    context = {"scene": scene, "installation": scene.installation, "form": form, "unit": unit}
    return page(request, "statistics/survey_new.html", context, form=form)


@OFFICE
@require_GET
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    scene = place(request)
    return _show(request, scene, fetch(visible_surveys(scene.actor), pk=pk))


def _show(request: HttpRequest, scene: Scene, row: Survey, **forms: Any) -> HttpResponse:
    parts = row.parts.select_related("court", "answered_by")
    runs_it = scene.manages(row.unit_id)
    if not runs_it and not scene.whole:
        parts = parts.filter(court__in=[c.pk for c in scene.courts])
    own = row.unit_id != scene.installation.unit_id
    courts = [(str(c.pk), str(c)) for c in scene.place.courts if not own or c.pk == row.unit_id]
    initial = {"version": row.version, "courts": [pk for pk, _ in courts]}
    context = {
        "scene": scene, "installation": scene.installation, "survey": row,
        "way": dict(ways(scene, surveys=True)).get(row.way, row.way),
        "page": Paginator(parts, PER_PAGE).get_page(request.GET.get("page")),
        "strata": strata(scene, row), "summary": summary(row) if runs_it or scene.whole else [],
        "mine": {c.pk for c in scene.courts if scene.manages(c)},
        "open_form": forms.get("open") or (OpenForm(initial=initial, courts=courts)
                                           if runs_it and row.state == Survey.State.DRAFT else None),
        "close_form": forms.get("close") or (TextForm(initial={"version": row.version}, label="结论")
                                             if runs_it and row.state == Survey.State.OPEN else None),
    }  # fmt: skip
    bound = next((form for form in forms.values() if form is not None), None)
    return page(request, "statistics/survey.html", context, form=bound)


def strata(scene: Scene, survey: Survey) -> list[dict[str, Any]]:
    """How many cases each court has in all is a figure: of the courts one sees, and none that is kept back."""
    codes = {court.pk: court.code for court in scene.courts}
    span = Span.parse(survey.span) if survey.strata else None
    return [
        one
        for one in survey.strata
        if span and one["court"] in codes and not scene.hides(codes[one["court"]], span)
    ]


def summary(survey: Survey) -> list[dict[str, Any]]:
    """Per question: how many answered, sum and median of numbers, counts of yes and no."""
    answered = [part.answers for part in survey.parts.exclude(answered_at=None)]
    rows = []
    for question in survey.questions:
        given = [a[question["key"]] for a in answered if question["key"] in a]
        row: dict[str, Any] = {"question": question, "answered": len(given)}
        if question["type"] == "number" and given:
            numbers = [Decimal(text) for text in given]
            row |= {
                "total": sum(numbers),
                "middle": median(numbers),
                "low": min(numbers),
                "high": max(numbers),
            }
        elif question["type"] == "yes":
            row["yes"] = sum(text == "是" for text in given)
        rows.append(row)
    return rows


@OFFICE
@require_POST
def survey_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    scene = place(request)
    row = fetch(visible_surveys(scene.actor), pk=pk)
    if verb == "open":
        courts = [(str(c.pk), str(c)) for c in scene.place.courts]
        form: Any = OpenForm(request.POST, courts=courts)
        if form.is_valid():
            picked = {int(pk) for pk in form.cleaned_data["courts"]}
            with into_form(form):
                chosen = [c for c in scene.place.courts if c.pk in picked]
                acts.open_survey(
                    scene.actor, scene.place, row, courts=chosen, version=form.cleaned_data["version"]
                )
                messages.success(request, "调查已经开始，各法院的待办里都有了。")
                return redirect("statistics:survey", pk)
    elif verb == "close":
        form = TextForm(request.POST, label="结论")
        if form.is_valid():
            with into_form(form):
                data = form.cleaned_data
                acts.close_survey(scene.actor, row, conclusion=data["text"], version=data["version"])
                messages.success(request, "调查已结束。")
                return redirect("statistics:survey", pk)
    else:
        raise Missing("没有这样的办理。")
    return _show(request, scene, row, **{verb: form})


@OFFICE
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """One court's answer, or its answer about one case."""
    scene = place(request)
    rows = SurveyPart.objects.filter(survey__in=visible_surveys(scene.actor).values("pk"))
    row = fetch(rows.select_related("survey__unit", "court"), pk=pk)
    if not scene.whole and not scene.manages(row.court_id) and not scene.manages(row.survey.unit_id):
        raise Missing("没有这份答复，或者您无权查看。")
    may = scene.manages(row.court_id) and row.survey.state == Survey.State.OPEN
    initial = {**row.answers, "version": row.version}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial, survey=row.survey)
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            acts.answer(scene.actor, row, answers=form.answers(), version=form.cleaned_data["version"])
            messages.success(request, "已答复，调查结束以前可以更正。")
            return redirect("statistics:survey", row.survey_id)
    context = {
        "scene": scene, "installation": scene.installation, "part": row, "form": form if may else None,
        "answers": [(q["label"], row.answers.get(q["key"], "")) for q in row.survey.questions],
    }  # fmt: skip
    return page(request, "statistics/part.html", context, form=form)
