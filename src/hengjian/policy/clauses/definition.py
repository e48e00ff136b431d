"""定义: the words of a regulation: types of item, outlets, levels, systems, roles."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from hengjian.policy.clauses.base import ClauseBase, Strict


class Term(Strict):
    """One word: ``key`` for data and clauses, ``label`` and ``help`` for people.

    ``attrs`` says what the kind of word needs (an outlet's audience, a level's rank); the definition's
    ``attrs`` lists the names, so that a misspelt one is an error.
    """

    key: str
    label: str
    article: str = ""
    help: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()
    attrs: dict[str, Any] = {}


def _named(value: object) -> object:
    """A plain list of names is short for names without a type."""
    return dict.fromkeys(value, "") if isinstance(value, list) else value


class Definition(ClauseBase):
    """A vocabulary. ``attrs``: name → ``bool``, ``number``, ``text`` or the vocabulary its values come from.

    An attribute without a type that has a vocabulary's name takes its values from there. ``fields``: fields of
    facts, besides the one of the vocabulary's own name, whose values in conditions are terms of this one.
    """

    kind: Literal["definition"]
    vocabulary: str
    fields: tuple[str, ...] = ()
    attrs: Annotated[dict[str, str], BeforeValidator(_named)] = {}
    terms: tuple[Term, ...]


MODELS = (Definition,)
