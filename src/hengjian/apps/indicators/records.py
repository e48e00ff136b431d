"""Case records behind the figures: which items a case has, whose they are, where the store keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from hengjian.apps.cases.dictionary import KEY, CaseItem
from hengjian.apps.indicators.models import CaseLoad
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError
from hengjian.casedata.store import Store
from hengjian.statistics.tally import Data

TABLE = "application_items"
COURT, DEPARTMENT = "court", "department"


@dataclass(frozen=True, slots=True)
class RecordItem(CaseItem):
    """``codes``: the only values, divided by ``|``; ``called``: the names of units → the one kept."""

    called: Mapping[str, str] = field(default_factory=dict)

    def read(self, text: str) -> Any:
        value = CaseItem.read(self, text)
        if value is None:
            return None
        if self.codes and value not in self.codes.split("|"):
            raise HengjianError(f"“{self.label}”只能填{'、'.join(self.codes.split('|'))}，不能填“{value}”。")
        if self.key == COURT and value not in self.called:
            raise HengjianError(f"没有“{value}”这个法院，请写中院或者基层法院的名称。")
        return self.called.get(value, value)


def has_records(scene: Scene) -> bool:
    """Whether the pack says of which items a case record consists."""
    return TABLE in scene.pack.tables


def items(scene: Scene) -> dict[str, RecordItem]:
    rows = scene.pack.tables.get(TABLE, ())
    called = {COURT: _courts(scene), DEPARTMENT: _names(scene)}
    return {
        row["key"]: RecordItem(
            key=row["key"], label=row["label"], type=row["type"], stage="", owner="", codes=row["codes"],
            document="", personal="", note=row["note"], called=called.get(row["key"], {}),
        )
        for row in rows
    }  # fmt: skip


def _courts(scene: Scene) -> dict[str, str]:
    courts = [scene.installation.unit, *(u for u in scene.units if u.kind == Unit.Kind.COURT)]
    return {name: unit.name for unit in courts for name in (unit.name, unit.short_name, unit.code) if name}


def _names(scene: Scene) -> dict[str, str]:
    """Departments under every name they go by → the name of the pack."""
    return {
        name: scene.name_of[unit.pk]
        for unit in scene.units
        if unit.kind != Unit.Kind.COURT
        for name in (unit.name, unit.short_name, scene.name_of[unit.pk])
        if name
    }


def table_of(scene: Scene) -> str:
    return f"records{scene.installation.pk}"


def store() -> Store:
    """For reading; nothing is made where nothing is."""
    return Store(Path(settings.DATA_DIR) / "store", settings.CASE_CATALOGUE, memory=settings.CASE_MEMORY)


def version_of(scene: Scene) -> int | None:
    """The latest version of the records; None before the first file."""
    loads = CaseLoad.objects.filter(installation=scene.installation, version__isnull=False)
    return loads.order_by("-version").values_list("version", flat=True).first()


def data_at(scene: Scene, version: int) -> Data:
    return Data(store(), table_of(scene), version, key=KEY, court=COURT)
