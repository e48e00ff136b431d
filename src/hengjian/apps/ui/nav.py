"""The left menu. An app adds its entries in ``AppConfig.ready()``; an entry shows when the actor holds one of its rights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.ui import counts
from hengjian.apps.ui.parts import addresses


@dataclass(frozen=True, slots=True)
class Entry:
    """``key``: letter for "G then letter". ``count``: a cheap number shown beside the label (kept for half a minute).

    ``hot``: show the count in red (something is overdue or asked of the person). ``when``: whether the regulations
    of the person's own office have the thing at all (asked once in half a minute). ``also``: beginnings of other
    addresses that belong to it.
    """

    section: str
    label: str
    url_name: str
    rights: tuple[Right, ...] = ()  # empty: everybody who is signed in
    order: int = 100
    key: str = ""
    count: Callable[[Actor], int] | None = None
    hot: bool = False
    when: Callable[[Actor], bool] | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as drawn for one actor on one page."""

    label: str
    url: str
    current: bool
    key: str
    count: int
    hot: bool


_entries: list[Entry] = []
_conditions: dict[str, Callable[[Actor], bool]] = {}
SECTIONS = ("工作台", "信息", "案件信息", "监督检查", "统计", "考评", "发布", "制度", "管理")


def add(*entries: Entry) -> None:
    _entries.extend(entries)
    _entries.sort(key=lambda e: (SECTIONS.index(e.section), e.order))


def only_where(section: str, when: Callable[[Actor], bool]) -> None:
    """A section that concerns only some offices: its entries without a condition of their own take this one."""
    _conditions[section] = when


def entries_for(actor: Actor) -> list[Entry]:
    """The entries the actor may open, in the order of the menu."""
    return [e for e in _entries if (not e.rights or actor.has_any(e.rights)) and _is_there(e, actor)]


def _is_there(entry: Entry, actor: Actor) -> bool:
    when = entry.when or _conditions.get(entry.section)
    if when is None:
        return True
    return bool(
        counts.of(actor, f"{counts.CONDITION}{when.__module__}.{when.__qualname__}", lambda a: int(when(a)))
    )


def menu_for(actor: Actor, path: str = "") -> list[tuple[str, list[Shown]]]:
    """Sections with their entries; the entry whose address is the longest beginning of ``path`` is current."""
    found = [(entry, url) for entry in entries_for(actor) if (url := addresses.plain(entry.url_name))]
    starts = ((start, url) for entry, url in found for start in (url, *entry.also) if _covers(start, path))
    current = max(starts, key=lambda pair: len(pair[0]), default=("", None))[1]
    sections: dict[str, list[Shown]] = {}
    for entry, url in found:
        number = counts.of(actor, entry.url_name, entry.count) if entry.count else 0
        shown = Shown(entry.label, url, url == current, entry.key, number, entry.hot)
        sections.setdefault(entry.section, []).append(shown)
    return list(sections.items())


def _covers(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
