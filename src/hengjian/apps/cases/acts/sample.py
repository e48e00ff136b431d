"""Draw a month's sample, court by court; two people look at each case without seeing each other's word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases import store
from hengjian.apps.cases.dictionary import KEY
from hengjian.apps.cases.models import Dataset, Draw, DrawnCase, Review
from hengjian.apps.cases.rulebook import courts_by_code
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.casedata import sampling
from hengjian.casedata.population import population
from hengjian.policy import Pack
from hengjian.policy.clauses.check import SampleCheck

REVIEWERS = 2


@act("cases.sample.draw", "随机抽查抽取")
def draw(actor: Actor, dataset: Dataset, *, period: str, seed: str, seed_source: str) -> Draw:
    """Of every court the share the pack says, at least so many; the seed is public, so the draw can be repeated."""
    actor.require(Right.CASE_SAMPLE, dataset.installation.unit)
    month = Period.parse(period)
    if month.end > to_local(actor.at).date():
        raise HengjianError(f"{month.label}还没有结束，期满后才能抽取。")
    if not seed.strip() or not seed_source.strip():
        raise HengjianError("请写明种子和它的来源，被查的法院要能自己重算。")
    if Draw.objects.filter(dataset=dataset, period=str(month)).exists():
        raise HengjianError(f"{month.label}已经抽取过；抽取的结果不能更换。")
    rule = rule_of(dataset, actor)
    pack = pack_for(dataset.installation, actor.at)
    share = Decimal(str(_value(pack, rule.share, month.first) or 1))
    at_least = int(_value(pack, rule.at_least, month.first) or 0)
    lake = store.lake()
    version = lake.latest()
    cases = population(lake, dataset.name, version, rule.population, month.first, month.end, key=KEY)
    made = Draw.objects.create(
        dataset=dataset,
        period=str(month),
        version=version,
        seed=seed.strip(),
        seed_source=seed_source.strip(),
        population=rule.population,
        share=share,
        drawn_by=actor.person,
        drawn_at=actor.at,
    )
    courts = courts_by_code(dataset)
    strata = []
    for code, rows in sorted(cases.items()):
        court = courts.get(code, dataset.installation.unit)
        one = sampling.draw(
            ((case_id, code) for case_id in rows),
            made.seed,
            share / 100,
            at_least=at_least,
            rounding=sampling.Rounding(rule.rounding),
        )
        picked = one.keys
        strata.append({"court": court.pk, "name": str(court), "population": len(rows), "drawn": len(picked)})
        DrawnCase.objects.bulk_create(
            DrawnCase(draw=made, case_id=c, case_no=rows[c], court=court, position=n)
            for n, c in enumerate(picked, start=1)
        )
    made.strata = strata
    made.save(update_fields=["strata"])
    log(made, drawn=sum(s["drawn"] for s in strata), version=version, seed=made.seed)
    return made


def rule_of(dataset: Dataset, actor: Actor) -> SampleCheck:
    pack = pack_for(dataset.installation, actor.at)
    day = to_local(actor.at).date()
    found = next((c for c in pack.clauses_of("check", day) if isinstance(c, SampleCheck)), None)
    if found is None:
        raise HengjianError(f"制度包 {pack.id} 没有抽查的规则，请补一条 sample 检查。")
    return found


def _value(pack: Pack, amount: Decimal | int | str, on: date) -> Any:
    return pack.value(amount, on=on) if isinstance(amount, str) else amount


@act("cases.sample.review", "抽查意见")
def review(actor: Actor, drawn: DrawnCase, *, wrong: list[str], remark: str = "") -> Review:
    """One word a person, not changed afterwards; not by people of the inspected court."""
    actor.require(Right.CASE_SAMPLE, drawn.court)
    if actor.person is None:
        raise Denied("抽查意见要由人给出。")
    if drawn.reviews.filter(reviewer=actor.person).exists():
        raise HengjianError("您已经给过意见；意见不能更改，另一位的意见独立给出。")
    if drawn.reviews.count() >= REVIEWERS:
        raise HengjianError("这件已有两人给出意见，不用再看。")
    row = Review.objects.create(
        drawn=drawn, reviewer=actor.person, wrong_items=wrong, remark=remark.strip()[:300], at=actor.at
    )
    log(row, unit=drawn.court_id, label=str(drawn), wrong=wrong)
    return row
