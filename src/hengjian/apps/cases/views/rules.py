"""Rules: those of the pack, those of the office, a new one with its preview; samples."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.cases import checking, results, store, withheld
from hengjian.apps.cases.access import visible_draws
from hengjian.apps.cases.acts import rules as acts
from hengjian.apps.cases.acts import sample as samples
from hengjian.apps.cases.acts.look import look
from hengjian.apps.cases.dictionary import items
from hengjian.apps.cases.forms import DayForm, DrawForm, ReviewForm, RuleForm
from hengjian.apps.cases.models import Draw, DrawnCase, Rule, RuleResult
from hengjian.apps.cases.rulebook import compiled, rules_of
from hengjian.apps.cases.views.common import place_of
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.times import to_local
from hengjian.casedata.rules.functions import NAMES

RULES = needs(Right.CASE_RULES, Right.CASE_REPORT)
SAMPLE = needs(Right.CASE_SAMPLE)


@RULES
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    actor, dataset, _ = place_of(request)
    found = rules_of(dataset, to_local(actor.at).date())
    last = dataset.runs.filter(state="done").first()
    counts = dict(last.results.values_list("rule", "standing")) if last else {}
    own = {rule.key for rule in dataset.rules.all()}
    context = {
        "dataset": dataset,
        "installation": dataset.installation,
        "rows": [(rule, counts.get(rule.id), rule.id in own) for rule in found.rules],
        "drafts": dataset.rules.exclude(state=Rule.State.ACTIVE).select_related("author"),
        "errors": found.errors,
        "may_write": actor.has(Right.CASE_RULES, dataset.installation.unit),
    }
    return page(request, "cases/rules.html", context)


@needs(Right.CASE_RULES)
@require_http_methods(["GET", "POST"])
def rule_new(request: HttpRequest) -> HttpResponse:
    """Write, look at what it would find, save when the trial rows come out as said."""
    actor, dataset, _ = place_of(request)
    form = RuleForm(request.POST or None)
    tried = None
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in acts.FIELDS}
        if "preview" in request.POST:
            draft = Rule(dataset=dataset, key=form.cleaned_data["key"], **values)
            tried = checking.preview(dataset, compiled(draft))
        else:
            with into_form(form):
                made = acts.save_rule(
                    actor,
                    dataset,
                    key=form.cleaned_data["key"],
                    values=values,
                    tests=form.cleaned_data["tests"],
                    version=form.cleaned_data["version"],
                )
                messages.success(request, "已保存，提交后由另一位审核起用。")
                return redirect("cases:rule", made.pk)
    context = {
        "form": form,
        "tried": tried,
        "items": items(dataset).values(),
        "functions": sorted(NAMES),
        "installation": dataset.installation,
    }
    return page(request, "cases/rule_new.html", context, form=form)


@RULES
@require_GET
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    actor, dataset, _ = place_of(request)
    row = fetch(Rule.objects.filter(dataset=dataset).select_related("author", "approved_by"), pk=pk)
    own = actor.person is not None and row.author_id == actor.person.pk
    context = {
        "rule": row,
        "installation": dataset.installation,
        "history": RuleResult.objects.filter(rule=row.key, run__dataset=dataset).select_related("run")[:20],
        "day": DayForm(initial={"day": to_local(actor.at).date()}),
        "may_propose": row.state == Rule.State.DRAFT and actor.has(Right.CASE_RULES),
        "may_activate": row.state == Rule.State.PROPOSED and actor.has(Right.CASE_RULES) and not own,
        "may_end": row.state == Rule.State.ACTIVE and actor.has(Right.CASE_RULES),
    }
    return page(request, "cases/rule.html", context)


@needs(Right.CASE_RULES)
@require_POST
def rule_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    actor, dataset, _ = place_of(request)
    row = fetch(Rule.objects.filter(dataset=dataset).select_related("dataset__installation__unit"), pk=pk)
    form = DayForm(request.POST)
    if verb == "propose":
        acts.propose_rule(actor, row)
    elif verb in ("activate", "end") and form.is_valid():
        day = form.cleaned_data["day"]
        if verb == "activate":
            acts.activate_rule(actor, row, since=day)
        else:
            acts.end_rule(actor, row, until=day)
    else:
        raise Missing("没有这个办理环节，或者没有写日期。")
    messages.success(request, "已办理。")
    return redirect("cases:rule", pk)


@SAMPLE
@require_http_methods(["GET", "POST"])
def draws(request: HttpRequest) -> HttpResponse:
    actor, dataset, _ = place_of(request)
    may = actor.has(Right.CASE_SAMPLE, dataset.installation.unit)
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            made = samples.draw(actor, dataset, **form.cleaned_data)
            return redirect("cases:draw", made.pk)
    rows = [(row, results.result_of(row)) for row in visible_draws(actor).filter(dataset=dataset)[:12]]
    context = {"form": form if may else None, "rows": rows, "installation": dataset.installation}
    return page(request, "cases/draws.html", context, form=form)


@SAMPLE
@require_GET
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row: Draw = fetch(visible_draws(actor).select_related("dataset__installation"), pk=pk)
    reached = actor.units(Right.CASE_SAMPLE)
    cases = row.cases.filter(court__in=reached).select_related("court").prefetch_related("reviews")
    mine = actor.person.pk if actor.person else 0
    context = {
        "draw": row,
        "strata": withheld.strata(actor, row),
        "installation": row.dataset.installation,
        "result": results.result_of(row),
        "cases": [
            (case, [r for r in case.reviews.all() if r.reviewer_id == mine], len(case.reviews.all()))
            for case in cases
        ],
        "labels": {item.key: item.label for item in items(row.dataset).values()},
    }
    return page(request, "cases/draw.html", context)


@SAMPLE
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One drawn case: what the record says, what is wrong in it. The other reviewer's word is not shown."""
    actor = actor_of(request)
    cases = DrawnCase.objects.filter(
        draw__in=visible_draws(actor), court__in=actor.units(Right.CASE_SAMPLE)
    ).select_related("draw__dataset__installation", "court")
    row = fetch(cases, pk=pk)
    dataset = row.draw.dataset
    known = items(dataset)
    form = ReviewForm(request.POST or None, choices=[(item.key, item.label) for item in known.values()])
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            samples.review(actor, row, wrong=form.cleaned_data["wrong"], remark=form.cleaned_data["remark"])
            messages.success(request, "意见已登记。")
            return redirect("cases:draw", row.draw_id)
    unmasked = actor.has(Right.CASE_READ_PERSONAL, row.court_id)
    case = store.case(dataset, row.case_id, row.draw.version) or {}
    look(actor, dataset, row.case_id, court=row.court_id, unmasked=unmasked, why=f"抽查 {row.draw.period}")
    context = {
        "drawn": row,
        "form": form,
        "cells": [
            (item, item.shown(case.get(key), unmasked=unmasked))
            for key, item in known.items()
            if case.get(key) is not None
        ],
        "installation": dataset.installation,
    }
    return page(request, "cases/review.html", context, form=form)
