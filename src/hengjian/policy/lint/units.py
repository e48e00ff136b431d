"""Names of units in lists: a collective name (中院各部门) stands for those under it."""

from __future__ import annotations

from hengjian.policy.pack import Pack

UNITS = "unit"


def expanded(pack: Pack, vocabulary: str, name: str) -> set[str]:
    """``name`` and the labels of all terms under it; only ``name`` where the pack has no such vocabulary."""
    if vocabulary not in pack.vocabularies:
        return {name}
    terms = pack.vocabulary(vocabulary)
    keys = {term.key for term in terms if term.label == name or name in term.aliases}
    found = {name} | {term.label for term in terms if term.key in keys}
    while True:
        below = {term.key for term in terms if term.parent in keys} - keys
        if not below:
            return found
        keys |= below
        found |= {term.label for term in terms if term.key in below}
