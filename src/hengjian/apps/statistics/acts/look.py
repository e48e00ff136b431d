"""Every look behind a figure is on record."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.statistics.place import Place
from hengjian.statistics.model import Cell


@act("statistics.cell.look", "查看数字背后的案件")
def look_behind(actor: Actor, place: Place, cell: Cell, *, version: int) -> None:
    """How many they are is the figure itself and does not stand in the log; the version counts it again."""
    log(
        place.dataset, label=f"{cell.card} {cell.court} {cell.span}", unit=place.installation.unit_id,
        dims=[list(pair) for pair in cell.dims], version=version,
    )  # fmt: skip
