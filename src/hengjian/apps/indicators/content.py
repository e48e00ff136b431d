"""The content of a notice: computed once, frozen as JSON, printed and shown as often as wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hengjian.apps.indicators.models import Benchmark, Card, Explanation, Figure
from hengjian.apps.indicators.queries import cards_in_force, input_of, report_of, standing
from hengjian.apps.indicators.tickets import ticket_rows
from hengjian.apps.indicators.who import Scene
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.kpi import Report, Result, Status, ranks
from hengjian.kpi.notes import amount, band, brief
from hengjian.policy.clauses.measure import Measure
from hengjian.policy.clauses.notice import Notice

Json = dict[str, Any]
OUTSIDE = "口径没有确定，按规定不公布。"


class Builder:
    """Everything a notice needs, read once."""

    def __init__(
        self, scene: Scene, clause: Notice, period: Period, *, ranked: bool, intervals: bool
    ) -> None:
        self.scene, self.clause, self.period = scene, clause, period
        self.ranked, self.intervals = ranked, intervals
        self.data = input_of(scene, [period])
        self.report: Report = report_of(scene, period, self.data)
        self.cards: dict[str, Card] = cards_in_force(scene, period.last)
        self.whole = {r.indicator: r for r in self.report.whole}
        self.shown = [
            m for m in scene.by_key.values() if m.indicator in self.cards and m.indicator in self.whole
        ]

    def build(self) -> Json:
        court = self.scene.installation.unit
        return {
            "court": court.name,
            "office": str(self.scene.installation.competent_unit or court),
            "addressee": "，".join(self._audience()),
            "period": str(self.period),
            "label": self.period.label,
            "clause": self.scene.pack.full_id(self.clause),
            "articles": list(self.clause.articles),
            "pack": {
                "id": self.scene.pack.id,
                "title": self.scene.pack.info.title,
                "digest": self.scene.pack.digest,
            },
            "sections": [self._section(section) for section in self.clause.sections],
            "totals": self._totals(),
            "withheld": [
                m.title for m in self.scene.by_key.values() if m.active and m.indicator not in self.cards
            ],
            "risks": self._risks(),
            "readings": self._readings(),
            "cards": [self._card(m) for m in self.shown],
            "due": self._due(),
            "ranked": self.ranked,
            "intervals": self.intervals,
        }

    def _audience(self) -> list[str]:
        labels = {term.key: term.label for term in self.scene.pack.vocabulary("audience")}
        return [labels.get(key, key) for key in self.clause.audience]

    def _section(self, section: Any) -> Json:
        make: dict[str, Callable[[], list[Json]]] = {
            "indicators": self._indicators,
            "units": self._units,
            "duties": self._explanations,
            "findings": lambda: ticket_rows(self.scene, self.period),
            "rules": self._systems,
        }
        rows = make[section.of]() if section.of in make else []
        columns = [*section.columns]
        return {
            "key": section.key,
            "title": section.title,
            "of": section.of,
            "columns": columns,
            "rows": rows,
        }

    def _indicators(self) -> list[Json]:
        marks = {
            b.indicator: b
            for b in Benchmark.objects.filter(
                installation=self.scene.installation, period=str(self.period), superseded_at=None
            )
        }
        return [self._indicator(m, self.whole[m.indicator], marks.get(m.indicator)) for m in self.shown]

    def _indicator(self, measure: Measure, result: Result, mark: Benchmark | None) -> Json:
        return {
            **_numbers(measure, result),
            "group": measure.group or measure.title,
            "indicator": measure.indicator,
            "title": measure.title,
            "lead": "、".join(measure.lead),
            "province_average": brief(measure, mark.average) if mark else "",
            "province_excellent": brief(measure, mark.excellent) if mark else "",
            "rank": mark.rank if mark else None,
            "ranked": mark.ranked if mark else None,
            "source": mark.source if mark else "",
            "conflict": self.scene.conflicted(measure),
            "risk": measure.policy_risk,
            "note": result.note,
        }

    def _units(self) -> list[Json]:
        unverified = self._unverified()
        tables = []
        for measure in self.shown:
            rows = [r for r in self.report.results if r.indicator == measure.indicator and r.answers]
            places = ranks({r.unit: r.value for r in rows}, measure.rank_ties) if self.ranked else {}
            cells = [
                {
                    **_numbers(measure, r),
                    "unit": r.unit,
                    "unit_id": self._unit_id(r.unit),
                    "value": band(measure, r.value) if self.intervals else brief(measure, r.value, r.target),
                    "place": places.get(r.unit),
                    "unverified": (measure.indicator, r.unit) in unverified,
                    "note": r.note,
                }
                for r in rows
            ]
            if self.ranked:
                cells.sort(key=lambda c: (c["place"] is None, c["place"]))
            tables.append({"indicator": measure.indicator, "title": measure.title, "rows": cells})
        return tables

    def _unverified(self) -> set[tuple[str, str]]:
        """Figures a lead reports of itself that nobody else has checked."""
        found = standing(self.scene).filter(period=str(self.period), verified_at=None)
        own: set[tuple[str, str]] = set()
        for figure in found.filter(origin=Figure.Origin.HAND):
            measure = self.scene.by_key.get(figure.indicator)
            name = self.scene.name_of.get(figure.unit_id, "")
            if measure and measure.verified_by and name in measure.lead:
                own.add((figure.indicator, name))
        return own

    def _unit_id(self, name: str) -> int | None:
        unit = self.scene.unit_by_name.get(name)
        return unit.pk if unit else None

    def _due(self) -> list[Json]:
        listed = {m.indicator for m in self.shown}
        return [
            {
                "indicator": due.indicator,
                "unit_id": self._unit_id(due.unit),
                "unit": due.unit,
                "trigger": due.trigger,
                "article": due.article,
                "fact": due.fact,
            }
            for due in self.report.due
            if due.indicator in listed
        ]

    def _explanations(self) -> list[Json]:
        """What is due of this period, and what was said of the one before."""
        titles = {m.indicator: m.title for m in self.scene.by_key.values()}
        words = {term.key: term.label for term in self.scene.pack.vocabulary("explanation_trigger")}
        rows = [
            {
                "unit": due["unit"],
                "indicator": titles[due["indicator"]],
                "trigger": words.get(due["trigger"], due["trigger"]),
                "fact": due["fact"],
                "done": "待说明",
            }
            for due in self._due()
        ]
        earlier = Explanation.objects.filter(
            installation=self.scene.installation, period=str(self.period.previous())
        ).select_related("unit")
        rows += [
            {
                "unit": str(e.unit),
                "indicator": titles.get(e.indicator, e.indicator),
                "trigger": f"{words.get(e.trigger, e.trigger)}（{Period.parse(e.period).label}）",
                "fact": e.fact,
                "done": e.get_state_display(),
            }
            for e in earlier
        ]
        return rows

    def _systems(self) -> list[Json]:
        """Systems with a lead but no target: registered only."""
        rows = self.scene.pack.tables.get("systems", ())
        return [
            {"system": row["system"], "lead": row["lead"]} for row in rows if not row["application"].strip()
        ]

    def _totals(self) -> Json:
        listed = {m.indicator for m in self.shown}
        whole = [r for r in self.report.whole if r.indicator in listed]
        rows = [r for r in self.report.results if r.indicator in listed and r.answers]
        return {
            "indicators": len(whole),
            **{status.value: sum(r.status is status for r in whole) for status in Status},
            "unit_missed": sum(r.status is Status.MISSED for r in rows),
            "unit_no_data": sum(r.status is Status.NO_DATA for r in rows),
        }

    def _risks(self) -> list[str]:
        found = [f"{m.title}：{m.policy_risk}" for m in self.shown if m.policy_risk]
        if self.ranked:
            found.insert(0, "本通报列出名次。后来的规定要求少通报、不排名，请先确认有依据再印发。")
        return found

    def _readings(self) -> list[str]:
        used = {part for r in self.report.whole for part in r.readings}
        found = []
        for part in sorted(used):
            key, _, option = part.partition("=")
            reading = self.scene.pack.readings.get(key)
            if reading and option in reading.options:
                found.append(f"{key} {reading.question}{reading.options[option].title}")
        return found

    def _card(self, measure: Measure) -> Json:
        card = self.cards[measure.indicator]
        return {
            "title": measure.title,
            "numerator": card.numerator,
            "denominator": card.denominator,
            "cutoff": card.cutoff,
            "excluded": card.excluded,
            "source": card.source,
            "document": card.document,
        }


def _numbers(measure: Measure, result: Result) -> Json:
    return {
        "numerator": plain(result.numerator) if result.numerator is not None else "",
        "denominator": plain(result.denominator) if result.denominator is not None else "",
        "value": brief(measure, result.value, result.target),
        "target": amount(measure, result.target) if result.target is not None else "",
        "target_from": result.target_from.isoformat() if result.target_from else "",
        "other_target": amount(measure, result.other_target) if result.other_target is not None else "",
        "status": result.status.value,
        "status_label": result.status.label,
        "short_by": result.short_by,
    }
