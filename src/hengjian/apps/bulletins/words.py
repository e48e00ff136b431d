"""The pack's vocabulary as a form and a page need it: choices, labels, attributes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from hengjian.base.errors import HengjianError
from hengjian.policy import Pack
from hengjian.policy.clauses.definition import Term

# the fields of an item and the vocabulary each takes its words from
VOCABULARY = {
    "form": "kind",
    "category": "category",
    "subtype": "subtype",
    "importance": "importance",
    "grade": "grade",
    "outlet": "outlet",
    "source": "source",
}


@lru_cache(maxsize=256)  # a pack never changes, and few are loaded
def terms(pack: Pack, vocabulary: str) -> tuple[Term, ...]:
    """The terms, or none when the pack has no such vocabulary."""
    return pack.vocabulary(vocabulary) if vocabulary in pack.vocabularies else ()


@lru_cache(maxsize=256)
def _by_key(pack: Pack, vocabulary: str) -> dict[str, Term]:
    return {term.key: term for term in terms(pack, vocabulary)}


def find(pack: Pack, vocabulary: str, key: str) -> Term | None:
    return _by_key(pack, vocabulary).get(key)


def label(pack: Pack, vocabulary: str, key: str) -> str:
    """How people call it; an unknown key stands for itself."""
    term = find(pack, vocabulary, key)
    return term.label if term else key


def choices(pack: Pack, vocabulary: str) -> list[tuple[str, str]]:
    return [(term.key, term.label) for term in terms(pack, vocabulary)]


def attr(pack: Pack, vocabulary: str, key: str, name: str, default: Any = None) -> Any:
    term = find(pack, vocabulary, key)
    return term.attrs.get(name, default) if term else default


def require(pack: Pack, field: str, key: str) -> None:
    """HengjianError when ``key`` is no word of the field's vocabulary."""
    known = terms(pack, VOCABULARY[field])
    if known and key not in {term.key for term in known}:
        labels = "、".join(term.label for term in known)
        raise HengjianError(f"“{key}”不是本制度里的词，请从这些里选：{labels}。")


def subtypes_of(pack: Pack, category: str) -> list[Term]:
    return [term for term in terms(pack, "subtype") if term.attrs.get("category") == category]


def deadline_class(pack: Pack, category: str, subtype: str) -> str:
    """The class that decides which clock runs: the subtype's, else the one class of the category, else none.

    A class that subtypes name is theirs alone: the other items of the category have no such clock.
    """
    if found := attr(pack, "subtype", subtype, "deadline_class"):
        return str(found)
    named = {term.attrs.get("deadline_class") for term in terms(pack, "subtype")}
    of_category = [
        t.key
        for t in terms(pack, "deadline_class")
        if t.attrs.get("category") == category and t.key not in named
    ]
    return of_category[0] if len(of_category) == 1 else ""


@lru_cache(maxsize=64)
def restricted_outlets(pack: Pack) -> frozenset[str]:
    """Outlets whose items may never be shown to everybody (``intranet: false``)."""
    return frozenset(t.key for t in terms(pack, "outlet") if t.attrs.get("intranet") is False)
