"""The overview, the queue of findings, one finding with the case beside it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.bulletins import words
from hengjian.apps.cases import checking, figures, states, store
from hengjian.apps.cases.access import from_above, visible_findings
from hengjian.apps.cases.acts.correct import propose
from hengjian.apps.cases.acts.judge import judge, judge_many
from hengjian.apps.cases.acts.look import look
from hengjian.apps.cases.acts.record_run import ask_run
from hengjian.apps.cases.acts.waive import waive
from hengjian.apps.cases.concern import concerned, in_words
from hengjian.apps.cases.dictionary import items
from hengjian.apps.cases.forms import CorrectForm, FilterForm, JudgeForm, WaiveForm
from hengjian.apps.cases.models import Finding, Run
from hengjian.apps.cases.rulebook import rules_of
from hengjian.apps.cases.views.common import place_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.times import to_local

READ = needs(Right.CASE_READ)
PER_PAGE = 50
AT_ONCE = 50_000
"""Cases checked while the person waits; more are left to the worker."""


@READ
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor, dataset, courts = place_of(request)
    findings = visible_findings(actor).filter(dataset=dataset)
    runs = list(Run.objects.filter(dataset=dataset)[:10])
    context = {
        "dataset": dataset,
        "installation": dataset.installation,
        "rows": figures.by_court(findings, courts),
        "rules": figures.by_rule(findings),
        "runs": runs,
        "last": runs[0] if runs else None,
        "standing": findings.filter(state__in=figures.STANDING).count(),
        "may_run": actor.has(Right.CASE_RUN, dataset.installation.unit),
    }
    return page(request, "cases/home.html", context)


@needs(Right.CASE_RUN)
@require_POST
def run_now(request: HttpRequest) -> HttpResponse:
    actor, dataset, _ = place_of(request)
    actor.require(Right.CASE_RUN, dataset.installation.unit)
    full = "full" in request.POST
    if store.count(dataset) > AT_ONCE:
        ask_run(actor, dataset, full=full)
        messages.success(request, "已列入等待，一分钟内开始检查；结果见右栏“检查记录”。")
        return redirect("cases:home")
    done = checking.run(actor, dataset, full=full)
    messages.success(request, f"已检查 {done.rows} 件案件：新发现 {done.found}，复检销号 {done.closed}。")
    return redirect("cases:home")


@READ
@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    actor, dataset, courts = place_of(request)
    form = FilterForm(request.GET or None, courts=courts)
    rows = visible_findings(actor).filter(dataset=dataset).select_related("court", "department")
    if form.is_valid():
        rows = _filtered(rows, form.cleaned_data)
    judging = actor.has(Right.CASE_JUDGE)
    context = {
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "dataset": dataset,
        "installation": dataset.installation,
        "verdicts": _verdicts(actor, dataset) if judging else [],
    }
    return page(request, "cases/findings.html", context)


def _filtered(rows: Any, wanted: dict[str, Any]) -> Any:
    if wanted["q"]:
        rows = rows.filter(Q(case_no__icontains=wanted["q"]) | Q(case_id=wanted["q"]))
    if wanted["court"]:
        rows = rows.filter(court=wanted["court"])
    if wanted["state"]:
        rows = rows.filter(state=wanted["state"])
    if wanted["severity"]:
        rows = rows.filter(severity=wanted["severity"])
    return rows.filter(rule=wanted["rule"]) if wanted["rule"] else rows


def _verdicts(actor: Actor, dataset: Any) -> list[tuple[str, str]]:
    pack = pack_for(dataset.installation, actor.at)
    return [(term.key, term.label) for term in words.terms(pack, "verdict")]


@READ
@require_GET
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row = fetch(_related(actor), pk=pk)
    return _shown(request, actor, row)


def _related(actor: Actor) -> Any:
    return visible_findings(actor).select_related(
        "dataset__installation__unit", "court", "department", "judged_by", "bundle"
    )


def _shown(request: HttpRequest, actor: Actor, row: Finding, **forms: Any) -> HttpResponse:
    known = items(row.dataset)
    unmasked = actor.has(Right.CASE_READ_PERSONAL, row.department_id or row.court_id)
    case = store.case(row.dataset, row.case_id) or {}
    look(actor, row.dataset, row.case_id, court=row.court_id, unmasked=unmasked, why=f"质检问题 {row.pk}")
    rule = next((r for r in rules_of(row.dataset, to_local(actor.at).date()).rules if r.id == row.rule), None)
    touched = concerned(rule, known)
    first = touched + [key for key in known if key not in touched and case.get(key) is not None]
    may_judge = actor.has(Right.CASE_JUDGE, row.court_id) and from_above(actor, row.court)
    may_correct = actor.has(Right.CASE_CORRECT, row.department_id or row.court_id)
    offered = [
        (k, known[k].label, known[k].shown(case.get(k), unmasked=True)) for k in touched if k != "case_id"
    ]
    context = {
        "finding": row,
        "installation": row.dataset.installation,
        "rule": rule,
        "condition": in_words(rule, known) if rule else "",
        "cells": [
            (known[k], known[k].shown(case.get(k), unmasked=unmasked), k in touched)
            for k in (first if case else ())
        ],
        "events": row.events.select_related("person"),
        "corrections": row.corrections.all(),
        "judge_form": forms.get("judge")
        or JudgeForm(initial={"version": row.version}, verdicts=_verdicts(actor, row.dataset)),
        "waive_form": forms.get("waive") or WaiveForm(initial={"version": row.version}),
        "correct_form": forms.get("correct")
        or CorrectForm(initial={"client_key": uuid4().hex}, offered=offered),
        "may": {
            "judge": may_judge and states.possible("judge_wrong", row),
            "correct": may_correct and states.possible("correct", row) and bool(offered) and unmasked,
            "waive": actor.has(Right.CASE_VERIFY, row.court_id) and states.possible("waive", row),
        },
    }
    bound = next((form for form in forms.values() if form is not None), None)
    return page(request, "cases/finding.html", context, form=bound)


@READ
@require_http_methods(["POST"])
def finding_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    actor = actor_of(request)
    row = fetch(_related(actor), pk=pk)
    form, act = _doing(actor, row, verb, request)
    if form.is_valid():
        with into_form(form):
            messages.success(request, act())
            return redirect("cases:finding", pk)
    return _shown(request, actor, row, **{verb: form})


def _doing(actor: Actor, row: Finding, verb: str, request: HttpRequest) -> tuple[Any, Any]:
    if verb == "judge":
        form: Any = JudgeForm(request.POST, verdicts=_verdicts(actor, row.dataset))
        return form, lambda: (judge(actor, row, **form.cleaned_data), "已判断。")[1]
    if verb == "waive":
        form = WaiveForm(request.POST)
        return form, lambda: (waive(actor, row, **form.cleaned_data), "已登记，到期后重新列出。")[1]
    known = items(row.dataset)
    case = store.case(row.dataset, row.case_id) or {}
    offered = [
        (
            name.removeprefix("item-"),
            known[name.removeprefix("item-")].label,
            known[name.removeprefix("item-")].shown(case.get(name.removeprefix("item-")), unmasked=True),
        )
        for name in request.POST
        if name.startswith("item-") and name.removeprefix("item-") in known
    ]
    form = CorrectForm(request.POST, offered=offered)

    def correct() -> str:
        propose(
            actor,
            row.dataset,
            case_id=row.case_id,
            court=row.court,
            department=row.department,
            changes=form.changes(),
            reason=form.cleaned_data["reason"],
            findings=[row],
            client_key=form.cleaned_data["client_key"],
        )
        return "已提出纠正，等待确认。"

    return form, correct


@needs(Right.CASE_JUDGE)
@require_POST
def judge_several(request: HttpRequest) -> HttpResponse:
    """The same word for the ticked findings."""
    actor = actor_of(request)
    picked = [int(pk) for pk in request.POST.getlist("finding") if pk.isdigit()]
    rows = list(_related(actor).filter(pk__in=picked))
    done = judge_many(actor, rows, verdict=request.POST.get("verdict", ""), why=request.POST.get("why", ""))
    messages.success(request, f"已判断 {len(done)} 件。")
    return redirect("cases:findings")
