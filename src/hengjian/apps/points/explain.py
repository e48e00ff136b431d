"""Why is it this number: one card for a ledger line, made of the pack's words and the facts on record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hengjian.apps.bulletins.models import Fact, Item
from hengjian.apps.points import words
from hengjian.apps.points.models import LedgerLine
from hengjian.apps.points.nearest import nearest
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.base.times import start_of_day, to_instant
from hengjian.policy import Pack

CAUSES = {
    "restatement": "更正通报时补记",
    "carried": "迟到的事实，记入当期",
    "appeal": "依申诉决定",
}


@dataclass(frozen=True)
class FactShown:
    """A fact used: what happened, when, who recorded and decided it, and whether it has been withdrawn since."""

    fact: Fact
    sentence: str
    withdrawn: Fact | None


@dataclass(frozen=True)
class Card:
    line: LedgerLine
    sentence: str
    word: str
    clause_title: str
    article: str
    article_label: str
    gist: str
    param: str
    value: str
    version: str
    facts: list[FactShown]
    readings: list[dict[str, str]]
    nearest: list[str]
    cause: str
    reversed_by: LedgerLine | None
    item: Item | None
    title: str
    pack_title: str
    digest: str
    chosen: dict[str, str] = field(default_factory=dict)


def card(line: LedgerLine, *, may_see_item: bool = True) -> Card:
    """Everything a person needs to understand, check or contest one line."""
    pack = pack_of(line)
    param = pack.params.get(line.rule)
    facts = facts_of(pack, line.evidence)
    title = ""
    if line.item is not None:
        title = line.item.title if may_see_item else words.public_title(pack, line.item)
    return Card(
        line=line,
        sentence=sentence(pack, line, title),
        word=words.unit_word(pack),
        clause_title=words.clause_title(pack, line.clause),
        article=line.article,
        article_label=words.article_label(line.article),
        gist=words.article_gist(pack, line.article),
        param=param.title if param else "",
        value=_value(pack, line),
        version=line.version,
        facts=facts,
        readings=words.reading_notes(pack, line.reading),
        nearest=nearest(pack, line, [shown.fact for shown in facts]),
        cause=CAUSES.get(line.posting.cause, ""),
        reversed_by=line.reversed_by.first(),
        item=line.item,
        title=title,
        pack_title=pack.info.title,
        digest=line.posting.pack_digest,
        chosen=line.posting.readings,
    )


def pack_of(line: LedgerLine) -> Pack:
    """The pack as it was read for the period the line belongs to."""
    last = Period.parse(line.origin.key).last
    return pack_for(line.period.installation, to_instant(start_of_day(last)))


def sentence(pack: Pack, line: LedgerLine, title: str) -> str:
    """One plain sentence: who, in which month, for what, by which article, how much."""
    who = line.unit.name if line.unit else "（无人可得）"
    what = f"《{title}》" if title and title != words.MASKED else title
    reason = words.clause_title(pack, line.clause)
    word = words.unit_word(pack)
    amount = plain(abs(line.points))
    verb = "得" if line.points >= 0 else "扣"
    period = Period.parse(line.origin.key).label
    if line.reverses_id:
        return f"{period}，{who}原记“{what}{reason}”所依的事实已经改变，冲销 {words.signed(line.points)} {word}。"
    return f"{period}，{who}因{what}{reason}，依{words.article_label(line.article)}{verb} {amount} {word}。"


def facts_of(pack: Pack, ids: list[int]) -> list[FactShown]:
    facts = (
        Fact.objects.filter(pk__in=ids)
        .select_related("item", "unit", "recorded_by", "decided_by", "withdrawn_by", "edition", "revision")
        .order_by("happened_at", "pk")
    )
    return [FactShown(f, words.fact_sentence(pack, f), getattr(f, "withdrawn_by", None)) for f in facts]


def _value(pack: Pack, line: LedgerLine) -> str:
    if not line.version or line.rule not in pack.params:
        return ""
    value = pack.value(line.rule, date.fromisoformat(line.version))
    return "" if value is None else plain(value)
