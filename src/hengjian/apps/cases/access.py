"""Who sees which cases and findings, by court, department and right. Lists, pages, exports, counts and API ask here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hengjian.apps.cases.models import (
    Bundle,
    Correction,
    Dataset,
    Draw,
    Finding,
    Report,
    Run,
    Sending,
    Ticket,
    Upload,
)
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import installations_of, loaded


def reach(actor: Actor) -> frozenset[int]:
    """Units whose cases the actor may see."""
    return actor.units(Right.CASE_READ)


def whole_courts(actor: Actor) -> frozenset[int]:
    """Courts the actor sees entirely: he reaches the court itself, not only one of its departments."""
    seen = reach(actor)
    courts = Unit.objects.filter(pk__in=seen, kind=Unit.Kind.COURT).values_list("pk", flat=True)
    return frozenset(courts)


def visible_datasets(actor: Actor) -> QuerySet[Dataset]:
    if actor.system:
        return Dataset.objects.all()
    if actor.person is None or not reach(actor):
        return Dataset.objects.none()
    above = actor.person.unit.ancestors(include_self=True).values_list("pk", flat=True)
    return Dataset.objects.filter(installation__unit__in=list(above)).select_related("installation__unit")


def case_installations(actor: Actor) -> list[Installation]:
    """Regulations over the actor that list the items of a case, whether data has come in yet or not."""
    if actor.person is None or not reach(actor):
        return []
    above = actor.tree.above(actor.person.unit_id)
    found = sorted((i for i in installations_of(actor) if i.unit_id in above), key=lambda i: i.pk)
    return [i for i in found if "case_items" in loaded(i.pack).tables]


def visible_findings(actor: Actor) -> QuerySet[Finding]:
    """Of whole courts everything; of a department what it has to correct."""
    if actor.system:
        return Finding.objects.all()
    wanted = Q(court__in=whole_courts(actor)) | Q(department__in=reach(actor))
    return Finding.objects.filter(wanted, dataset__in=visible_datasets(actor))


def visible_corrections(actor: Actor) -> QuerySet[Correction]:
    if actor.system:
        return Correction.objects.all()
    wanted = Q(court__in=whole_courts(actor)) | Q(department__in=reach(actor))
    return Correction.objects.filter(wanted, dataset__in=visible_datasets(actor))


def visible_uploads(actor: Actor) -> QuerySet[Upload]:
    if actor.system:
        return Upload.objects.all()
    return Upload.objects.filter(court__in=whole_courts(actor), dataset__in=visible_datasets(actor))


def own_sendings(actor: Actor) -> QuerySet[Sending]:
    """Files in parts: whoever sends one, nobody else."""
    return Sending.objects.filter(person=actor.person) if actor.person else Sending.objects.none()


def visible_bundles(actor: Actor) -> QuerySet[Bundle]:
    if actor.system:
        return Bundle.objects.all()
    return Bundle.objects.filter(court__in=whole_courts(actor), dataset__in=visible_datasets(actor))


def visible_tickets(actor: Actor) -> QuerySet[Ticket]:
    if actor.system:
        return Ticket.objects.all()
    return Ticket.objects.filter(Q(court__in=reach(actor)) | Q(holder__in=reach(actor)))


def visible_runs(actor: Actor) -> QuerySet[Run]:
    return Run.objects.filter(dataset__in=visible_datasets(actor))


def visible_draws(actor: Actor) -> QuerySet[Draw]:
    return Draw.objects.filter(dataset__in=visible_datasets(actor))


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """Issued ones everybody who reads cases; before, whoever reports for a court or leads the issuing one."""
    if actor.system:
        return Report.objects.all()
    found = Report.objects.filter(dataset__in=visible_datasets(actor))
    if actor.has(Right.CASE_REPORT):
        return found
    public = Q(state__in=[Report.State.ISSUED, Report.State.SUPERSEDED])
    return found.filter(public | Q(dataset__installation__unit__in=whole_courts(actor)))


def visible_courts(actor: Actor, dataset: Dataset) -> list[Unit]:
    """Courts of the dataset whose cases the actor sees, in the order of the organisation."""
    below = dataset.installation.unit.descendants(include_self=True).filter(kind=Unit.Kind.COURT)
    courts = below if actor.system else below.filter(pk__in=whole_courts(actor))
    return list(courts.order_by("position", "pk"))


def from_above(actor: Actor, court: Unit) -> bool:
    """Whether the actor holds the right to judge by a seat of a court above; the topmost court judges itself."""
    if actor.system:
        return True
    own = house_of(court)
    top = not own.ancestors().filter(kind=Unit.Kind.COURT).exists()
    for grant in actor.grants:
        if Right.CASE_JUDGE not in grant.rights or court.pk not in grant.unit_ids:
            continue
        if top or house_of(Unit.objects.get(pk=grant.unit_id)).pk != own.pk:
            return True
    return False
