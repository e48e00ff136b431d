"""Reads of the desk. What an actor may see is decided here and in ``bulletins.queries``, nowhere else."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from hengjian.apps.bulletins.carrying import grades_of
from hengjian.apps.bulletins.desk.permit import attr_list, open_outlets
from hengjian.apps.bulletins.models import (
    Edition,
    EditionEntry,
    Fact,
    FaultCase,
    IntranetPost,
    Item,
    Revision,
)
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for


def installations_of(actor: Actor, *rights: Right) -> QuerySet[Installation]:
    """Installations in whose unit the actor holds one of ``rights``."""
    units: set[int] = set()
    for right in rights:
        units |= actor.units(right)
    return (
        Installation.objects.filter(unit_id__in=units)
        .select_related("unit")
        .order_by("unit__position", "pack")
    )


def home_installations(actor: Actor) -> QuerySet[Installation]:
    """Installations that govern a unit in which the actor holds any post."""
    units = {unit for grant in actor.grants for unit in grant.unit_ids}
    seats = {grant.unit_id for grant in actor.grants} | ({actor.person.unit_id} if actor.person else set())
    units.update(*(actor.tree.above(seat) for seat in seats))
    return Installation.objects.filter(unit_id__in=units).select_related("unit")


def visible_editions(actor: Actor) -> QuerySet[Edition]:
    """All for those who make or may read them; for the court's other people what is issued in an open outlet."""
    editions = Edition.objects.select_related("installation__unit")
    made, read = actor.units(Right.EDITION_MANAGE), actor.units(Right.ITEM_READ_RESTRICTED)
    whole, issued = [], []  # what the actor reaches, by number: no join for the rights
    public = Q(pk__in=[])
    for home in home_installations(actor):
        if home.unit_id in made:
            whole.append(home.pk)
        elif home.unit_id in read:
            issued.append(home.pk)
        else:
            outlets = open_outlets(pack_for(home, actor.at))
            public |= Q(installation=home, state=Edition.State.ISSUED, outlet__in=outlets)
    full = Q(installation__in=whole) | Q(installation__in=issued, state=Edition.State.ISSUED)
    return editions.filter(full | public)


def visible_posts(actor: Actor) -> QuerySet[IntranetPost]:
    """The intranet column of the actor's court. The outlet is checked again here: a second lock on the same door."""
    allowed = Q(pk__in=[])
    for installation in home_installations(actor):
        pack = pack_for(installation, actor.at)
        outlets = open_outlets(pack)
        usual = [t.key for t in pack.vocabulary("category") if t.attrs.get("outlet") in outlets]
        allowed |= Q(installation=installation) & (Q(outlet__in=outlets) | Q(outlet="", category__in=usual))
    items = Item.objects.filter(
        allowed, pk=OuterRef("item_id")
    )  # asked row by row: joined, all posts would be sorted whole
    return IntranetPost.objects.filter(Exists(items), taken_down_at=None).prefetch_related(
        "item__unit", "revision"
    )


def candidates(edition: Edition, at: datetime) -> QuerySet[Item]:
    """Received items this edition may take, not yet printed in an edition of the same series."""
    pack = pack_for(edition.installation, at)
    series = next((t for t in pack.vocabulary("series") if t.key == edition.series), None)
    categories = (
        list(attr_list(series, "categories")) if series else [t.key for t in pack.vocabulary("category")]
    )
    usual = [t.key for t in pack.vocabulary("category") if t.attrs.get("outlet") == edition.outlet]
    grades = grades_of(pack, edition.outlet)
    printed = EditionEntry.objects.filter(item=OuterRef("pk"), edition__series=edition.series)
    return (
        Item.objects.filter(
            Q(outlet=edition.outlet) | Q(outlet="", category__in=usual),
            installation=edition.installation,
            state=Item.State.RECEIVED,
            category__in=categories,
            grade__in=grades,
        )
        .exclude(Exists(printed))
        .select_related("unit")
        .order_by("-received_at", "-id")
    )


def visible_faults(actor: Actor) -> QuerySet[FaultCase]:
    """The desk's and leaders' view of all; a department sees its own."""
    wide = (
        actor.units(Right.FAULT_PROPOSE)
        | actor.units(Right.FAULT_DECIDE)
        | actor.units(Right.POINTS_READ_ALL)
    )
    # by number: joined, all cases would be sorted whole
    places = list(Installation.objects.filter(unit_id__in=wide).values_list("pk", flat=True)) if wide else []
    return FaultCase.objects.filter(
        Q(installation__in=places) | Q(unit_id__in=actor.units(Right.ITEM_READ_UNIT))
    ).select_related("installation", "item", "unit", "proposed_by", "decided_by", "revision__made_by")


def recorded_facts(actor: Actor) -> QuerySet[Fact]:
    """What the actor's office recorded and may take back."""
    found = Fact.objects.filter(installation__unit_id__in=actor.units(Right.FACT_RECORD), withdraws=None)
    return found.select_related("installation")


def standing_facts(item: Item, *kinds: str) -> QuerySet[Fact]:
    return (
        Fact.objects.standing()
        .filter(item=item, kind__in=kinds)
        .select_related("recorded_by", "evidence", "edition")
        .order_by("happened_at", "id")
    )


def introduced_in(item: Item, wrong: str) -> Revision | None:
    """The revision that brought in a passage: the first of the unbroken run of revisions up to the last that has it."""
    wanted = wrong.strip()
    if not wanted:
        return None
    found: Revision | None = None
    for revision in item.revisions.select_related("made_by", "made_by_unit").order_by("n"):
        if wanted in revision.title or wanted in revision.body:
            found = found or revision
        else:
            found = None
    return found
