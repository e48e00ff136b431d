"""Cards, targets and benchmarks: the forms of an indicator's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hengjian.apps.indicators.acts import cards, figures, targets
from hengjian.apps.indicators.forms import BenchmarkForm, CardForm, DecideCardForm, OpinionForm, TargetForm
from hengjian.apps.indicators.models import Card, Target
from hengjian.apps.indicators.records import items
from hengjian.apps.indicators.views.common import measure_or_404, place
from hengjian.apps.indicators.views.results import show_indicator
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form


@require_POST
@signed_in
def card_draft(request: HttpRequest, key: str) -> HttpResponse:
    scene = place(request)
    measure = measure_or_404(scene, key)
    form = CardForm(request.POST, items=items(scene))
    if form.is_valid():
        with into_form(form):
            cards.draft_card(scene.actor, scene.installation, indicator=key, text=form.text())
            messages.success(request, "口径卡已填写，等领导小组办公室确定。")
            return redirect("indicators:indicator", key)
    return show_indicator(request, scene, measure, card_form=form)


@require_POST
@needs(Right.KPI_MANAGE)
def card_decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    scene = place(request)
    card = fetch(Card.objects.filter(installation=scene.installation), pk=pk)
    form = DecideCardForm(request.POST) if verb == "decide" else OpinionForm(request.POST)
    if verb not in ("decide", "withdraw"):
        raise Missing("没有这种办理方式。")
    if form.is_valid():
        with into_form(form):
            if verb == "decide":
                cards.decide_card(scene.actor, card, **form.cleaned_data)
            else:
                cards.withdraw_card(scene.actor, card, version=_version(request))
            messages.success(
                request, "口径卡已确定，可以公布这个指标。" if verb == "decide" else "口径卡已撤回。"
            )
            return redirect("indicators:indicator", card.indicator)
    return show_indicator(request, scene, measure_or_404(scene, card.indicator), refused=form)


@require_POST
@signed_in
def target_propose(request: HttpRequest, key: str) -> HttpResponse:
    scene = place(request)
    measure = measure_or_404(scene, key)
    form = TargetForm(request.POST)
    if form.is_valid():
        with into_form(form):
            targets.propose_target(scene.actor, scene.installation, indicator=key, **form.cleaned_data)
            messages.success(request, "已提出，等例会审议。")
            return redirect("indicators:indicator", key)
    return show_indicator(request, scene, measure, target_form=form)


@require_POST
@needs(Right.KPI_MANAGE)
def target_decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    scene = place(request)
    target = fetch(Target.objects.filter(installation=scene.installation), pk=pk)
    if verb not in ("accept", "reject"):
        raise Missing("没有这种办理方式。")
    form = OpinionForm(request.POST)
    if form.is_valid():
        with into_form(form):
            opinion = form.cleaned_data["opinion"]
            targets.decide_target(scene.actor, target, accept=verb == "accept", opinion=opinion)
            messages.success(request, "已登记审议结果。")
            return redirect("indicators:indicator", target.indicator)
    return show_indicator(request, scene, measure_or_404(scene, target.indicator), refused=form)


@require_POST
@needs(Right.KPI_MANAGE)
def benchmark(request: HttpRequest, key: str) -> HttpResponse:
    scene = place(request)
    measure = measure_or_404(scene, key)
    form = BenchmarkForm(request.POST)
    if form.is_valid():
        with into_form(form):
            figures.record_benchmark(scene.actor, scene.installation, indicator=key, **form.cleaned_data)
            messages.success(request, "全省标准已登记。")
            return redirect("indicators:indicator", key)
    return show_indicator(request, scene, measure, mark_form=form)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0
