"""定义: the words of a regulation: types of item, outlets, levels, systems, roles."""

from __future__ import annotations

from typing import Any, Literal

from hengjian.policy.clauses.base import ClauseBase, Strict


class Term(Strict):
    """One word: ``key`` for data and clauses, ``label`` and ``help`` for people.

    ``attrs`` says what the kind of word needs (an outlet's audience, a level's rank); its keys are the
    definition's ``attrs`` list, so that a misspelt one is an error.
    """

    key: str
    label: str
    article: str = ""
    help: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()
    attrs: dict[str, Any] = {}


class Definition(ClauseBase):
    kind: Literal["definition"]
    vocabulary: str
    attrs: tuple[str, ...] = ()
    terms: tuple[Term, ...]


MODELS = (Definition,)
