"""What went where: every carrier, its issues, the items in them, to whom they went and when; and the calendar of issues."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from hengjian.apps.bulletins.desk import queries
from hengjian.apps.bulletins.desk.papers import recipients
from hengjian.apps.bulletins.models import Dispatch, Edition, EditionEntry, Fact, Item
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period
from hengjian.base.times import start_of_day, to_instant, to_local
from hengjian.documents import Column, Format, Table
from hengjian.policy import Pack


@dataclass(frozen=True, slots=True)
class Went:
    """One item in one carrier. ``issue``: which number of it, as far as it is known; ``to``: who received it."""

    carrier: str
    issue: str
    item: Item
    to: str
    at: datetime
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One issue of the calendar and what has become of it."""

    edition: Edition
    carrier: str
    entries: int
    late: bool


class Carriers:
    """Of one office in one period, as far as the actor may read items and editions."""

    def __init__(self, actor: Actor, installation: Installation, pack: Pack, period: Period) -> None:
        self.actor, self.installation, self.pack, self.period = actor, installation, pack, period
        self.first, self.end = (to_instant(start_of_day(day)) for day in (period.first, period.end))
        self.items = visible_items(actor).filter(installation=installation)
        self._labels = {
            name: {term.key: term.label for term in pack.vocabulary(name)}
            if name in pack.vocabularies
            else {}
            for name in ("series", "outlet", "publication", "tier")
        }

    def went(self, carrier: str = "") -> list[Went]:
        """Newest first; ``carrier``: of that one alone."""
        found = [*self._printed(), *self._adopted(), *self._sent()]
        wanted = [one for one in found if not carrier or one.carrier == carrier]
        return sorted(wanted, key=lambda one: (one.at, one.item.pk), reverse=True)

    def calendar(self) -> list[Slot]:
        """Issues due or printed in the period, in order of their days."""
        editions = queries.visible_editions(self.actor).filter(
            installation=self.installation, due_on__gte=self.period.first, due_on__lt=self.period.end
        )
        today = to_local(self.actor.at).date()
        entries = Counter(
            EditionEntry.objects.filter(edition__in=editions).values_list("edition_id", flat=True)
        )
        open_ones = (Edition.State.PLANNED, Edition.State.COMPOSING)
        return [
            Slot(e, self._series(e), entries[e.pk], e.state in open_ones and e.due_on < today)
            for e in editions.order_by("due_on", "series", "pk")
        ]

    def _series(self, edition: Edition) -> str:
        return self._labels["series"].get(edition.series) or edition.title

    def _printed(self) -> list[Went]:
        """In our own issues."""
        editions = {
            edition.pk: edition
            for edition in queries.visible_editions(self.actor).filter(
                installation=self.installation, state=Edition.State.ISSUED,
                issued_at__gte=self.first, issued_at__lt=self.end,
            )
        }  # fmt: skip
        to = {
            pk: "".join(f"{how}{whom}" for how, whom in recipients(e, self.pack))
            for pk, e in editions.items()
        }
        rows = EditionEntry.objects.filter(edition_id__in=editions, item__in=self.items).select_related(
            "item__unit"
        )
        found = []
        for entry in rows.order_by("edition", "position", "pk"):
            edition = editions[entry.edition_id]
            at = edition.issued_at or self.first
            found.append(Went(self._series(edition), str(edition), entry.item, to[edition.pk], at, edition))
        return found

    def _adopted(self) -> list[Went]:
        """In carriers of others, and in our own that have no issues here: from the facts of adoption."""
        facts = Fact.objects.standing().filter(
            kind="adopt", edition=None, installation=self.installation, item__in=self.items,
            happened_at__gte=self.first, happened_at__lt=self.end,
        )  # fmt: skip
        found = []
        for fact in facts.select_related("item__unit"):
            if fact.item is None:
                continue
            tier = self._labels["tier"].get(fact.value, fact.value)
            kind = self._labels["publication"].get(fact.carrier, "")
            issue = fact.publication if fact.publication not in (kind, tier) else ""
            found.append(
                Went(kind or tier, issue, fact.item, tier if kind and kind != tier else "", fact.happened_at)
            )
        return found

    def _sent(self) -> list[Went]:
        """Reported to the outside."""
        rows = Dispatch.objects.filter(
            installation=self.installation, state=Dispatch.State.SENT, item__in=self.items,
            sent_at__gte=self.first, sent_at__lt=self.end,
        )  # fmt: skip
        return [
            Went(
                "对外报送",
                self._labels["outlet"].get(row.outlet, ""),
                row.item,
                row.recipient,
                row.sent_at or self.first,
            )
            for row in rows.select_related("item__unit")
        ]


def went_table(rows: list[Went]) -> Table:
    """For the workbook: one line an item and carrier."""
    columns = (
        Column("载体", width=4), Column("期号或刊物", width=5), Column("信息编号", width=3), Column("题名", width=8),
        Column("报送单位", width=4), Column("去向", width=6), Column("时间", Format.DATE, width=3),
    )  # fmt: skip
    body = (
        (w.carrier, w.issue, w.item.number, w.item.title, str(w.item.unit), w.to, to_local(w.at).date())
        for w in rows
    )
    return Table(columns, tuple(body))


def calendar_table(slots: list[Slot]) -> Table:
    """The issues of the period: due, printed, what became of the others."""
    columns = (
        Column("载体", width=4), Column("刊期", width=5), Column("应编发", Format.DATE, width=3), Column("状态", width=3),
        Column("印发", Format.DATE, width=3), Column("篇数", Format.INTEGER, width=2), Column("停编理由", width=6),
    )  # fmt: skip
    body = (
        (
            s.carrier, str(s.edition), s.edition.due_on, "逾期未编" if s.late else s.edition.get_state_display(),
            to_local(s.edition.issued_at).date() if s.edition.issued_at else None, s.entries, s.edition.skip_reason,
        )
        for s in slots
    )  # fmt: skip
    return Table(columns, tuple(body))
