"""Words of the regulations for the audit log: a key that means one thing only, or stands in the field of its vocabulary."""

from __future__ import annotations

from hengjian.apps.audit.models import Entry
from hengjian.apps.audit.wording import Words
from hengjian.apps.org.tree import standing_tree
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack


def words_for(entry: Entry) -> Words:
    """(vocabulary or "", key) → label, from the packs at work."""
    found: dict[tuple[str, str], str] = {}
    doubtful: set[tuple[str, str]] = set()
    for pack in _packs(entry.unit_id):
        for name in pack.vocabularies:
            for term in pack.vocabulary(name):
                for place in ((name, term.key), ("", term.key)):
                    if found.setdefault(place, term.label) != term.label:
                        doubtful.add(place)
        for clause in pack.clauses:
            found[("", pack.full_id(clause))] = clause.title
    return {place: label for place, label in found.items() if place not in doubtful}


def _packs(unit: int | None) -> list[Pack]:
    """Those over the unit of the entry, else all. A pack whose files are gone has no words any more."""
    governing = Installation.objects.filter(unit_id__in=standing_tree().above(unit)) if unit else None
    packs = []
    for name in sorted(set((governing or Installation.objects).values_list("pack", flat=True))):
        try:
            packs.append(loaded(name))
        except HengjianError:
            continue
    return packs
