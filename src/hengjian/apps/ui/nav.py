"""The left menu. An app adds its entries in ``AppConfig.ready()``; an entry shows when the actor holds one of its rights."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right


@dataclass(frozen=True, slots=True)
class Entry:
    section: str
    label: str
    url_name: str
    rights: tuple[Right, ...] = ()  # empty: everybody who is signed in
    order: int = 100


_entries: list[Entry] = []
SECTIONS = ("工作台", "信息", "考评", "制度", "管理")


def add(*entries: Entry) -> None:
    _entries.extend(entries)


def menu_for(actor: Actor) -> list[tuple[str, list[Entry]]]:
    """Sections with the entries the actor may open, in order."""
    seen = [e for e in _entries if not e.rights or actor.has_any(e.rights)]
    sections = [(s, sorted((e for e in seen if e.section == s), key=lambda e: e.order)) for s in SECTIONS]
    return [(section, entries) for section, entries in sections if entries]
