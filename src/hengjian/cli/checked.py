"""Worked examples of checks: a text, an outlet, a sample, figures of several levels (``cases/checks.csv``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from hengjian.base.errors import HengjianError, Place
from hengjian.casedata.reconcile import with_cases, with_units
from hengjian.casedata.sampling import Rounding, sample_size
from hengjian.checks import Draft, check_text, checklist, may_carry
from hengjian.cli.fields import fields_of
from hengjian.policy import Pack
from hengjian.policy.clauses.base import ClauseBase
from hengjian.policy.clauses.check import (
    ChecklistCheck,
    DataCheck,
    PermissionCheck,
    ReconcileCheck,
    SampleCheck,
)

COLUMNS = ("case", "check", "fields", "text", "times", "earlier", "expected", "reason")


def judge_check(pack: Pack, row: Mapping[str, str], where: Place) -> str:
    """What the check says of the row.

    Of a text (``text`` written ``times`` times, beside the texts in ``earlier``, joined by ``|``): the gravest severity
    found, or ``none``. Of a checklist: ``asked`` or ``none``. Of an outlet and a grade (``fields``): ``carried`` or
    ``refused``. Of a sample (``fields``: ``population=250``): how many are drawn. Of levels that must agree
    (``fields``: a number each): ``agrees`` or ``differs``. ``fields`` may give ``today``.
    """
    try:
        return _judged(pack, pack.clause(row["check"]), row)
    except (KeyError, ValueError, ArithmeticError, HengjianError) as error:
        raise HengjianError(f"这一行读不懂：{error}", where=where) from None


def _judged(pack: Pack, clause: ClauseBase, row: Mapping[str, str]) -> str:
    fields = fields_of(row["fields"])
    day = date.fromisoformat(fields.pop("today", str(pack.info.since)))
    if isinstance(clause, PermissionCheck):
        outlet, grade = pack.term(clause.outlets, fields["outlet"]), pack.term(clause.grades, fields["grade"])
        return "carried" if may_carry(clause, outlet, grade).allowed else "refused"
    if isinstance(clause, SampleCheck):
        return str(_drawn(pack, clause, int(fields["population"]), day))
    if isinstance(clause, ReconcileCheck):
        return "agrees" if _agree(pack, clause, fields) else "differs"
    if isinstance(clause, ChecklistCheck):
        return "asked" if checklist([clause], fields) else "none"
    if isinstance(clause, DataCheck):
        raise HengjianError(f"“{clause.title}”对表里的行起作用，请写进规则自己的算例。")
    return _gravest(pack, clause, Draft(*_texts(row, fields), today=day), day)


def _agree(pack: Pack, clause: ReconcileCheck, fields: Mapping[str, str]) -> bool:
    """The number of the lowest level stands for so many cases, each other one for a cell above the next."""
    terms = sorted(pack.vocabulary(clause.levels), key=lambda term: int(term.attrs["rank"]))
    count, *cells = (int(fields[term.key]) for term in terms)
    names = [term.key for term in terms[1:]]
    reported = {(name, "合计"): Decimal(cell) for name, cell in zip(names, cells, strict=True)}
    lowest = {(names[0], "合计"): [str(number) for number in range(count)]}
    above = {upper: [lower] for lower, upper in pairwise(names)}
    below = {cell: value for cell, value in reported.items() if cell in lowest}
    return not (with_cases(below, lowest) or with_units(reported, above))


def _texts(row: Mapping[str, str], fields: dict[str, str]) -> tuple[str, dict[str, str], dict[str, str]]:
    earlier = {f"前稿{n}": text for n, text in enumerate(filter(None, row["earlier"].split("|")), 1)}
    return row["text"] * int(row["times"] or 1), fields, earlier


def _gravest(pack: Pack, clause: ClauseBase, draft: Draft, day: date) -> str:
    found = check_text([clause], draft, value_of=lambda name: pack.value(name, on=day))
    return str(found[0].severity.value) if found else "none"


def _drawn(pack: Pack, clause: SampleCheck, population: int, day: date) -> int:
    share, least = (
        pack.value(amount, on=day) if isinstance(amount, str) else Decimal(amount)
        for amount in (clause.share, clause.at_least)
    )
    if share is None:
        raise HengjianError(f"“{clause.title}”在 {day} 没有比例。")
    return sample_size(population, share / 100, at_least=int(least or 0), rounding=Rounding(clause.rounding))
