from __future__ import annotations

from django.db.models import Q, QuerySet

from hengjian.apps.mailroom.models import IncomingMail, OutgoingMail
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Person
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.paging import capped_counts


def managed_mails(actor: Actor) -> QuerySet[OutgoingMail]:
    """Mails to people of the units whose mail the actor keeps, and answers those units gave."""
    units = actor.units(Right.MAIL_MANAGE)
    theirs = Person.objects.filter(unit__in=units).values(
        "pk"
    )  # no join: the mails are read in their own order
    owned = Q(person__in=theirs) | Q(person=None, unit__in=units)
    if units and len(units) == len(actor.tree.parents):  # every unit: nobody need be looked up
        owned = ~Q(person=None) | ~Q(unit=None)
    return OutgoingMail.objects.filter(owned).prefetch_related("person__unit", "unit")


def own_mails(actor: Actor) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(person=actor.person) if actor.person else OutgoingMail.objects.none()


def numbers_of(mails: QuerySet[OutgoingMail]) -> dict[str, int]:
    """How many in each state, counted no further than one past the cap of lists."""
    kinds = mails.prefetch_related(None)
    return capped_counts({state: kinds.filter(state=state) for state in OutgoingMail.State.values})


def incoming_mails(actor: Actor) -> QuerySet[IncomingMail]:
    """What came in for the houses whose mail the actor keeps."""
    found = IncomingMail.objects.all()
    if not actor.system:
        found = found.filter(installation__unit__in=actor.units(Right.MAIL_MANAGE))
    return found.select_related("installation__unit", "unit", "item", "original", "decided_by")


def to_place(actor: Actor) -> int:
    """For the menu and the inbox: letters that wait for a person."""
    waiting = (IncomingMail.State.WAITING, IncomingMail.State.HELD)
    return incoming_mails(actor).filter(state__in=waiting).count()
