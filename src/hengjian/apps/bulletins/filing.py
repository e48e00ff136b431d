"""The moment of filing: number, receipt, the fact that stops the clocks; and its reversal."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.bulletins import boxes, facts, flows, notify, rounds
from hengjian.apps.bulletins.models import Fact, Item, ReviewStep, Revision
from hengjian.apps.bulletins.numbering import item_number
from hengjian.apps.bulletins.people import holders
from hengjian.apps.org.access import Actor
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow

SUBMIT = "submit"
# what a department or the office may take back itself; anything else was decided by others
OWN_FACTS = (SUBMIT, "report")


def file(
    actor: Actor,
    item: Item,
    pack: Pack,
    flow: Flow,
    revision: Revision | None,
    *,
    arrived_at: datetime | None = None,
    label: str = "签收",
) -> None:
    """Number the item (once in its life), give the receipt, lay it before the office. The caller saves the item.

    ``arrived_at``: when it reached the office, if that was before it is registered now.
    """
    filed_at = arrived_at or actor.at
    if not item.number:
        item.number = item_number(item.installation, to_local(actor.at).year)
    item.filed_at = filed_at
    fact = facts.record_fact(
        actor,
        installation=item.installation,
        kind=SUBMIT,
        item=item,
        unit=item.unit,
        happened_at=filed_at,
        revision=revision,
        client_key=f"submit-{item.pk}-{item.version}",
    )
    boxes.deliver(actor, item, pack, fact, revision)
    if not flow.report_first:
        rounds.present(actor, item, pack, flow, revision)
    rounds.append(actor, item, revision, flows.OFFICE, label, "editor", "office_head")
    notify.tell(
        holders(["editor"], item.unit, actor.at),
        f"filed:{item.pk}:{item.version}",
        f"新报送：{notify.name_for_mail(item, pack)}",
        f"{item.unit}报送了一条信息，编号 {item.number}。{notify.link(item)}",
        actor.at,
    )


def standing_submit(item: Item) -> Fact | None:
    return Fact.objects.standing().filter(item=item, kind=SUBMIT).first()


def take_back(actor: Actor, item: Item, *, reason: str, cause: str) -> None:
    """Withdraw the submit fact, close what waited for the office. Refused once others built on the item."""
    later = Fact.objects.standing().filter(item=item).exclude(kind__in=OWN_FACTS).first()
    if later is not None or item.entries.exists():
        raise HengjianError("这条信息已经编入刊物或登记了采用、批示、差错，请先撤销那些登记。")
    fact = standing_submit(item)
    if fact is not None:
        facts.withdraw_fact(actor, fact, reason=reason, cause=cause)
    item.received_at = None


def office_step(item: Item) -> ReviewStep | None:
    """The office's step of the latest round, decided or not."""
    found = [s for s in rounds.current(item) if s.key == flows.OFFICE and s.state != ReviewStep.State.VOID]
    return found[-1] if found else None
