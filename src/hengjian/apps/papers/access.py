"""Who sees which documents: those of whole courts reached, and of the own department. Pages and API ask here."""

from __future__ import annotations

from pathlib import Path

from django.db.models import Q, QuerySet

from hengjian.apps.cases.access import reach, visible_courts, visible_datasets, whole_courts
from hengjian.apps.cases.models import Correction, Dataset
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.papers.models import Batch, Paper


def _own(actor: Actor) -> Q:
    return Q(dataset__in=visible_datasets(actor)) & (
        Q(court__in=whole_courts(actor)) | Q(department__in=reach(actor))
    )


def visible_papers(actor: Actor) -> QuerySet[Paper]:
    rows = Paper.objects.select_related("dataset__installation__unit", "court", "department", "correction")
    return rows if actor.system else rows.filter(_own(actor))


def visible_batches(actor: Actor) -> QuerySet[Batch]:
    rows = Batch.objects.select_related("dataset__installation__unit", "court", "department", "made_by")
    return rows if actor.system else rows.filter(_own(actor))


def places(actor: Actor, dataset: Dataset) -> QuerySet[Unit]:
    """Courts, else departments, for which the actor may hand in documents."""
    reached = actor.units(Right.CASE_CORRECT)
    courts = [court.pk for court in visible_courts(actor, dataset) if court.pk in reached]
    below: QuerySet[Unit] = dataset.installation.unit.descendants(include_self=True)
    return below.filter(pk__in=courts or reached)


def unmasked(actor: Actor, paper: Paper) -> bool:
    """The text of a document is full of names: without this right it is not shown at all."""
    return actor.has(Right.CASE_READ_PERSONAL, paper.department_id or paper.court_id)


def in_state(rows: QuerySet[Paper], state: str) -> QuerySet[Paper]:
    """A document whose correction came back waits to be decided like an open one."""
    S = Paper.State
    came_back = Q(state=S.DONE, correction__state=Correction.State.RETURNED)
    if state == S.OPEN:
        return rows.filter(Q(state=S.OPEN) | came_back)
    return rows.filter(state=state).exclude(came_back)


def veiled(actor: Actor, paper: Paper) -> Paper:
    """For showing only, never saved: people name files after parties, so without the right a file goes by its number."""
    if not unmasked(actor, paper):
        given, paper.name = paper.name, f"文书 {paper.pk}{Path(paper.name).suffix.lower()[:8]}"
        paper.error = paper.error.replace(given, paper.name)
    return paper
