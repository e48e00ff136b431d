"""Rules of the office: drafted with trial rows, proposed by one person, put in force by another, dated."""

from __future__ import annotations

from datetime import date
from typing import Any

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases.models import Dataset, Rule
from hengjian.apps.cases.trials import failing_trials
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

FIELDS = ("title", "basis", "fails_when", "severity", "owner")


@act("cases.rule.save", "拟定质检规则")
def save_rule(
    actor: Actor,
    dataset: Dataset,
    *,
    key: str,
    values: dict[str, str],
    tests: list[dict[str, Any]],
    version: int | None = None,
) -> Rule:
    """A draft; one in force is not edited but ended and written anew. The trial rows must come out as said."""
    actor.require(Right.CASE_RULES, dataset.installation.unit)
    rule = Rule.objects.select_for_update().filter(dataset=dataset, key=key).first()
    if rule is not None and (
        rule.state not in (Rule.State.DRAFT, Rule.State.PROPOSED) or version != rule.version
    ):
        raise HengjianError(
            f"规则 {key} 现为“{rule.get_state_display()}”或者已被改动，请另起一个编号，或刷新后再改。"
        )
    rule = rule or Rule(dataset=dataset, key=key)
    for field in FIELDS:
        setattr(rule, field, values[field].strip())
    rule.tests, rule.author, rule.changed_at, rule.state = tests, actor.person, actor.at, Rule.State.DRAFT
    problems = failing_trials(dataset, rule)
    if problems:
        raise HengjianError("；".join(problems[:3]))
    rule.version = (rule.version or 0) + 1 if rule.pk else 1
    rule.save()
    log(rule, unit=dataset.installation.unit_id, fails_when=rule.fails_when)
    return rule


@act("cases.rule.propose", "提交质检规则审核")
def propose_rule(actor: Actor, rule: Rule) -> Rule:
    actor.require(Right.CASE_RULES, rule.dataset.installation.unit)
    found = {bool(test["found"]) for test in rule.tests}
    if found != {True, False}:
        raise HengjianError("试验行里至少要有一行应当查出、一行不应当查出，审核人才能判断规则对不对。")
    return _to(actor, rule, {Rule.State.DRAFT}, Rule.State.PROPOSED)


@act("cases.rule.activate", "起用质检规则")
def activate_rule(actor: Actor, rule: Rule, *, since: date) -> Rule:
    """By another person than its author; not for the past."""
    actor.require(Right.CASE_RULES, rule.dataset.installation.unit)
    if actor.person is not None and actor.person.pk == rule.author_id:
        raise Denied("自己拟定的规则不能自己起用，请由另一位有权的人审核。")
    if since < to_local(actor.at).date():
        raise HengjianError("起用日期不能早于今天。")
    rule.since, rule.approved_by = since, actor.person
    return _to(actor, rule, {Rule.State.PROPOSED}, Rule.State.ACTIVE)


@act("cases.rule.end", "停用质检规则")
def end_rule(actor: Actor, rule: Rule, *, until: date) -> Rule:
    actor.require(Right.CASE_RULES, rule.dataset.installation.unit)
    rule.until = until
    return _to(actor, rule, {Rule.State.ACTIVE}, Rule.State.ENDED)


def _to(actor: Actor, rule: Rule, before: set[str], after: str) -> Rule:
    if rule.state not in before:
        raise HengjianError(f"规则 {rule.key} 现为“{rule.get_state_display()}”，不能这样办理。")
    rule.state, rule.changed_at = after, actor.at
    rule.version += 1
    rule.save()
    log(rule, unit=rule.dataset.installation.unit_id, state=after)
    return rule
