"""A loaded pack: clauses, values, readings and vocabularies of one regulation. It never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hengjian.base.articles import ArticleRef
from hengjian.base.errors import HengjianError
from hengjian.policy.clashes import clashes, standing
from hengjian.policy.clauses.base import ClauseBase
from hengjian.policy.clauses.definition import Definition, Term
from hengjian.policy.finding import Finding
from hengjian.policy.model import Article, DatedValue, Option, PackInfo, Param, Reading
from hengjian.policy.patch import patched, split_path
from hengjian.policy.values import value_at

Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, eq=False)
class Pack:
    """``written`` are the clauses of the files; ``clauses`` and ``clauses_of`` have the readings applied.

    ``digest`` (SHA-256, hex) changes with any byte of the files and with overridden values.
    """

    info: PackInfo
    folder: Path
    articles: tuple[Article, ...]
    written: tuple[ClauseBase, ...]
    params: Mapping[str, Param]
    readings: Mapping[str, Reading]
    findings: tuple[Finding, ...]
    tables: Mapping[str, Rows]
    digest: str
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.info.id

    def full_id(self, clause: ClauseBase | str) -> str:
        """``longkou/points/bulletin``."""
        return f"{self.id}/{clause if isinstance(clause, str) else clause.id}"

    # clauses

    @cached_property
    def _effective(self) -> dict[str, ClauseBase]:
        changes: dict[str, dict[str, Any]] = {}
        for answer in standing(self.readings, {key: self.chosen(key) for key in self.readings}):
            for path, value in answer.option.set.items():
                clause, steps = split_path(path)
                changes.setdefault(clause, {})[".".join(steps)] = value
        return {c.id: patched(c, changes[c.id]) if c.id in changes else c for c in self.written}

    @property
    def clauses(self) -> tuple[ClauseBase, ...]:
        """All clauses under the chosen readings, the switched-off ones too, in the order of the files."""
        return tuple(self._effective.values())

    def clause(self, clause_id: str) -> ClauseBase:
        """One clause by its id, with or without the pack's prefix; HengjianError when there is none."""
        short = clause_id.removeprefix(f"{self.id}/")
        try:
            return self._effective[short]
        except KeyError:
            raise HengjianError(f"制度包 {self.id} 没有条款规则“{clause_id}”，请检查编号。") from None

    def clauses_of(self, kind: str, on: date | None = None, known: date | None = None) -> list[Any]:
        """Active clauses of a kind, in force on the day ``on`` as known on ``known`` (``None``: any day)."""
        return [c for c in self.clauses if getattr(c, "kind", "") == kind and self.holds(c, on, known)]

    def holds(self, clause: ClauseBase, on: date | None = None, known: date | None = None) -> bool:
        """Whether a clause is switched on, in force on ``on`` and known on ``known``."""
        since, until = clause.since or self.info.since, clause.until or self.info.until
        known_from = clause.known_from or self.info.known_from
        if not clause.active or (on is not None and (on < since or (until is not None and on >= until))):
            return False
        return known is None or known_from is None or known_from <= known

    # values

    def value(self, param: str, on: date, known: date | None = None) -> Decimal | None:
        """The value in force on a day; ``None`` where none is. HengjianError for an unknown parameter."""
        entry = self.version(param, on, known)
        return entry.value if entry else None

    def version(self, param: str, on: date, known: date | None = None) -> DatedValue | None:
        """The dated entry that holds: its ``since`` is the version named in explanations."""
        if param not in self.params:
            raise HengjianError(f"制度包 {self.id} 没有数值“{param}”，请检查名称（values.yaml）。")
        return value_at(self.params[param].values, on, known)

    def with_values(self, params: Mapping[str, Param]) -> Pack:
        """The same pack with another table of values (a draft, an amendment); titles and units are kept."""
        merged = dict(self.params)
        for name, new in params.items():
            old = self.params.get(name)
            kept = {"title": old.title, "unit": old.unit, "article": old.article} if old else {}
            merged[name] = new.model_copy(update=kept)
        text = repr([(name, param.values) for name, param in merged.items()])
        digest = hashlib.sha256((self.digest + text).encode()).hexdigest()
        return replace(self, params=MappingProxyType(merged), digest=digest)

    # readings

    def option(self, reading_id: str) -> Option:
        return self.readings[reading_id].options[self.chosen(reading_id)]

    def chosen(self, reading_id: str) -> str:
        """The option a reading stands at: the choice made, else the pack's default."""
        return self.choices.get(reading_id) or self.readings[reading_id].default

    def with_readings(self, choices: Mapping[str, str]) -> Pack:
        """The pack read otherwise: ``{"R07": "per_publication"}``.

        An unknown id or option is an error, and so are two answers that change the same field of a clause.
        """
        for reading_id, option in choices.items():
            reading = self.readings.get(reading_id)
            if reading is None:
                known = "、".join(self.readings)
                raise HengjianError(f"制度包 {self.id} 没有理解“{reading_id}”；可用：{known}。")
            if option not in reading.options:
                known = "、".join(reading.options)
                raise HengjianError(f"理解 {reading_id} 没有选项“{option}”；可用：{known}。")
        other = replace(self, choices=MappingProxyType({**self.choices, **choices}))
        taken = standing(self.readings, {key: other.chosen(key) for key in self.readings})
        clash = next(clashes(taken), None)
        if clash is not None:
            raise HengjianError(f"{clash.sentence}，请只改选其中一个。")
        return other

    def readings_of(self, clause: ClauseBase | str) -> list[Reading]:
        """The readings with an option that would change this clause."""
        wanted = clause if isinstance(clause, str) else clause.id
        return [
            reading
            for reading in self.readings.values()
            if any(split_path(path)[0] == wanted for o in reading.options.values() for path in o.set)
        ]

    # words and articles

    def vocabulary(self, name: str, on: date | None = None, known: date | None = None) -> tuple[Term, ...]:
        """The terms of a vocabulary, in order; HengjianError when the pack does not define it."""
        found = [c for c in self.clauses_of("definition", on, known) if c.vocabulary == name]
        if not found:
            raise HengjianError(f"制度包 {self.id} 没有定义“{name}”，请检查名称或补一条 definition。")
        return tuple(term for definition in found for term in definition.terms)

    @property
    def vocabularies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c.vocabulary for c in self.clauses if isinstance(c, Definition)))

    def term(self, vocabulary: str, key: str) -> Term:
        """One term; HengjianError when the key is unknown."""
        for term in self.vocabulary(vocabulary):
            if term.key == key:
                return term
        raise HengjianError(f"“{vocabulary}”里没有“{key}”，请改用已定义的词。")

    def article(self, number: str) -> Article:
        """An article by its number; paragraph and item are ignored (``24.2`` → ``24``)."""
        wanted = ArticleRef.parse(number).article
        for article in self.articles:
            if article.article == wanted:
                return article
        raise HengjianError(f"制度包 {self.id} 没有第 {number} 条，请检查条号。")

    def clauses_for(self, article: str) -> list[ClauseBase]:
        """The clauses that carry out an article, by their own citation or by its list in articles.yaml."""
        listed = next((a.clauses for a in self.articles if a.article == article), ())
        return [
            c
            for c in self.clauses
            if c.id in listed or any(ArticleRef.parse(ref).article == article for ref in c.articles)
        ]
