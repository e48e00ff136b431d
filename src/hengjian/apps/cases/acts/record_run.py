"""Turn the verdicts of a run into findings: new ones open, known ones stay, vanished ones close, closed ones reopen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases import events, states
from hengjian.apps.cases.acts.failing import mended
from hengjian.apps.cases.models import Dataset, Finding, RuleResult, Run
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.batches import batched

BATCH = 1_000
"""Findings looked up at once."""
STATE_FIELDS = ["state", "version", "last_run", "closed_at", "cause", "reopened"]


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What a finding keeps of its rule."""

    id: str
    title: str
    basis: str
    severity: str
    owner: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``case_id`` breaks ``rule``. ``court`` and ``department`` are unit ids."""

    rule: str
    case_id: str
    case_no: str
    court: int
    department: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    rule: str
    title: str
    checked: int
    failed: int
    error: str = ""


@act("cases.run.start", "开始质检")
def start_run(actor: Actor, dataset: Dataset, *, version: int, since: int | None, digest: str) -> Run:
    """A run that is on record before it begins: one that dies is seen. One somebody has asked for is taken up."""
    run = Run.objects.filter(dataset=dataset, state=Run.State.ASKED).order_by("started_at").first()
    run = run or Run(dataset=dataset, asked_by=actor.person)
    run.version, run.since, run.rules_digest = version, since, digest
    run.state, run.started_at = Run.State.RUNNING, actor.at
    run.save()
    log(run, version=version, since=since)
    return run


@act("cases.run.ask", "要求质检")
def ask_run(actor: Actor, dataset: Dataset, *, full: bool = False) -> Run:
    """The worker takes it up within a minute; asked twice it is one."""
    actor.require(Right.CASE_RUN, dataset.installation.unit)
    run = Run.objects.filter(dataset=dataset, state=Run.State.ASKED).first()
    if run is None:
        run = Run(dataset=dataset, version=dataset.version, asked_by=actor.person, started_at=actor.at)
    run.state, run.since = Run.State.ASKED, None if full else dataset.checked_version
    run.save()
    log(run, full=full, unit=dataset.installation.unit_id)
    return run


@act("cases.run.record", "登记质检结果")
def record_run(
    actor: Actor,
    run: Run,
    *,
    rules: Mapping[str, RuleInfo],
    counts: Iterable[Counted],
    verdicts: Iterable[Verdict],
    touched: Iterable[str] | None,
    partners: Iterable[tuple[str, str]] = (),
    whole: frozenset[str] = frozenset(),
) -> Run:
    """Everything of one run in one transaction.

    ``touched``: the cases an incremental run judged again (None: all); ``partners``: (case, rule) it judged besides.
    Only their findings can have vanished, except those of the rules in ``whole``, which saw every case all the same.
    A rule that could not run closes nothing.
    """
    counted = list(counts)
    seen: set[int] = set()
    run.found = sum(_found(actor, run, rules, batch, seen) for batch in batched(verdicts, BATCH))
    ran = [c.rule for c in counted if not c.error]
    gone = _gone(run, ran, touched, partners, whole, seen)
    run.closed = sum(_vanish(actor, run, batch) for batch in batched(gone, BATCH))
    _results(run, counted)
    run.rows = max((c.checked for c in counted), default=0)
    run.state, run.finished_at = Run.State.DONE, actor.at
    run.save()
    Dataset.objects.filter(pk=run.dataset_id).update(checked_version=run.version)
    mended(actor, run)
    log(run, found=run.found, closed=run.closed, rows=run.rows, rules=len(counted))
    return run


def _results(run: Run, counted: list[Counted]) -> None:
    """The history of every rule; ``standing`` counts the cases that break it now, whatever part of them was judged."""
    standing = dict(
        Finding.objects.filter(dataset=run.dataset_id)
        .exclude(state=Finding.State.CLOSED)
        .order_by()
        .values_list("rule")
        .annotate(n=Count("pk"))
    )
    RuleResult.objects.bulk_create(
        RuleResult(
            run=run,
            rule=c.rule,
            title=c.title[:100],
            checked=c.checked,
            failed=c.failed,
            standing=standing.get(c.rule, 0),
            error=c.error[:300],
        )
        for c in counted
    )


def _found(
    actor: Actor, run: Run, rules: Mapping[str, RuleInfo], batch: Iterable[Verdict], seen: set[int]
) -> int:
    wanted = {(v.rule, v.case_id): v for v in batch}
    cases = {case for _, case in wanted}
    known = {
        (f.rule, f.case_id): f
        for f in Finding.objects.filter(dataset=run.dataset_id, case_id__in=cases)
        if (f.rule, f.case_id) in wanted
    }
    again, persist = [], []
    for finding in known.values():
        seen.add(finding.pk)
        finding.last_run = run
        if finding.state == Finding.State.CLOSED and finding.cause != Finding.Cause.NOT_WRONG:
            states.move("reopen", finding)
            finding.closed_at, finding.cause, finding.reopened = None, "", finding.reopened + 1
            again.append(finding)
        elif finding.state == Finding.State.CORRECTED:
            states.move("persist", finding)
            persist.append(finding)
    Finding.objects.bulk_update(known.values(), STATE_FIELDS, batch_size=200)
    new = Finding.objects.bulk_create(
        _new(actor, run, rules[v.rule], v) for key, v in wanted.items() if key not in known
    )
    seen.update(f.pk for f in new)
    events.note(actor, new, "发现", f"数据版本 {run.version}")
    events.note(actor, again, "重新出现", f"数据版本 {run.version}")
    events.note(actor, persist, "复检仍有", f"数据版本 {run.version}，请再核对")
    return len(new) + len(again)


def _new(actor: Actor, run: Run, rule: RuleInfo, verdict: Verdict) -> Finding:
    return Finding(
        dataset=run.dataset,
        rule=rule.id,
        title=rule.title[:100],
        basis=rule.basis[:100],
        severity=rule.severity,
        owner=rule.owner,
        case_id=verdict.case_id,
        case_no=verdict.case_no[:100],
        court_id=verdict.court,
        department_id=verdict.department,
        first_run=run,
        last_run=run,
        opened_at=actor.at,
    )


def _gone(
    run: Run,
    ran: list[str],
    touched: Iterable[str] | None,
    partners: Iterable[tuple[str, str]],
    whole: frozenset[str],
    seen: set[int],
) -> Iterator[Finding]:
    """Findings of rules that ran, on cases that were judged, which this run did not find."""
    standing = Finding.objects.filter(dataset=run.dataset_id).exclude(state=Finding.State.CLOSED)
    everywhere = ran if touched is None else [rule for rule in ran if rule in whole]
    yield from (f for f in standing.filter(rule__in=everywhere).iterator(BATCH) if f.pk not in seen)
    partly = standing.filter(rule__in=[rule for rule in ran if rule not in everywhere])
    for cases in batched(touched or (), 500):
        yield from (f for f in partly.filter(case_id__in=cases) if f.pk not in seen)
    for pairs in batched(partners, 500):
        asked = set(pairs)
        near = partly.filter(case_id__in={case for case, _ in asked})
        yield from (f for f in near if f.pk not in seen and (f.case_id, f.rule) in asked)


def _vanish(actor: Actor, run: Run, findings: Iterable[Finding]) -> int:
    rows = list(findings)
    for finding in rows:
        states.move("vanish", finding)
        finding.closed_at, finding.cause = actor.at, Finding.Cause.FIXED
    Finding.objects.bulk_update(rows, [*STATE_FIELDS, "closed_at"], batch_size=200)
    return events.note(actor, rows, "复检销号", f"数据版本 {run.version} 中已不存在")
