"""Reading cards: every fault of a folder is told with its place; a set answers which version holds when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError
from sqlglot import exp

from hengjian.base.errors import HengjianError, ManyErrors, Place
from hengjian.base.messages import report
from hengjian.base.yamlio import Tree, parse_yaml, read_yaml
from hengjian.casedata.rules.predicate import Predicate, parse_predicate
from hengjian.statistics.model import Balance, Card, Shape


@dataclass(frozen=True, slots=True)
class Cards:
    """All versions of all cards, and the identities between them."""

    cards: tuple[Card, ...]
    balances: tuple[Balance, ...] = ()

    def versions(self, key: str) -> list[Card]:
        """Oldest first; empty for a concept nobody defined."""
        return sorted((card for card in self.cards if card.key == key), key=lambda card: card.version)

    def on(self, day: date) -> dict[str, Card]:
        """Key → the version in force; of two the later one. A concept that was ended is not among them."""
        held = sorted((card for card in self.cards if card.holds(day)), key=lambda card: card.version)
        last = {card.key: card for card in held}
        return {key: card for key, card in last.items() if not card.ends}

    def with_versions(self, more: Iterable[Card]) -> Cards:
        """Later versions beside these; a later one ends the one before on the day it begins to hold."""
        return Cards((*self.cards, *more), self.balances)


def load_cards(folder: Path, items: Collection[str]) -> Cards:
    """The cards of a folder; ManyErrors names every fault. ``items``: what a case has to offer."""
    trees = [read_yaml(file) for file in sorted(folder.rglob("*.yaml"))]
    return _loaded(trees, items)


def read_cards(text: str, items: Collection[str], shown: str = "cards.yaml") -> Cards:
    """The same from a text."""
    return _loaded([parse_yaml(text, Tree(shown))], items)


def _loaded(trees: list[Tree], items: Collection[str]) -> Cards:
    cards: list[Card] = []
    balances: list[Balance] = []
    errors: list[HengjianError] = []
    places: dict[str, Place] = {}
    for tree in trees:
        for index, item in enumerate(tree.data if isinstance(tree.data, list) else []):
            place = tree.place((index,))
            if not isinstance(item, dict):
                tree.error("每张口径卡应写成“键: 值”的形式，请改正。", (index,))
                continue
            kind: type[Card] | type[Balance] = Balance if "balance" in item else Card
            try:
                made = kind.model_validate(item)
            except ValidationError as error:
                report(error, kind, tree, (index,))
                continue
            if isinstance(made, Balance):
                balances.append(made)
                places[made.balance] = place
                continue
            errors += faults(made, items, place)
            if any(made.key == card.key and made.version == card.version for card in cards):
                errors.append(
                    HengjianError(f"口径“{made.key}”第{made.version}版重复，请改版号。", where=place)
                )
            cards.append(made)
            places[made.key] = place
        errors += tree.errors
    found = Cards(tuple(cards), tuple(balances))
    errors += _references(found, places)
    if errors:
        raise ManyErrors(errors)
    return found


def faults(card: Card, items: Collection[str], place: Place) -> list[HengjianError]:
    """What is wrong with the items and conditions a card names."""
    named = [name for name in (card.date, card.begun, card.ended, card.past, *card.dims) if name]
    found = [
        HengjianError(f"没有信息项“{name}”，请从信息项表里选。", where=place)
        for name in named
        if name not in items
    ]
    for text in (card.when, card.of):
        if not text:
            continue
        try:
            strange = [name for name in expression(text, place).columns if name not in items]
        except HengjianError as error:
            found.append(error)
            continue
        found += [HengjianError(f"条件里的“{name}”不是信息项，请改正。", where=place) for name in strange]
    return found


def expression(text: str, place: Place) -> Predicate:
    """A condition or an amount of one case alone: the same today and in ten years."""
    parsed = parse_predicate(text, place)
    call = next(iter(parsed.tree.find_all(exp.Anonymous, exp.CurrentDate)), None)
    if call is not None:
        raise HengjianError(
            f"口径里不能用“{call.sql('duckdb')}”：数要能重算，只能看案件自己的信息项。", where=place
        )
    return parsed


def _references(cards: Cards, places: dict[str, Place]) -> list[HengjianError]:
    shapes = {card.key: card.shape for card in cards.cards}
    used = [(card.key, f"口径“{card.key}”", (*card.top, *card.bottom)) for card in cards.cards]
    used += [(b.balance, f"等式“{b.balance}”", (*b.left, *b.right)) for b in cards.balances]
    return [
        HengjianError(f"{what}{told}", where=places[name])
        for name, what, keys in used
        for key in keys
        if (told := _reference(key, shapes))
    ]


def _reference(key: str, shapes: dict[str, Shape]) -> str:
    if key not in shapes:
        return f"用到的“{key}”没有口径卡，请补上或者改名。"
    if shapes[key] in (Shape.MEAN, Shape.RATIO):
        return f"用到的“{key}”本身是比率或平均，不能再用来计算。"
    return ""
