"""Which pack governs, and how it is read."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import Q

from hengjian.apps.org.models import Unit
from hengjian.apps.regs.models import Installation, ReadingDecision
from hengjian.base.times import to_local
from hengjian.policy import Pack, load_pack


def pack_for(installation: Installation, at: datetime) -> Pack:
    """The installed pack under the readings decided by ``at``; a later decision supersedes an earlier one."""
    decisions = (
        ReadingDecision.objects.filter(installation=installation, effective_from__lte=to_local(at).date())
        .order_by("effective_from", "id")
        .values_list("reading", "option")
    )
    return _read(installation.pack, tuple(sorted(dict(decisions).items())))


def installation_of(unit: Unit, pack: str | None = None) -> Installation | None:
    """The nearest installation that covers ``unit``: its own, else that of the unit above it."""
    above = list(unit.ancestors(include_self=True).values_list("pk", flat=True))
    wanted = Q(unit_id__in=above) & (Q(pack=pack) if pack else Q())
    found = {i.unit_id: i for i in Installation.objects.filter(wanted).order_by("-id")}
    return next((found[pk] for pk in reversed(above) if pk in found), None)


@lru_cache(maxsize=8)
def loaded(pack: str) -> Pack:
    """A pack as its files stood when this process first asked; a restart reads them again."""
    return load_pack(pack, root=settings.PACKS_DIR)


@lru_cache(maxsize=64)
def _read(pack: str, choices: tuple[tuple[str, str], ...]) -> Pack:
    base = loaded(pack)
    return base.with_readings(dict(choices)) if choices else base
