"""What the pages of one item have in common: the item, its pack, labels, clocks, what may be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from hengjian.apps.bulletins import clocks, words
from hengjian.apps.bulletins.can import Can, can
from hengjian.apps.bulletins.checking import fields_of, findings, similar
from hengjian.apps.bulletins.drafts import missing_start
from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.times import to_local
from hengjian.checks import Finding
from hengjian.clocks import ClockResult, State
from hengjian.clocks.words import due_words
from hengjian.policy import Pack


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock as a page shows it: the limit, what is left in words, and how urgent."""

    result: ClockResult
    words: str
    urgency: str
    other: str = ""
    """Where the text names two starts (发生 or 知悉): the limit the one not taken would give."""

    @property
    def due(self) -> str:
        """The limit without its year; 24:00 belongs to the day that ends."""
        due = self.result.due_at
        return due_words(due, inclusive=self.result.inclusive).split("年", 1)[1] if due else ""


@dataclass(frozen=True, slots=True)
class Labels:
    form: str
    category: str
    subtype: str
    importance: str
    grade: str
    outlet: str
    restricted: bool


@dataclass(frozen=True)
class Opened:
    """An item the actor may see, with what every page of it needs."""

    actor: Actor
    item: Item
    pack: Pack

    @property
    def can(self) -> Can:
        return can(self.actor, self.item, self.pack)

    @property
    def labels(self) -> Labels:
        return labels(self.item, self.pack)

    @property
    def clocks(self) -> list[Clock]:
        results = clocks.clocks_of(self.item, self.actor.at, self.pack)
        return shown_clocks(results, self.actor, self.item, self.pack)

    @property
    def findings(self) -> list[Finding]:
        item, day = self.item, to_local(self.actor.at).date()
        corpus = similar(self.actor, item, item.unit_id)
        return findings(self.pack, item.title, item.body, fields_of(item), day, corpus)


def open_item(request: HttpRequest, pk: int) -> Opened:
    """404 unless the actor may see it."""
    actor = actor_of(request)
    related = ("unit", "installation", "created_by", "lead_unit")
    item = fetch(visible_items(actor).select_related(*related), pk=pk)
    return Opened(actor, item, pack_for(item.installation, actor.at))


def labels(item: Item, pack: Pack) -> Labels:
    fields = ("form", "category", "subtype", "importance", "grade", "outlet")
    named = {f: words.label(pack, words.VOCABULARY[f], getattr(item, f)) for f in fields}
    return Labels(**named, restricted=item.outlet in words.restricted_outlets(pack))


def shown_clocks(
    results: Iterable[ClockResult], actor: Actor, item: Item | None = None, pack: Pack | None = None
) -> list[Clock]:
    return [
        Clock(r, clocks.in_words(r, actor.at), _urgency(r, actor), _other_start(r, item, pack))
        for r in results
    ]


def no_clock(item: Item, pack: Pack) -> str:
    """Why no clock is shown: none runs for the type, or nobody has said yet from when."""
    start = missing_start(item, pack).split("（", 1)[0]
    return f"填写{start}后，这里显示期限。" if start else "这个类型没有报送时限。"


STARTS = {"occurred": "发生", "learned": "知悉"}


def _other_start(result: ClockResult, item: Item | None, pack: Pack | None) -> str:
    """从发生起算为 6月3日 09:15: only for running clocks with two starts that differ."""
    if item is None or pack is None or result.due_at is None or result.start is None or not result.inclusive:
        return ""
    if item.occurred_at is None or item.learned_at is None or item.learned_at == item.occurred_at:
        return ""
    stages = getattr(pack.clause(result.clause), "stages", {})
    if result.stage not in stages or not set(STARTS) <= set(stages[result.stage].start.of):
        return ""
    times = {"occurred": to_local(item.occurred_at), "learned": to_local(item.learned_at)}
    name, start = next(pair for pair in times.items() if pair[1] != result.start)
    due = due_words(result.due_at + (start - result.start)).split("年", 1)[1]
    return f"从{STARTS[name]}起算为 {due}"


def _urgency(result: ClockResult, actor: Actor) -> str:
    if result.state in (State.LATE, State.MISSED):
        return "overdue"
    if result.state is not State.PENDING or result.due_at is None or result.start is None:
        return ""
    left, whole = result.due_at - to_local(actor.at), result.due_at - result.start
    return "soon" if left * 4 <= whole else ""


def writing_units(actor: Actor, right: Right = Right.ITEM_WRITE) -> QuerySet[Unit]:
    units: QuerySet[Unit] = Unit.objects.filter(pk__in=actor.units(right))
    return units.order_by("position", "pk")


def next_page(request: HttpRequest, otherwise: str) -> str:
    """Where the form says to go on, if that is ours."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise
