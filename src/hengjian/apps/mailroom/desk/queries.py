"""Reads of the page: the tabs, one letter with the departments it may mean, how the mailbox is doing."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from hengjian.apps.mailroom.intake import imap
from hengjian.apps.mailroom.intake.houses import mail_installations
from hengjian.apps.mailroom.intake.judging import example
from hengjian.apps.mailroom.intake.matching import Matcher
from hengjian.apps.mailroom.intake.rules import rules_of
from hengjian.apps.mailroom.models import IncomingMail, Mailbox
from hengjian.apps.mailroom.queries import incoming_mails
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.times import to_local

State = IncomingMail.State
SCOPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "todo": ("待处理", (State.WAITING, State.HELD, State.NEW)),
    "filed": ("已登记", (State.FILED,)),
    "duplicate": ("重复", (State.DUPLICATE,)),
    "aside": ("不需处理", (State.REFUSED, State.ASIDE)),
}
MOST = 100


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: str
    count: int


def in_scope(actor: Actor, scope: str) -> QuerySet[IncomingMail]:
    """Those to do oldest first, the others newest first."""
    found = incoming_mails(actor).filter(state__in=SCOPES[scope][1])
    return found if scope == "todo" else found.order_by("-arrived_at", "-pk")


def tabs(actor: Actor) -> tuple[list[Tab], str]:
    """The tabs, and a mark that changes when anything comes or is decided."""
    rows = incoming_mails(actor).order_by().values_list("state").annotate(Count("pk"), Max("pk"))
    counted = {state: number for state, number, _ in rows}
    mark = "-".join(f"{state[0]}{number}.{last}" for state, number, last in sorted(rows))
    found = [Tab(k, label, sum(counted.get(s, 0) for s in states)) for k, (label, states) in SCOPES.items()]
    return found, mark


def houses(actor: Actor) -> list[Installation]:
    """Installations for which the actor may take mail in."""
    return [one for one in mail_installations(actor.at) if actor.has(Right.MAIL_MANAGE, one.unit_id)]


def takes_mail(actor: Actor) -> bool:
    """Whether any regulation of the actor's houses knows a mail channel."""
    return bool(houses(actor))


def departments(mail: IncomingMail) -> tuple[list[Unit], list[Unit]]:
    """All that existed when the letter came, and the few it may mean."""
    matcher = Matcher(mail.installation.unit, to_local(mail.arrived_at).date())
    return list(matcher.units.values()), matcher.suggest(mail.unit_text or mail.title or mail.subject)


def connection(actor: Actor) -> dict[str, object]:
    """How mail comes in here, for the side of the page."""
    account = imap.account()
    row = Mailbox.objects.filter(name=account.name).first() if account else None
    patterns = [example(rules) for one in houses(actor) if (rules := rules_of(pack_for(one, actor.at)))]
    return {
        "account": account,
        "checked_at": row.checked_at if row else None,
        "folder": settings.MAIL_IN_DIR,
        "pattern": patterns[0] if patterns else "",
        "receipts": settings.MAIL_RECEIPTS,
        "sending": settings.MAIL_OUT,
    }
