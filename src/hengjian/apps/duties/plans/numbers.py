"""What a unit owes by a table: the plan approved for the year (or the last before it), else the annex itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hengjian.apps.duties.models import Plan
from hengjian.apps.org.models import Unit, UnitAlias
from hengjian.apps.regs.models import Installation
from hengjian.clocks.quota import table_of
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import QuotaDuty


@dataclass(frozen=True, slots=True)
class Source:
    """Where a year's numbers come from. ``rows``: unit id → column → number; ``places``: unit id → row of the source."""

    title: str
    year: int | None
    rows: Mapping[int, Mapping[str, int | None]]
    places: Mapping[int, str]
    unmatched: tuple[str, ...] = ()


def planned_duties(pack: Pack) -> list[QuotaDuty]:
    """Duties whose numbers stand in a table that names units (not classes of units)."""
    found = [c for c in pack.clauses_of("duty") if isinstance(c, QuotaDuty) and c.minimum_table]
    return [duty for duty in found if duty.key_column == "unit"]


def columns_of(pack: Pack, table: str) -> dict[str, QuotaDuty]:
    """Column → the duty it is for, yearly numbers first."""
    duties = [duty for duty in planned_duties(pack) if duty.minimum_table == table]
    ordered = sorted(duties, key=lambda d: (d.per.value != "year", d.id))
    return {duty.minimum_column: duty for duty in ordered}


def tables_of(pack: Pack) -> list[str]:
    return list(dict.fromkeys(d.minimum_table for d in planned_duties(pack) if d.minimum_table))


def source_for(
    installation: Installation, pack: Pack, table: str, year: int, units: Iterable[Unit]
) -> Source:
    """The numbers of ``year``: approved for it or carried on from the latest year before, else the annex."""
    plans = Plan.objects.filter(
        installation=installation, table=table, state=Plan.State.APPROVED, year__lte=year
    )
    plan = plans.order_by("-year").first()
    return from_annex(pack, table, units) if plan is None else from_plan(plan)


def from_plan(plan: Plan) -> Source:
    rows = list(plan.rows.all())
    return Source(
        title=str(plan),
        year=plan.year,
        rows={row.unit_id: dict(row.numbers) for row in rows},
        places={row.unit_id: row.source for row in rows},
    )


def from_annex(pack: Pack, table: str, units: Iterable[Unit]) -> Source:
    """The table of the pack, its names matched with the units' names, short names and aliases."""
    listed = list(units)
    named = names_of(listed)
    rows: dict[int, dict[str, int | None]] = {}
    places: dict[int, str] = {}
    unmatched = []
    columns = {column: table_of(duty, pack.tables) for column, duty in columns_of(pack, table).items()}
    for n, row in enumerate(pack.tables[table], start=1):
        unit = named.get(row["unit"])
        if unit is None:
            unmatched.append(row["unit"])
            continue
        rows[unit] = {column: numbers[row["unit"]] for column, numbers in columns.items()}
        places[unit] = f"第{row.get('row') or n}行"
    return Source(f"附表（{table}）", None, rows, places, tuple(unmatched))


def names_of(units: Iterable[Unit]) -> dict[str, int]:
    """Every way a unit is written → its id; what two units share names neither."""
    found: dict[str, set[int]] = defaultdict(set)
    ids = set()
    for unit in units:
        ids.add(unit.pk)
        for name in (unit.name, unit.short_name):
            if name:
                found[name].add(unit.pk)
    for pk, text in UnitAlias.objects.filter(unit__in=ids).values_list("unit_id", "text"):
        found[text].add(pk)
    return {name: next(iter(pks)) for name, pks in found.items() if len(pks) == 1}


def row_of(duty: QuotaDuty, unit: int, source: Source) -> dict[str, int | None]:
    """The number of one unit as the table ``needed_in`` reads under the key "unit"; empty where the plan has no row."""
    row = source.rows.get(unit)
    return {} if row is None else {"unit": row.get(duty.minimum_column)}
