"""What a card counts, in words, with the labels of the items."""

from __future__ import annotations

from hengjian.apps.regs.queries import loaded
from hengjian.apps.statistics.place import items_of
from hengjian.apps.statistics.scope import Scene
from hengjian.statistics.model import Card


def formula(scene: Scene, card: Card) -> str:
    """（结案）÷（新收＋旧存）× 100, 立案日期在期内的案件数 ..."""
    label = {key: text.partition("（")[0] for key, text in items_of(loaded(scene.installation.pack)).items()}
    titles = {c.key: c.title for c in scene.cards.cards}
    if card.top:
        times = "" if card.factor == 1 else f" × {card.factor}"
        above, below = ("＋".join(titles[k] for k in side) for side in (card.top, card.bottom))
        return f"（{above}）÷（{below}）{times}"
    if card.begun:
        moment = "期初" if card.at == "first" else "期末"
        text = f"{label.get(card.begun, card.begun)}在{moment}以前，"
        text += f"{label.get(str(card.ended), card.ended)}没有或者不早于{moment}"
        text += f"，{label.get(card.past, card.past)}早于{moment}" if card.past else ""
    else:
        text = f"{label.get(str(card.date), card.date)}在期内"
    text += f"，并且 {card.when}" if card.when else ""
    return f"{card.shape.label} {label.get(card.of, card.of)}：{text}的案件" if card.of else f"{text}的案件数"
