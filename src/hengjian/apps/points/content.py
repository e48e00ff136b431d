"""The content of a notice: computed once from the ledger and the facts, frozen as JSON, printed as often as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.points import queries, words
from hengjian.apps.points.corrections import corrections_since
from hengjian.apps.points.counts import Counts, Tally, counts
from hengjian.apps.points.coverage import coverage_rows
from hengjian.apps.points.engine import Scored, keeps_points, scored
from hengjian.apps.points.feed import departments
from hengjian.apps.points.figures import COLUMNS, figures
from hengjian.apps.points.plain_rows import PlainRows, awarded
from hengjian.apps.points.ranks import OF_SECTION, SENTENCES, Placed, band_of, ranked
from hengjian.apps.regs.members import sorts_units
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.points import plain
from hengjian.base.times import start_of_day, to_instant, to_local
from hengjian.policy import Pack
from hengjian.scoring.explain import Code

Json = dict[str, Any]
AWARD_PLACES = 3
ZERO = Decimal(0)


class Builder:
    """Collects what all sections need, once."""

    def __init__(
        self,
        installation: Installation,
        period: Period,
        clause: Any,
        at: datetime,
        result: Scored | None = None,
    ) -> None:
        self.installation, self.period, self.clause, self.at = installation, period, clause, at
        self.pack: Pack = pack_for(installation, to_instant(start_of_day(period.last)))
        self.result: Scored = result or scored(installation, at)
        self.counts: Counts = counts(installation, period)
        self.noun = "单位" if sorts_units(self.pack) else "部门"  # who is appraised
        self.units: list[Unit] = departments(installation, period.first, period.end)
        self.scores = queries.scores(installation, str(period))
        self._with_points()
        self.scoring = keeps_points(self.pack)
        self.plain = PlainRows(installation, self.pack, period, self.units, self.counts)

    def _with_points(self) -> None:
        """A unit that has points or facts is shown also when it is no listed department (any more)."""
        listed = {unit.pk for unit in self.units}
        others = ({pk for pk, p in self.scores.items() if pk and p} | self.counts.units.keys()) - listed
        self.units += list(Unit.objects.filter(pk__in=others).order_by("position", "pk"))

    def build(self) -> Json:
        sections = [self._section(section) for section in self.clause.sections]
        return {
            "court": self.installation.unit.name,
            "office": str(self.installation.competent_unit or ""),
            "addressee": self._addressee(),
            "period": str(self.period),
            "label": self.period.label,
            "provisional": self.period.end > to_local(self.at).date(),
            "clause": self.pack.full_id(self.clause),
            "articles": list(self.clause.articles),
            "pack": {"id": self.pack.id, "title": self.pack.info.title, "digest": self.pack.digest},
            "unit_word": words.unit_word(self.pack) if self.scoring else "",
            "sections": sections,
            "publish_items": self.clause.publish_items,
            "details": self._details() if self._tells_work() else {"columns": [], "rows": []},
            "totals": self._totals(),
            "unallocated": self._unallocated(),
            "disqualified": [u.name for u in self.units if u.pk in self._flagged()],
            "noun": self.noun,
            "corrections": corrections_since(self.installation, self.clause, self.period, self.at, self.pack),
            "readings": self._readings(),
            "awards": [self._award(award, sections) for award in self.clause.awards],
            "scores": {str(u.pk): plain(self.scores.get(u.pk, ZERO)) for u in self.units},
        }

    # sections

    def _section(self, section: Any) -> Json:
        ties = OF_SECTION[section.ties]
        rows, cut = self._rows(section, ties), ""
        if section.top:
            rows, cut = self._cut(section, rows)
        if section.rank_by and section.show != "places":
            rows = self._unranked(section, rows)
        return {
            "key": section.key,
            "title": section.title,
            "of": section.of,
            "noun": self.noun,
            "columns": list(section.columns),
            "ranked": bool(section.rank_by) and section.show == "places",
            "compared": bool(section.rank_by),
            "show": section.show,
            "ties": SENTENCES[ties] if section.rank_by and section.show == "places" else "",
            "note": " ".join(filter(None, (section.note, cut))),
            "rows": rows,
        }

    def _rows(self, section: Any, ties: str) -> list[Json]:
        if section.of == "findings" or (not self.scoring and section.of != "duties"):
            return self.plain.of(section, ties)
        make: Callable[[str], list[Json]] = {
            "units": lambda ties: self._unit_rows(ties, section.columns),
            "persons": self._person_rows,
            "items": self._item_rows,
            "duties": lambda _: self._duty_rows(section),
        }[section.of]
        return make(ties)

    def _tells_work(self) -> bool:
        """Whether the notice is about what was written at all, not only about who fell short."""
        return any(section.of in ("units", "persons", "items") for section in self.clause.sections)

    def _duty_rows(self, section: Any) -> list[Json]:
        """With several such tables the first has the duties of the notice's own period, the others the rest."""
        rows = coverage_rows(self.installation, self.pack, self.period, self.units, self.result)
        if section.only == "missed":
            over = [
                row
                for row in rows
                if Period.of(self.period.last, PeriodKind(row["per"])).end <= self.period.end
            ]
            short = {row["id"] for row in over if row["missed"] != "0"}
            return [row for row in over if row["id"] in short]
        tables = [each.key for each in self.clause.sections if each.of == "duties"]
        if len(tables) < 2:
            return rows
        own = section.key == tables[0]
        return [row for row in rows if (row.get("per") == self.period.kind.value) == own]

    def _cut(self, section: Any, rows: list[Json]) -> tuple[list[Json], str]:
        word = words.unit_word(self.pack)
        return cut_at(rows, section.top, COUNTED.get(section.of, "项"), word)

    def _unranked(self, section: Any, rows: list[Json]) -> list[Json]:
        """In the order of the units, with the quarter of the field where the notice shows that."""
        if section.show == "bands":
            inside = sum(1 for row in rows if row["place"] is not None)
            rows = [{**row, "band": band_of(row["place"], inside)} for row in rows]
        if section.of != "units":
            return rows
        order = {unit.pk: n for n, unit in enumerate(self.units)}
        return sorted(rows, key=lambda row: order[row["id"]])

    def _unit_rows(self, ties: str, columns: Iterable[str] = ()) -> list[Json]:
        wanted = COLUMNS & set(columns)
        more = figures(self.installation, self.pack, self.period, self.result) if wanted else None
        placed = ranked(
            self.units,
            lambda u: self.scores.get(u.pk, ZERO),
            ties=ties,
            left_out=lambda u: self._is_out(u.pk),
        )
        return [
            {
                **_place(p),
                "id": p.thing.pk,
                "name": p.thing.name,
                **_numbers(self.counts.units.get(p.thing.pk)),
                **(more.of(p.thing.pk) if more else {}),
                "disqualified": self._is_out(p.thing.pk),
            }
            for p in placed
        ]

    def _person_rows(self, ties: str) -> list[Json]:
        points = queries.person_scores(self.installation, str(self.period))
        people = Person.objects.select_related("unit").in_bulk({person for _, person in points})
        units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={unit for unit, _ in points})}
        items = self._items_of_people()
        keys = sorted(points, key=lambda k: (units[k[0]].position, k[0], people[k[1]].staff_no))
        return [
            {
                **_place(p),
                "id": p.thing[1],
                "unit_id": p.thing[0],
                "name": people[p.thing[1]].name,
                "unit": units[p.thing[0]].name,
                "items": items.get(p.thing, 0),
            }
            for p in ranked(keys, lambda key: points[key], ties=ties)
        ]

    def _items_of_people(self) -> dict[tuple[int, int], int]:
        found: dict[tuple[int, int], set[int]] = {}
        shares = queries.shares_in(self.installation, str(self.period))
        for unit, person, item in shares.values_list("unit_id", "person_id", "item_id"):
            found.setdefault((unit, person), set()).add(item)
        return {key: len(items) for key, items in found.items()}

    def _item_rows(self, ties: str) -> list[Json]:
        points = {
            pk: p for pk, p in queries.item_scores(self.installation, str(self.period)).items() if p > 0
        }
        items = Item.objects.filter(pk__in=points).select_related("unit", "lead_unit")
        listed = sorted(items, key=lambda i: (i.filed_at is None, i.filed_at, i.pk))
        return [
            {
                **_place(p),
                "id": p.thing.pk,
                "name": words.public_title(self.pack, p.thing),
                "category": words.label(self.pack, "category", p.thing.category),
                "unit": str((p.thing.lead_unit or p.thing.unit).name),
                **_numbers(self.counts.items.get(p.thing.pk)),
            }
            for p in ranked(listed, lambda item: points[item.pk], ties=ties)
        ]

    # the rest

    def _addressee(self) -> str:
        return "，".join(words.label(self.pack, "audience", key) for key in self.clause.audience)

    def _details(self) -> Json:
        """Adoptions by tier and instructions by level, a column each that has a number at all."""
        tallies = [(unit, self.counts.units.get(unit.pk) or Tally()) for unit in self.units]
        listed = [(f"adopt:{k}", label) for k, label in words.terms(self.pack, "tier")]
        listed += [
            (f"instruct:{k}", f"{label}批示") for k, label in words.terms(self.pack, "instruction_level")
        ]
        columns = [(k, label) for k, label in listed if any(t.by_value.get(k) for _, t in tallies)]
        rows = [
            {"name": unit.name, "values": [tally.by_value.get(key, 0) for key, _ in columns]}
            for unit, tally in tallies
            if tally.adopted or tally.instructed
        ]
        return {"columns": [label for _, label in columns], "rows": rows}

    def _totals(self) -> Json:
        tallies = [self.counts.items[pk] for pk in self.counts.items]
        return {
            "units": len(self.units),
            "submitted": sum(t.submitted for t in tallies),
            "adopted": sum(t.adopted for t in tallies),
            "instructed": sum(t.instructed for t in tallies),
            "points": plain(sum((p for u, p in self.scores.items() if u), ZERO)),
            "unallocated": plain(self.scores.get(None, ZERO)),
        }

    def _unallocated(self) -> list[Json]:
        lines = queries.lines_of(self.installation, str(self.period)).filter(unit=None).select_related("item")
        net: dict[tuple[int | None, str], Decimal] = {}
        kept = {}
        for line in lines:
            key = (line.item_id, line.clause)
            net[key] = net.get(key, ZERO) + line.points
            kept[key] = line
        return [
            {
                "line": kept[key].pk,
                "item": key[0],
                "name": self._title(kept[key].item),
                "what": words.clause_title(self.pack, kept[key].clause),
                "article": kept[key].article,
                "points": plain(points),
                "note": kept[key].note,
            }
            for key, points in net.items()
            if points
        ]

    def _title(self, item: Item | None) -> str:
        return words.public_title(self.pack, item) if item else ""

    def _is_out(self, unit: int) -> bool:
        """Left out of the ranking: disqualified for this very period (a year)."""
        return (str(self.period), unit) in self.result.disqualified

    def _flagged(self) -> set[int]:
        """Units that lost their standing by a fact up to the end of this period, in this year."""
        year, last = str(self.period.first.year), str(self.period)
        return {
            row.unit
            for row in self.result.rows
            if row.code == Code.FLAGGED
            and row.unit
            and row.period[:4] == year
            and row.period[: len(last)] <= last
        }

    def _readings(self) -> list[Json]:
        used = {part for line in queries.lines_of(self.installation, str(self.period)).values_list("reading", flat=True)
                for part in line.split("、") if part}  # fmt: skip
        return [note for part in sorted(used) for note in words.reading_notes(self.pack, part)]

    def _award(self, award: Any, sections: list[Json]) -> Json:
        if not self.scoring:
            return {"key": award.key, "title": award.title, "of": award.of, "names": awarded(award, sections)}
        rows: list[Json] = next((s["rows"] for s in sections if s["of"] == award.of), [])
        names = [
            {"id": row["id"], "name": row["name"], "unit": row.get("unit", ""), "points": row["points"]}
            for row in rows
            if row["place"] is not None
            and row["place"] <= AWARD_PLACES
            and Decimal(row["points"]) > 0
            and not (award.excludes_disqualified and row.get("disqualified"))
        ]
        return {"key": award.key, "title": award.title, "of": award.of, "names": names}


def _place(placed: Placed[Any]) -> Json:
    gap = None if placed.gap is None else plain(placed.gap)
    return {"place": placed.place, "gap": gap, "points": plain(placed.points)}


def _numbers(tally: Tally | None) -> Json:
    tally = tally or Tally()
    return {"submitted": tally.submitted, "adopted": tally.adopted, "instructed": tally.instructed}


COUNTED = {"items": "篇", "persons": "人", "units": "个部门"}


def cut_at(rows: list[Json], top: int, counted: str, word: str = "") -> tuple[list[Json], str]:
    """The first ``top`` rows. Equal rows stand or fall together; of those that fall the second value tells."""
    kept = [row for row in rows if row.get("place") is None or row["place"] <= top]
    if len(kept) <= top:
        return kept, ""
    last = kept[-1]
    shorter = [row for row in kept if row.get("place") != last["place"]]
    if not shorter:
        return kept, ""
    equal = len(kept) - len(shorter)
    return shorter, f"另有{equal}{counted}并列第{last['place']}名（各{last['points']}{word}），不逐一列出。"
