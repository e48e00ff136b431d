"""Every article is carried out by clauses or is a statement with its reason; this table shows which."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.policy.pack import Pack


@dataclass(frozen=True, slots=True)
class Covered:
    """An article, its gist, the ids of the clauses that carry it out, the reason when none does."""

    article: str
    gist: str
    clauses: tuple[str, ...]
    statement: str

    @property
    def gap(self) -> bool:
        return not self.clauses and not self.statement


def coverage(pack: Pack) -> list[Covered]:
    """One row an article, in the order of the text.

    Definitions alone count: an article that only fixes a word has done its work there.
    """
    return [
        Covered(a.article, a.gist, tuple(c.id for c in pack.clauses_for(a.article)), a.statement)
        for a in pack.articles
    ]
