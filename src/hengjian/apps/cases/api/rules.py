"""Rules of the office and random samples."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from hengjian.apps.cases import checking, withheld
from hengjian.apps.cases.access import visible_draws
from hengjian.apps.cases.acts import rules as acts
from hengjian.apps.cases.acts import sample as samples
from hengjian.apps.cases.api.common import Strict
from hengjian.apps.cases.models import Draw, DrawnCase, Rule
from hengjian.apps.cases.rulebook import compiled, rules_of
from hengjian.apps.cases.views.common import place_of
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.base.times import to_local

router = Router()


class RuleOut(Schema):
    id: int
    key: str
    title: str
    basis: str
    fails_when: str
    severity: str
    owner: str
    state: str
    since: date | None
    until: date | None
    version: int


class InForceOut(Schema):
    id: str
    title: str
    basis: str
    fails_when: str


class TrialIn(Strict):
    found: bool
    values: dict[str, str]


class RuleIn(Strict):
    key: str
    title: str
    basis: str
    fails_when: str
    severity: Literal["error", "warning"]
    owner: Literal["filing", "trial", "execution"]
    tests: list[TrialIn] = []
    version: int | None = None


class PreviewOut(Schema):
    checked: int
    failed: int
    cases: list[dict[str, Any]]
    errors: list[str]


class RuleDayIn(Strict):
    day: date


class DrawIn(Strict):
    period: str
    seed: str
    seed_source: str


class DrawOut(Schema):
    id: int
    period: str
    version: int
    seed: str
    seed_source: str
    population: str
    strata: list[dict[str, Any]]
    drawn_at: datetime


class ReviewIn(Strict):
    wrong: list[str]
    remark: str = ""


class ReviewOut(Schema):
    id: int
    wrong_items: list[str]
    remark: str


@router.get("/rules", response=list[InForceOut])
def rule_list(request: HttpRequest) -> Any:
    """Rules in force today, of the regulation and of the office."""
    actor, dataset, _ = place_of(request)
    actor.require(Right.CASE_READ)
    return rules_of(dataset, to_local(actor.at).date()).rules


@router.post("/rules", response=RuleOut)
def rule_save(request: HttpRequest, data: RuleIn) -> Rule:
    """A draft; its trial rows must come out as said."""
    actor, dataset, _ = place_of(request)
    values = {name: str(getattr(data, name)) for name in acts.FIELDS}
    tests = [test.dict() for test in data.tests]
    return acts.save_rule(actor, dataset, key=data.key, values=values, tests=tests, version=data.version)


@router.post("/rules/preview", response=PreviewOut)
def rule_preview(request: HttpRequest, data: RuleIn) -> Any:
    """How many cases of the last version it would find, and which."""
    actor, dataset, _ = place_of(request)
    actor.require(Right.CASE_RULES)
    draft = Rule(dataset=dataset, key=data.key, **{name: getattr(data, name) for name in acts.FIELDS})
    checked, failed, cases, errors = checking.preview(dataset, compiled(draft))
    return {"checked": checked, "failed": failed, "cases": cases, "errors": errors}


def _rule(request: HttpRequest, pk: int) -> Rule:
    actor, dataset, _ = place_of(request)
    actor.require(Right.CASE_RULES)
    found: Rule = fetch(
        Rule.objects.filter(dataset=dataset).select_related("dataset__installation__unit"), pk=pk
    )
    return found


@router.post("/rules/{pk}/propose", response=RuleOut)
def rule_propose(request: HttpRequest, pk: int) -> Rule:
    return acts.propose_rule(actor_of(request), _rule(request, pk))


@router.post("/rules/{pk}/activate", response=RuleOut)
def rule_activate(request: HttpRequest, pk: int, data: RuleDayIn) -> Rule:
    """By another person than the author."""
    return acts.activate_rule(actor_of(request), _rule(request, pk), since=data.day)


@router.post("/rules/{pk}/end", response=RuleOut)
def rule_end(request: HttpRequest, pk: int, data: RuleDayIn) -> Rule:
    return acts.end_rule(actor_of(request), _rule(request, pk), until=data.day)


@router.get("/samples", response=list[DrawOut])
def draw_list(request: HttpRequest) -> Any:
    actor = actor_of(request)
    actor.require(Right.CASE_SAMPLE)
    rows = visible_draws(actor).select_related("dataset__installation")[:24]
    return [{**DrawOut.from_orm(row).model_dump(), "strata": withheld.strata(actor, row)} for row in rows]


@router.post("/samples", response=DrawOut)
def draw(request: HttpRequest, data: DrawIn) -> Draw:
    """Draw the sample of a month with a seed published before."""
    actor, dataset, _ = place_of(request)
    return samples.draw(actor, dataset, period=data.period, seed=data.seed, seed_source=data.seed_source)


@router.post("/samples/cases/{pk}/review", response=ReviewOut)
def review(request: HttpRequest, pk: int, data: ReviewIn) -> Any:
    """One's word on a drawn case; the other reviewer's is not shown."""
    actor = actor_of(request)
    cases = DrawnCase.objects.filter(
        draw__in=visible_draws(actor), court__in=actor.units(Right.CASE_SAMPLE)
    ).select_related("court", "draw__dataset__installation")
    return samples.review(actor, fetch(cases, pk=pk), wrong=data.wrong, remark=data.remark)
