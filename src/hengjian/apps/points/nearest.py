"""The nearest thing that would have changed a number (“再采用一篇即得……”). Read from the clause, not from its name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hengjian.apps.bulletins.clocks import clocks_of, reference
from hengjian.apps.bulletins.models import Fact, FaultCase
from hengjian.apps.points import words
from hengjian.apps.points.engine import scored
from hengjian.apps.points.models import LedgerLine
from hengjian.base.errors import HengjianError
from hengjian.base.points import plain
from hengjian.base.times import to_local
from hengjian.clocks import ClockResult
from hengjian.clocks.words import due_words, span_words
from hengjian.policy import Pack

OF_FIELD = {"class": "category", "kind": "kind", "system": "system"}


def nearest(pack: Pack, line: LedgerLine, facts: list[Fact]) -> list[str]:
    """Sentences, nearest first; none for reversals and where nothing near would change the number."""
    if line.reverses_id or not facts:
        return []
    try:
        clause: Any = pack.clause(line.clause)
    except HengjianError:
        return []
    word = words.unit_word(pack)
    if clause.shape == "quota_base" and clause.measure == "count":
        return [_spare(pack, line, clause)]
    if clause.shape == "quota_base":
        return [f"只要其中任何一周没有报送，就没有这 {plain(line.points)} {word}；各周的报送见下列事实。"]
    found = []
    if line.points < 0:
        found.append(_without(pack, line, facts[-1], word))
    if getattr(clause, "by", None):
        found += _other_prices(pack, clause, line, facts[-1], word)
    if getattr(clause, "times", "one") == "n" and facts[-1].n > 1:
        found.append(f"每少一处（次），少扣 {plain(abs(line.points) / facts[-1].n)} {word}。")
    if line.unit is None:
        found.append("如果报送时确定了牵头部门，这些分由牵头部门取得。")
    return [text for text in found if text]


def _spare(pack: Pack, line: LedgerLine, clause: Any) -> str:
    """How far the count is from the step: one item more or less is the whole base or nothing."""
    key = line.origin.key
    result = scored(line.origin.installation, line.posting.posted_at)
    row = next((r for r in result.of(key) if r.unit == line.unit_id and r.clause == line.clause), None)
    word = words.unit_word(pack)
    if row is None or row.need is None or row.have is None:
        return f"少于规定的条数，就没有这 {plain(line.points)} {word}。"
    left = row.have - row.need
    if clause.below == "proportional":
        return f"应报 {plain(row.need)}，计入 {plain(row.have)}；未达到的按比例计。"
    return f"应报 {plain(row.need)}，计入 {plain(row.have)}：再少 {plain(left + 1)} 条，就没有这 {plain(line.points)} {word}。"


def _without(pack: Pack, line: LedgerLine, fact: Fact, word: str) -> str:
    amount = plain(abs(line.points))
    if fact.kind != "late":
        return f"没有这项差错（或者认定被撤销），就不扣这 {amount} {word}。"
    missed = _missed(pack, line, fact)
    if missed is None or missed.due_at is None:
        return f"在时限内报送，就不扣这 {amount} {word}。"
    due = due_words(missed.due_at, inclusive=missed.inclusive)
    if missed.happened_at is None or missed.late_by is None:
        return f"{missed.title}：在 {due} 以前报送，就不扣这 {amount} {word}。"
    sent = due_words(missed.happened_at)
    return (
        f"{missed.title}：早报 {span_words(missed.late_by)}，就不扣这 {amount} {word}"
        f"（期限 {due}，实际 {sent}）。"
    )


def _missed(pack: Pack, line: LedgerLine, fact: Fact) -> ClockResult | None:
    """The limit the fact is about: the one its finding names, else the only one the item missed."""
    if fact.item is None:
        return None
    results = [r for r in clocks_of(fact.item, line.posting.posted_at, pack) if r.violated and r.chargeable]
    case = FaultCase.objects.filter(fact=fact).first()
    if case is not None and case.clock:
        return next((r for r in results if reference(r) == case.clock), None)
    return results[0] if len(results) == 1 else None


def _other_prices(pack: Pack, clause: Any, line: LedgerLine, fact: Fact, word: str) -> list[str]:
    """The next dearer and the next cheaper value of the field the price is looked up by, on the day of the fact."""
    day = to_local(fact.happened_at).date()
    own = _price(pack, line.rule, day)
    if own is None:
        return []
    prices = [(key, _price(pack, param, day)) for key, param in clause.params.items()]
    others = [(key, price) for key, price in prices if price is not None and price != own]
    dearer = sorted((p for p in others if abs(p[1]) > abs(own)), key=lambda p: abs(p[1]))
    cheaper = sorted((p for p in others if abs(p[1]) < abs(own)), key=lambda p: -abs(p[1]))
    return [
        text
        for key, price in [*dearer[:1], *cheaper[:1]]
        if (text := _sentence(pack, clause, fact, key, price, own, word))
    ]


def _sentence(pack: Pack, clause: Any, fact: Fact, key: str, price: Decimal, own: Decimal, word: str) -> str:
    name = _name(pack, clause.by, fact, key)
    if not name:
        return _other_kind(pack, clause, fact, key, price, own, word)
    if clause.by == "class":
        return f"如果属于{name}，这一项是 {plain(price)} {word}（现为 {plain(own)} {word}）。"
    if clause.by == "value" and fact.kind == "adopt":
        return _dearer(clause, f"被{name}采用", price, own, word)
    if clause.by == "value" and fact.kind == "instruct":
        where = "同一系统另有" if "system" in getattr(clause, "key", ()) else "再有"
        return _dearer(clause, f"{where}{name}批示", price, own, word)
    return f"如果认定为{name}，这一项是 {plain(price)} {word}。"


def _other_kind(
    pack: Pack, clause: Any, fact: Fact, key: str, price: Decimal, own: Decimal, word: str
) -> str:
    """Adoption and instruction on one ladder: the next step may be of the other kind."""
    other = "instruct" if fact.kind == "adopt" else "adopt"
    name = words.label(pack, words.VOCABULARY[other], key)
    what = f"再有{name}批示" if other == "instruct" else f"再被{name}采用"
    return _dearer(clause, what, price, own, word)


def _dearer(clause: Any, what: str, price: Decimal, own: Decimal, word: str) -> str:
    """A dearer fact more: the difference where the highest counts, else its own price on top."""
    if price <= own:
        return ""
    one_ladder = clause.shape == "highest_of" and clause.carry == "increment"
    lead = "如果" if what.startswith(("同一", "再")) else "如果再"
    if one_ladder:
        return f"{lead}{what}（{plain(price)} {word}），再得差额 {plain(price - own)} {word}。"
    return f"{lead}{what}，按当日分值另计 {plain(price)} {word}。"


def _name(pack: Pack, field: str, fact: Fact, key: str) -> str:
    if field == "value":
        own = words.label(pack, words.VOCABULARY.get(fact.kind, ""), key)
        return own if own != key else ""
    if field == "type":
        return words.kind_label(pack, key)
    return words.label(pack, OF_FIELD.get(field, field), key)


def _price(pack: Pack, param: str, day: date) -> Decimal | None:
    return pack.value(param, day) if param in pack.params else None
