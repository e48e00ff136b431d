from __future__ import annotations

from django.db.models import Count, QuerySet

from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right


def managed_mails(actor: Actor) -> QuerySet[OutgoingMail]:
    """Mails to people of the units whose mail the actor keeps."""
    units = actor.units(Right.MAIL_MANAGE)
    return OutgoingMail.objects.filter(person__unit__in=units).select_related("person__unit")


def own_mails(actor: Actor) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(person=actor.person) if actor.person else OutgoingMail.objects.none()


def numbers_of(mails: QuerySet[OutgoingMail]) -> dict[str, int]:
    """How many in each state."""
    counted = mails.order_by().values_list("state").annotate(Count("pk"))
    return dict(counted)
