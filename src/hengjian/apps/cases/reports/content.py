"""The content of a month's report as plain data: what is frozen, shown and printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hengjian.apps.bulletins import words
from hengjian.apps.cases.models import Dataset, Draw, Report, RuleResult
from hengjian.apps.cases.reports.counting import (
    Balance,
    Json,
    balances,
    compared,
    share,
    total,
    touched,
)
from hengjian.apps.cases.reports.moments import Bounds, several
from hengjian.apps.cases.reports.spans import Span, spans
from hengjian.apps.cases.results import result_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.casedata.monthly import Touched
from hengjian.casedata.sampling import error_rate
from hengjian.policy import Pack
from hengjian.policy.clauses.notice import Notice, Section

DIMENSIONS = "rule_dimensions"
LONGEST = 12
"""Rows of a table that goes on for ever, in the report of all courts."""


def clause_of(pack: Pack) -> Notice:
    """The notice of the pack that reports on rules."""
    found = next(
        (
            c
            for c in pack.clauses_of("notice")
            if isinstance(c, Notice) and any(s.of == "rules" for s in c.sections)
        ),
        None,
    )
    if found is None:
        raise HengjianError(f"制度包 {pack.id} 没有数据质量报告，请补一条 notice。")
    return found


class Builder:
    """Everything of one month, counted once; ``court`` narrows the parts to one court."""

    def __init__(self, actor: Actor, dataset: Dataset, period: Period) -> None:
        self.dataset, self.period = dataset, period
        self.pack = pack_for(dataset.installation, actor.at)
        self.clause = clause_of(self.pack)
        self.months = several(dataset, period)
        self.bounds: Bounds = self.months[-1]
        self.spans = spans(dataset, self.months[0].start, self.bounds.end)
        tree = dataset.installation.unit.descendants(include_self=True).filter(kind=Unit.Kind.COURT)
        self.courts = {unit.pk: unit for unit in tree.order_by("position", "pk")}
        self.touched = touched(dataset, self.bounds, self.spans)
        self.families = {row["family"]: row for row in self.pack.tables.get(DIMENSIONS, [])}
        self.owners = {term.key: term.label for term in words.terms(self.pack, "field_owner")}
        self.verdicts = {term.key: term.label for term in words.terms(self.pack, "verdict")}
        rules = RuleResult.objects.filter(run=self.bounds.run)
        self.checked = {r.rule: (r.checked, r.failed) for r in rules}

    def build(self) -> Json:
        balance = self._total(self.spans)
        cases = total(self.touched.values())
        installation = self.dataset.installation
        office = installation.competent_unit or installation.unit
        return {
            "pack": {"title": self.pack.info.title, "id": self.pack.id},
            "articles": list(self.clause.articles),
            "period": str(self.period),
            "label": self.period.label,
            "court": installation.unit.name,
            "office": office.name,
            "addressee": "全省各级人民法院：" if installation.unit.descendants().exists() else "",
            "data_version": self.bounds.version,
            "checked_at": f"{to_local(self.bounds.end):%Y-%m-%d %H:%M}",
            "totals": {
                **balance.row(),
                "courts": len(self.courts),
                "population": cases.population,
                "touched": cases.touched,
                "failed": cases.failed,
                **share(cases.failed, cases.touched),
                "verdicts": self._verdicts(balance),
            },
            "trend": [self._month(one) for one in self.months],
            "sections": [self._section(section) for section in self.clause.sections],
            "by_court": {str(pk): self._court(pk) for pk in self.courts},
        }

    # tables ------------------------------------------------------------------------------------------------------

    def _section(self, section: Section) -> Json:
        maker = SECTIONS.get(section.key)
        if maker is None:
            raise HengjianError(
                f"制度包要求的“{section.title}”（{section.key}）还没有办法生成，请改用已有的表。"
            )
        rows, note = maker(self)
        return {
            "key": section.key,
            "title": section.title,
            "columns": list(section.columns),
            "rows": rows,
            "note": section.note or note,
        }

    def courts_table(self) -> tuple[list[Json], str]:
        cases = total(self.touched.values())
        everywhere = error_rate(cases.failed, cases.touched).value
        rows = []
        for pk, unit in self.courts.items():
            one = self.touched.get(pk, Touched())
            rate = share(one.failed, one.touched)
            rows.append(
                {"court": str(unit), "pk": pk, "touched": one.touched, "failed": one.failed, **rate}
                | {"compared": compared(rate, everywhere)}
            )
        return rows, "差错率的区间按 95% 计算；区间包含全省差错率的，不分高低；不足 30 件的不算差错率。"

    def balance_table(self) -> tuple[list[Json], str]:
        found = balances(self.spans, self.bounds, lambda span: span.court)
        rows = [
            {"court": str(unit), "pk": pk, **found.get(pk, Balance()).row()}
            for pk, unit in self.courts.items()
        ]
        return rows, "上月末未销号＋本月新发现＝本月销号＋月末未销号。"

    def dimension_table(self) -> tuple[list[Json], str]:
        return self._by(self.spans, self._dimension, "dimension"), ""

    def owner_table(self) -> tuple[list[Json], str]:
        return self._by(self.spans, lambda span: self.owners.get(span.owner, span.owner), "owner"), ""

    def rule_table(self, only: list[Span] | None = None, most: int = LONGEST) -> tuple[list[Json], str]:
        chosen = self.spans if only is None else only
        titles = {span.rule: (span.title, span.owner) for span in chosen}
        found = balances(chosen, self.bounds, lambda span: span.rule)
        order = sorted(found, key=lambda rule: (-found[rule].found, -found[rule].open, rule))
        rows = []
        for rule in order[:most]:
            title, owner = titles[rule]
            checked, failed = self.checked.get(rule, (None, None))
            rows.append(
                {"rule": title, "id": rule, "owner": self.owners.get(owner, owner), "checked": checked}
                | {"failed": failed, **found[rule].row()}
            )
        left = len(order) - len(rows)
        return rows, f"另有 {left} 项规则查出问题，件数较少，见系统。" if left > 0 else ""

    def sample_table(self) -> tuple[list[Json], str]:
        draw = Draw.objects.filter(dataset=self.dataset, period=str(self.period)).first()
        if draw is None:
            return [], ""
        result = result_of(draw)
        wrong = _wrong_by_court(draw)
        rows = [
            {
                "court": one["name"],
                "population": one["population"],
                "drawn": one["drawn"],
                **wrong.get(one["court"], _NONE),
            }
            for one in sorted(draw.strata, key=lambda s: list(self.courts).index(s["court"]))
        ]
        rate = share(result.wrong, result.reviewed)
        text = (
            f"全省抽查{result.drawn}件，两人评完{result.reviewed}件，两人都认为有误的{result.wrong}件，"
            f"差错率{rate['rate']}（区间{rate['interval']}）。各院抽查件数少，只列件数，不算差错率。"
            f"种子为{draw.seed}（{draw.seed_source}）。"
        )
        return rows, text

    def trend_table(self) -> tuple[list[Json], str]:
        if len(self.months) < 2:
            return [], "上月没有检查过，没有可比的数。"
        this = balances(self.spans, self.bounds, lambda span: (span.rule, span.title))
        last = balances(self.spans, self.months[-2], lambda span: (span.rule, span.title))
        rows = []
        for rule, title in {*this, *last}:
            a, b = last.get((rule, title), Balance()).found, this.get((rule, title), Balance()).found
            if a or b:
                rows.append({"rule": title, "id": rule, "last": a, "this": b, "change": b - a})
        rows.sort(key=lambda row: (-abs(row["change"]), row["id"]))
        return rows[:LONGEST], "列新发现件数变化最大的规则。"

    def follow_table(self) -> tuple[list[Json], str]:
        """What stood at the end of last month: ended since, or stands still."""
        rows = []
        for pk, unit in self.courts.items():
            stood = [s for s in self.spans if s.court == pk and s.stood(self.bounds.start)]
            done = sum(1 for s in stood if s.ended(self.bounds.start, self.bounds.end))
            rows.append(
                {
                    "court": str(unit),
                    "pk": pk,
                    "last_open": len(stood),
                    "corrected": done,
                    "open": len(stood) - done,
                }
            )
        return rows, ""

    def measure_table(self) -> tuple[list[Json], str]:
        """Measures people wrote down last month and what came of them."""
        last = (
            Report.objects.filter(dataset=self.dataset, period=str(self.period.previous()))
            .exclude(state=Report.State.SUPERSEDED)
            .order_by("-edition")
            .first()
        )
        if last is None:
            return [], "上月没有报告。"
        today = to_local(self.bounds.end).date()
        rows = []
        for note in last.notes.select_related("court"):
            late = note.due_on is not None and not note.done and note.due_on < today
            state = "已落实" if note.done else "逾期" if late else "未落实"
            rows.append(
                {"court": str(note.court), "pk": note.court_id, "rule": note.title, "measure": note.measure}
                | {"due": _day(note.due_on), "outcome": "：".join(filter(None, [state, note.outcome]))}
            )
        return rows, ""

    # parts -------------------------------------------------------------------------------------------------------

    def _court(self, pk: int) -> Json:
        """One court's own part: its rules, dimensions, departments."""
        own = [span for span in self.spans if span.court == pk]
        one = self.touched.get(pk, Touched())
        balance = self._total(own)
        departments = Unit.objects.in_bulk({s.department for s in own if s.department is not None})
        rules, _ = self.rule_table(own, most=20)
        return {
            "name": str(self.courts[pk]),
            "totals": {
                **balance.row(),
                "population": one.population,
                "touched": one.touched,
                "failed": one.failed,
                **share(one.failed, one.touched),
                "verdicts": self._verdicts(balance),
            },
            "rules": rules,
            "dimensions": self._by(own, self._dimension, "dimension"),
            "departments": self._by(
                own,
                lambda s: str(departments[s.department]) if s.department in departments else "未分到部门",
                "department",
            ),
        }

    def _by(self, found: list[Span], key: Callable[[Span], str], name: str) -> list[Json]:
        rows = balances(found, self.bounds, key)
        order = sorted(rows, key=lambda label: (-rows[label].found - rows[label].open, label))
        return [
            {name: label, **rows[label].row(), "verdicts": self._verdicts(rows[label])} for label in order
        ]

    def _dimension(self, span: Span) -> str:
        return str(self.families.get(span.rule.split("/")[0], {}).get("dimension", "其他"))

    def _total(self, found: list[Span]) -> Balance:
        return balances(found, self.bounds, lambda _: "").get("", Balance())

    def _verdicts(self, one: Balance) -> str:
        said = [f"{self.verdicts.get(key, key)}{n}件" for key, n in one.verdicts.most_common()]
        return "、".join(said) or "没有判断"

    def _month(self, month: Bounds) -> Json:
        one = balances(self.spans, month, lambda _: "").get("", Balance())
        return {"period": str(month.period), **one.row()}


_NONE: Json = {"reviewed": 0, "wrong": 0}
SECTIONS: dict[str, Callable[[Builder], tuple[list[Json], str]]] = {
    "courts": Builder.courts_table,
    "balance": Builder.balance_table,
    "dimensions": Builder.dimension_table,
    "owners": Builder.owner_table,
    "rules": lambda builder: builder.rule_table(),
    "sample": Builder.sample_table,
    "trend": Builder.trend_table,
    "causes": lambda builder: ([], ""),
    "follow_up": Builder.follow_table,
    "measures": Builder.measure_table,
}


def cause_rows(report: Report) -> list[Json]:
    """What people have written so far about causes and measures."""
    return [
        {"court": str(note.court), "pk": note.court_id, "rule": note.title, "cause": note.cause}
        | {"measure": note.measure, "due": _day(note.due_on)}
        for note in report.notes.select_related("court")
    ]


def _wrong_by_court(draw: Draw) -> dict[int, Json]:
    rows: dict[int, Json] = {}
    for case in draw.cases.prefetch_related("reviews"):
        both = list(case.reviews.all())
        row = rows.setdefault(case.court_id, dict(_NONE))
        row["reviewed"] += len(both) == 2
        row["wrong"] += len(both) == 2 and all(review.wrong for review in both)
    return rows


def _day(day: Any) -> str:
    return f"{day:%Y-%m-%d}" if day else "未规定"
