"""A table of the statistics office as a file: the numbers of the page, the cards they follow, the version they stand on."""

from __future__ import annotations

from decimal import Decimal

from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.releases.copies import TOP, Sheet
from hengjian.apps.statistics.scope import Scene
from hengjian.apps.statistics.tables import UNTOLD, Shown, breaches_seen, cards_in_use, lines
from hengjian.apps.statistics.telling import formula
from hengjian.statistics.model import Card
from hengjian.statistics.spans import Span
from hengjian.statistics.tally import Data

UNRELEASED = "工作用表，其中的数没有发布，只供本单位核对、分析使用，不得对外提供或者引用。"


def sheet_of_table(scene: Scene, data: Data, span: Span, *, by_kind: bool) -> Sheet:
    """What the page shows of the span to the one who asks, and no court more."""
    cards = cards_in_use(scene, span)
    found = lines(scene, data, span, cards, by_kind)
    heads = [head for card in cards for head in _heads(card)]
    return Sheet(
        title=f"{span.label}统计报表",
        columns=("法院", "类别", *(title for title, _ in heads)),
        rows=tuple(
            (line.name, line.kind or "全部", *(cell for one in line.cells for cell in _cells(one)))
            for line in found
        ),
        notes=(
            UNRELEASED,
            *([UNTOLD] if any(one.withheld for line in found for one in line.cells) else []),
            f"期间：{span.label}。数据版本：{data.version}。统计：{house_of_scene(scene)}。",
            *(f"等式不成立：{b.told(scene.place.name(b.court))}" for b in breaches_seen(scene, data, span)),
            *(_told(scene, card) for card in cards),
        ),
        author=str(house_of_scene(scene)),
        decimals=(None, None, *(places for _, places in heads)),
    )


def house_of_scene(scene: Scene) -> Unit:
    """The court that answers for the copy: where the one who asks works."""
    person = scene.actor.person
    return (house_of(person.unit) if person else None) or scene.installation.unit


def _heads(card: Card) -> list[tuple[str, int]]:
    """A quotient is preceded by what it is made of: counts come before percentages."""
    title = f"{card.title}（{card.unit}）"
    if not card.divided:
        return [(title, card.digits)]
    return [(f"{card.title}{TOP}", 0), (f"{card.title}·分母", 0), (title, card.digits)]


def _cells(one: Shown) -> list[Decimal | None]:
    """Empty where the figure is kept back; the notes say so."""
    if one.withheld:
        return [None] * (3 if one.card.divided else 1)
    value = one.value
    return [value.top, value.bottom, value.value] if one.card.divided else [value.value]


def _told(scene: Scene, card: Card) -> str:
    basis = f"，依据：{card.basis}" if card.basis else ""
    return f"口径“{card.title}”第{card.version}版（{card.since}起用，{card.owner}负责）：{formula(scene, card)}{basis}。"
