"""Definition cards of the office: a new version is drafted, handed in, approved by somebody else, and holds from its day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from pydantic import ValidationError

from hengjian.apps.approvals import running
from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.once import known
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded
from hengjian.apps.statistics.models import CardVersion
from hengjian.apps.statistics.place import cards_of, items_of
from hengjian.apps.statistics.rights import require_office
from hengjian.base.errors import HengjianError, Place
from hengjian.base.messages import sentence
from hengjian.base.times import to_local
from hengjian.statistics.cards import Cards, faults
from hengjian.statistics.model import Card, Shape

FLOW = "flows/card"


@act("statistics.card.draft", "拟定口径卡")
def draft_card(
    actor: Actor,
    installation: Installation,
    *,
    key: str,
    title: str,
    body: dict[str, Any],
    since: date,
    reason: str,
    client_key: str,
) -> CardVersion:
    """The next version of a concept, or the first of a new one. Cards are one for all courts: the topmost makes them."""
    require_office(actor, installation.unit)
    again = known(CardVersion.objects.filter(installation=installation), client_key, key=key)
    if again is not None:
        log(again, unit=installation.unit_id, repeated=True)
        return again
    if since <= to_local(actor.at).date():
        raise HengjianError("新口径只能从以后的日子起用，已经统计过的期间口径不变。")
    if not reason.strip():
        raise HengjianError("请写明为什么要定或者改这个口径。")
    cards = cards_of(installation)
    waiting = CardVersion.objects.filter(installation=installation, key=key).exclude(
        state=CardVersion.State.ACTIVE
    )
    if waiting.exists():
        raise HengjianError(f"“{title}”已有一版在拟定或者核定中，请先办完那一版。")
    number = max((card.version for card in cards.versions(key)), default=0) + 1
    row = CardVersion(
        installation=installation, key=key, number=number, title=title.strip(), body=body, since=since,
        reason=reason.strip()[:300], author=actor.person, changed_at=actor.at, client_key=client_key,
    )  # fmt: skip
    _check(row, cards)
    row.save()
    log(row, unit=installation.unit_id, body=body, since=since)
    return row


@act("statistics.card.end", "拟停用口径")
def end_card(
    actor: Actor, installation: Installation, *, key: str, since: date, reason: str, client_key: str
) -> CardVersion:
    """A version that says from when on the concept is counted no more; approved like every version."""
    last = cards_of(installation).on(to_local(actor.at).date()).get(key)
    if last is None:
        raise HengjianError("这个口径没有在使用，不用停用。")
    body = last.model_dump(
        mode="json", exclude={"key", "version", "title", "since", "until"}, exclude_defaults=True
    )
    body |= {"unit": last.unit, "ends": True}
    return draft_card(
        actor,
        installation,
        key=key,
        title=last.title,
        body=body,
        since=since,
        reason=reason,
        client_key=client_key,
    )


def _check(row: CardVersion, cards: Cards) -> Card:
    """HengjianError with the first thing wrong."""
    where = Place(f"口径 {row.key}")
    try:
        card = row.card()
    except ValidationError as error:
        raise HengjianError(sentence(error.errors(include_url=False)[0], Card)) from None
    found = faults(card, items_of(loaded(row.installation.pack)), where)
    if found:
        raise HengjianError(found[0].message)
    plain = {c.key for c in cards.on(row.since).values() if not c.divided}
    strange = [key for key in (*card.top, *card.bottom) if key not in plain]
    if strange:
        raise HengjianError(
            f"分子、分母里的“{strange[0]}”那时没有使用中的口径卡，或者本身是比率、平均，请改正。"
        )
    balanced = {key for b in cards.balances for key in (*b.left, *b.right)}
    if card.ends:
        return _endable(card, cards, balanced)
    if card.key in balanced and card.shape not in (Shape.COUNT, Shape.STOCK):
        raise HengjianError(f"“{card.title}”在收结存等式里，只能是计数或者时点存量。")
    return card


def _endable(card: Card, cards: Cards, balanced: set[str]) -> Card:
    """What others are computed from has to go on."""
    if card.key in balanced:
        raise HengjianError(f"“{card.title}”在收结存等式里，不能停用。")
    uses = next((c for c in cards.on(card.since).values() if card.key in (*c.top, *c.bottom)), None)
    if uses is not None:
        raise HengjianError(f"“{uses.title}”要用“{card.title}”计算，请先停用或者修改“{uses.title}”。")
    return card


@act("statistics.card.propose", "提交口径卡核定")
def propose_card(actor: Actor, row: CardVersion) -> CardVersion:
    require_office(actor, row.installation.unit)
    _in_state(row, CardVersion.State.DRAFT)
    running.begin(
        actor,
        row,
        row.installation,
        FLOW,
        unit=row.installation.unit,
        title=f"口径卡：{row}",
        url=reverse("statistics:card", args=[row.key]),
    )
    return _to(actor, row, CardVersion.State.PROPOSED)


@act("statistics.card.drop", "撤回口径卡草稿")
def drop_card(actor: Actor, row: CardVersion) -> None:
    require_office(actor, row.installation.unit)
    _in_state(row, CardVersion.State.DRAFT)
    log(row, unit=row.installation.unit_id, dropped=True, body=row.body)
    row.delete()


@act("statistics.card.activate", "起用口径卡")
def put_in_force(actor: Actor, row: CardVersion) -> CardVersion:
    """After the last signature; not for days that are past by then."""
    if row.since <= to_local(actor.at).date():
        raise HengjianError("起用日期已经过了，请退回改期：已经统计过的期间口径不变。")
    _check(row, cards_of(row.installation))
    return _to(actor, row, CardVersion.State.ACTIVE)


@act("statistics.card.return", "退回口径卡")
def give_back(actor: Actor, row: CardVersion) -> CardVersion:
    return _to(actor, row, CardVersion.State.DRAFT)


def _in_state(row: CardVersion, state: str) -> None:
    if row.state != state:
        raise HengjianError(f"“{row}”现为“{row.get_state_display()}”，不能这样办理，请刷新。")


def _to(actor: Actor, row: CardVersion, state: CardVersion.State) -> CardVersion:
    row.state, row.changed_at = state, actor.at
    row.version += 1
    row.save()
    log(row, unit=row.installation.unit_id, state=state)
    return row
