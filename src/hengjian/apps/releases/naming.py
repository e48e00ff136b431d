"""The log is read by people who may not know a title before its time: there things go by their reference."""

from __future__ import annotations

from hengjian.apps.audit.acting import NAMES
from hengjian.apps.releases.models import Cell, Doubt, Figure, FigureNote, Parcel, Reader, Release


def register() -> None:
    NAMES[Release] = lambda row: row.called
    NAMES[Reader] = lambda row: row.release.called
    NAMES[Cell] = lambda row: row.release.called
    NAMES[Figure] = lambda row: row.release.called
    NAMES[FigureNote] = lambda row: row.figure.release.called
    NAMES[Doubt] = lambda row: row.figure.release.called
    NAMES[Parcel] = lambda row: str(row.application)
