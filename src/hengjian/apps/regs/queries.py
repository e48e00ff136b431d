"""Which pack governs, and how it is read."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from hengjian.apps.org.access import Actor, once
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import own_house, reach_of
from hengjian.apps.org.roles import Right
from hengjian.apps.org.tree import standing_tree
from hengjian.apps.regs.models import Installation, ReadingDecision
from hengjian.apps.regs.room import scoring
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy import Pack, find_pack, load_pack
from hengjian.policy.model import Option

LOOK_AGAIN_SECONDS = 2.0


def pack_for(installation: Installation, at: datetime) -> Pack:
    """The installed pack under the readings decided by ``at``; a later decision supersedes an earlier one.

    Where the pack only assumes its first day, the day entered by the office counts if it is later.
    """
    day = to_local(at).date()
    return packs_on(installation, [day])[day]


def packs_on(installation: Installation, days: Iterable[date]) -> dict[date, Pack]:
    """The pack as it is read on each of ``days``; the decisions are fetched once."""
    decisions = list(
        ReadingDecision.objects.filter(installation=installation)
        .order_by("effective_from", "id")
        .values_list("effective_from", "reading", "option")
    )
    pack = loaded(installation.pack)
    found = {}
    for day in days:
        choices = {reading: option for since, reading, option in decisions if since <= day}
        found[day] = _read(pack, tuple(sorted(choices.items())), installation.in_force_from)
    return found


def installation_of(unit: Unit, pack: str | None = None) -> Installation | None:
    """The nearest installation that covers ``unit``: its own, else that of the unit above it."""
    above = standing_tree().above(unit.pk)
    wanted = Q(unit_id__in=above) & (Q(pack=pack) if pack else Q())
    found = {i.unit_id: i for i in Installation.objects.filter(wanted).order_by("-id")}
    return next((found[pk] for pk in reversed(above) if pk in found), None)


def visible_installations(actor: Actor) -> QuerySet[Installation]:
    """What governs the own court or bureau, and what is installed below it."""
    found = Installation.objects.select_related("unit", "competent_unit").order_by("unit__position", "pack")
    if actor.system:
        return found
    if actor.person is None:
        return found.none()
    return found.filter(unit__in=reach_of(actor).union(actor.tree.above(own_house(actor).pk)))


@once
def installations_of(actor: Actor) -> tuple[Installation, ...]:
    """``visible_installations``, asked once: the menu and every page go by them."""
    return tuple(visible_installations(actor))


@once
def pack_names(actor: Actor) -> dict[int, str]:
    """Installation → its pack, of the whole house: the actor only says how long the answer is kept."""
    return dict(Installation.objects.order_by().values_list("pk", "pack"))


@once
def packs_of(actor: Actor) -> tuple[Pack, ...]:
    """The packs of the actor's own office as written. Few queries, mostly one: where every installation has the same
    pack nobody need look whose is whose."""
    names = set(pack_names(actor).values())
    if len(names) > 1:
        names = {installation.pack for installation in installations_of(actor)}
    return tuple(loaded(name) for name in sorted(names))


def managed_installations(actor: Actor) -> QuerySet[Installation]:
    return visible_installations(actor).filter(
        **{} if actor.system else {"unit__in": actor.units(Right.REGS_MANAGE)}
    )


def loaded(pack: str) -> Pack:
    """A pack as its files stand now. Files are looked at again every few seconds, read only when they changed."""
    folder = find_pack(pack, settings.PACKS_DIR)
    return _load(folder, _stamp(folder, int(time.monotonic() / LOOK_AGAIN_SECONDS)))


@lru_cache(maxsize=64)
def _stamp(folder: Path, tick: int) -> tuple[tuple[str, int, int], ...]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((str(path), (stat := path.stat()).st_mtime_ns, stat.st_size) for path in files)


@lru_cache(maxsize=32)
def _load(folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> Pack:
    return load_pack(folder)


@lru_cache(maxsize=128)
def _read(base: Pack, choices: tuple[tuple[str, str], ...], in_force_from: date) -> Pack:
    """Decisions about readings a newer version of the pack no longer has are left out; the page says so."""
    known = {
        reading: option
        for reading, option in choices
        if reading in base.readings and option in base.readings[reading].options
    }
    pack = _compatible(base, known)
    if pack.info.since_assumed and in_force_from > pack.info.since:
        pack = replace(pack, info=pack.info.model_copy(update={"since": in_force_from}))
    return pack


def _compatible(base: Pack, choices: dict[str, str]) -> Pack:
    """Decisions a newer version of the pack no longer lets stand together: the first stand, the rest are left out."""
    try:
        return base.with_readings(choices) if choices else base
    except HengjianError:
        pack = base
        for reading, option in choices.items():
            with suppress(HengjianError):
                pack = pack.with_readings({reading: option})
        return pack


@dataclass(frozen=True, slots=True)
class Question:
    """A reading of the pack with what the office decided about it, newest decision first."""

    id: str
    pack: Pack
    decisions: tuple[ReadingDecision, ...]
    today: date

    @property
    def reading(self) -> object:
        return self.pack.readings[self.id]

    @property
    def options(self) -> list[tuple[str, Option, list[tuple[str, list[str]]]]]:
        """Key, option, and the answers to other questions under which it changes nothing."""
        readings = self.pack.readings
        return [
            (
                key,
                o,
                [
                    (r, [readings[r].options[k].title.rstrip("。") for k in keys])
                    for r, keys in o.yields_to.items()
                ],
            )
            for key, o in readings[self.id].options.items()
        ]

    @property
    def scoring(self) -> bool:
        return scoring(self.pack.readings[self.id])

    @property
    def standing(self) -> ReadingDecision | None:
        """The decision in force today."""
        return next((d for d in self.decisions if d.effective_from <= self.today), None)

    @property
    def chosen(self) -> str:
        return self.pack.chosen(self.id)

    @property
    def title(self) -> str:
        return self.pack.option(self.id).title

    @property
    def open(self) -> bool:
        return self.standing is None


def questions(installation: Installation, at: datetime) -> list[Question]:
    """All readings of the pack, one query."""
    pack = pack_for(installation, at)
    found: dict[str, list[ReadingDecision]] = {}
    rows = installation.decisions.select_related("registered_by").order_by("-effective_from", "-id")
    for decision in rows:
        found.setdefault(decision.reading, []).append(decision)
    day = to_local(at).date()
    return [Question(key, pack, tuple(found.get(key, ())), day) for key in pack.readings]


def forgotten(installation: Installation, pack: Pack) -> list[ReadingDecision]:
    """Decisions that no longer find their reading or option in the files of the pack."""
    return [
        d
        for d in installation.decisions.all()
        if d.reading not in pack.readings or d.option not in pack.readings[d.reading].options
    ]
