"""The yearly checklists of the leads: one line a system or duty the text gives them, with what was done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hengjian.apps.desk.models import Evidence, System
from hengjian.apps.desk.queries import evidence, systems
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError

TABLE, DUTIES = "systems", "lead_duties"
HANDED = (System.Stage.HANDED, System.Stage.MEASURED)


@dataclass(frozen=True)
class Line:
    """A line: its key, what it is, whose; and what was entered in the year."""

    key: str
    title: str
    lead: str
    unit: Unit | None
    side: str = ""
    application: str = ""
    done: tuple[Evidence, ...] = ()


def system_lines(scene: Scene) -> list[Line]:
    """Only the systems: the text's and those handed over."""
    return [line for line in lines(scene) if not line.key.startswith("duty:")]


def lines(scene: Scene, year: int | None = None) -> list[Line]:
    """The pack's lists of systems and other duties, and what was handed over since, with the evidence of a year."""
    found = [
        Line(
            f"row:{row['row']}", row["system"], row["lead"], scene.unit_by_name.get(row["lead"]),
            row.get("side", ""), row.get("application", ""),
        )
        for row in scene.pack.tables.get(TABLE, ())
    ]  # fmt: skip
    found += [
        Line(f"duty:{row['row']}", row["duty"], row["lead"], scene.unit_by_name.get(row["lead"]), row["side"])
        for row in scene.pack.tables.get(DUTIES, ())
    ]
    names = scene.name_of
    for system in systems(scene).filter(stage__in=HANDED, lead__isnull=False):
        lead = system.lead
        assert lead is not None
        found.append(Line(f"system:{system.pk}", system.name, names.get(lead.pk, str(lead)), lead))
    if year is None:
        return found
    return _with(found, evidence(scene, year))


def _with(found: list[Line], rows: Iterable[Evidence]) -> list[Line]:
    done: dict[str, list[Evidence]] = {}
    for row in rows:
        done.setdefault(row.line, []).append(row)
    return [
        Line(x.key, x.title, x.lead, x.unit, x.side, x.application, tuple(done.get(x.key, ()))) for x in found
    ]


def line_of(scene: Scene, key: str) -> Line:
    found = next((line for line in lines(scene) if line.key == key), None)
    if found is None:
        raise HengjianError("清单里没有这一项，请从列表中选择。")
    return found


def by_lead(found: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    groups: dict[str, list[Line]] = {}
    for line in found:
        groups.setdefault(line.lead, []).append(line)
    return list(groups.items())
