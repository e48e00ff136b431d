"""Whose figures one may see: the topmost court all, every other court its own only. One place decides for all doors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from hengjian.apps.cases import withheld
from hengjian.apps.cases.access import case_installations, visible_datasets
from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.access import Actor, Missing, once
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded
from hengjian.apps.statistics.models import (
    Analysis,
    CardVersion,
    Citation,
    Report,
    Suggestion,
    Survey,
    SurveyPart,
)
from hengjian.apps.statistics.place import BELOW, Place, cards_of, pack_cards, place_of_dataset
from hengjian.statistics.cards import Cards
from hengjian.statistics.sealed import Seal, telling
from hengjian.statistics.spans import Span


@dataclass(frozen=True)
class Scene:
    """An actor before the figures of a province. ``whole``: he sits at the court the regulation is installed at."""

    actor: Actor
    place: Place

    @property
    def installation(self) -> Installation:
        return self.place.installation

    @cached_property
    def whole(self) -> bool:
        return self.actor.system != "" or self.installation.unit_id in self.seats

    @cached_property
    def seats(self) -> frozenset[int]:
        """Courts at which the actor may see figures."""
        return seats(self.actor, Right.STATS_READ)

    @cached_property
    def courts(self) -> list[Unit]:
        return [court for court in self.place.courts if self.whole or court.pk in self.seats]

    @cached_property
    def codes(self) -> list[str]:
        """Courts and, for those who see all, courts with those below them."""
        own = {court.code for court in self.courts}
        return [code for code in self.place.groups if code.removesuffix(BELOW) in own and self._may(code)]

    def _may(self, code: str) -> bool:
        return self.whole or not code.endswith(BELOW)

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        return {code: self.place.groups[code] for code in self.codes}

    @cached_property
    def cards(self) -> Cards:
        return cards_of(self.installation)

    @cached_property
    def default_court(self) -> str:
        top = self.installation.unit.code + BELOW
        return top if top in self.codes else next(iter(self.codes), "")

    @cached_property
    def seals(self) -> tuple[Seal, ...]:
        """Of figures kept back until their time that the tables the actor sees would give away."""
        found = withheld.seals(self.actor, self.installation)
        return telling(found, (court.code for court in self.courts))

    def hides(self, court: str, span: Span) -> bool:
        """Whether nothing is counted of the court (with ``+``: and those below) in the span for the actor yet."""
        codes = self.place.groups.get(court, (court,))
        return any(seal.covers(codes, span) for seal in self.seals)

    def manages(self, court: Unit | int | None = None) -> bool:
        """Whether the actor sits in the statistics office of the court (of any)."""
        if self.actor.system:
            return True
        held = seats(self.actor, Right.STATS_MANAGE)
        return bool(held) if court is None else (court if isinstance(court, int) else court.pk) in held

    @cached_property
    def own_court(self) -> Unit | None:
        """The court in whose statistics office the actor sits."""
        held = seats(self.actor, Right.STATS_MANAGE)
        return next((court for court in self.place.courts if court.pk in held), None)


def seats(actor: Actor, right: Right) -> frozenset[int]:
    """The courts of the posts that carry ``right``; a post above does not reach down here."""
    units = {grant.unit_id for grant in actor.grants if right in grant.rights}
    return frozenset(house_of(unit).pk for unit in Unit.objects.filter(pk__in=units))


def scene_of(actor: Actor, dataset: str = "") -> Scene:
    """404 where no case data is governed or the actor may see no figures."""
    found = visible_datasets(actor).order_by("pk") if not actor.system else Dataset.objects.order_by("pk")
    if not actor.system and not seats(actor, Right.STATS_READ):
        raise Missing("您的岗位不看统计数据。")
    row = _dataset(actor, found.filter(name=dataset) if dataset else found)
    return Scene(actor, place_of_dataset(row))


def _dataset(actor: Actor, found: QuerySet[Dataset]) -> Dataset:
    row = found.first() or _above(actor).first()
    if row is None or not pack_cards(loaded(row.installation.pack)).cards:
        raise Missing("您所在的单位没有案件统计。")
    return row


def _above(actor: Actor) -> QuerySet[Dataset]:
    return Dataset.objects.filter(installation__unit__in=_above_units(actor)).select_related(
        "installation__unit"
    )


def _above_units(actor: Actor) -> list[int]:
    if actor.person is None:
        return []
    return list(actor.person.unit.ancestors(include_self=True).values_list("pk", flat=True))


def governed(actor: Actor) -> bool:
    """For the menu."""
    if actor.person is None or not seats(actor, Right.STATS_READ):
        return False
    return _above(actor).exists() or bool(case_installations(actor))


def _installations(actor: Actor) -> list[int]:
    return list(Installation.objects.filter(unit__in=_above_units(actor)).values_list("pk", flat=True))


def _of_courts(actor: Actor, prefix: str = "") -> Q:
    """Objects of courts one sees, and everything for those of the court a regulation is installed at."""
    held = seats(actor, Right.STATS_READ)
    whole = Installation.objects.filter(unit__in=held).values("pk")
    return Q(**{f"{prefix}unit__in": held}) | Q(**{f"{prefix}installation__in": whole})


def visible_cards(actor: Actor) -> QuerySet[CardVersion]:
    """Definitions are one for all: whoever sees figures sees what they mean; drafts only those who make them."""
    if actor.system:
        return CardVersion.objects.all()
    if not seats(actor, Right.STATS_READ):
        return CardVersion.objects.none()
    found = CardVersion.objects.filter(installation__in=_installations(actor))
    if not seats(actor, Right.STATS_MANAGE):
        found = found.filter(state=CardVersion.State.ACTIVE)
    return found.select_related("installation__unit", "author")


def visible_reports(actor: Actor) -> QuerySet[Report]:
    if actor.system:
        return Report.objects.all()
    held = seats(actor, Right.STATS_READ)
    whole = Installation.objects.filter(unit__in=held).values("pk")
    return Report.objects.filter(Q(court__in=held) | Q(dataset__installation__in=whole)).select_related(
        "court", "dataset__installation__unit", "made_by"
    )


def visible_surveys(actor: Actor) -> QuerySet[Survey]:
    """One's own, all of the province for its court, and those one is asked by."""
    if actor.system:
        return Survey.objects.all()
    asked = SurveyPart.objects.filter(court__in=seats(actor, Right.STATS_MANAGE)).values("survey")
    mine = _of_courts(actor)
    found = Survey.objects.filter(mine | (Q(pk__in=asked) & ~Q(state=Survey.State.DRAFT)))
    return found.select_related("installation__unit", "unit", "made_by")


def visible_analyses(actor: Actor) -> QuerySet[Analysis]:
    if actor.system:
        return Analysis.objects.all()
    found = Analysis.objects.filter(_of_courts(actor)).exclude(pk__in=_sealed_analyses(actor))
    return found.select_related("installation__unit", "unit", "made_by")


@once
def _sealed_analyses(actor: Actor) -> list[int]:
    """Whose words or cited numbers tell of a figure kept back from the actor: withheld whole."""
    held: list[int] = []
    for scene in _scenes(actor):
        told = Analysis.objects.filter(_of_courts(actor), installation=scene.installation)
        places = [(pk, court, span) for pk, court, span in told.values_list("pk", "unit__code", "span")]
        cited = Citation.objects.filter(analysis__in=told.order_by().values("pk"))
        places += cited.values_list("analysis", "court", "span")
        held += [pk for pk, court, span in places if scene.hides(court, Span.parse(span))]
    return held


def _scenes(actor: Actor) -> Iterator[Scene]:
    """Where figures are kept back from the actor; seldom any."""
    for dataset in Dataset.objects.filter(installation__unit__in=_above_units(actor)).select_related(
        "installation__unit"
    ):
        if withheld.seals(actor, dataset.installation):
            yield Scene(actor, place_of_dataset(dataset))


def visible_suggestions(actor: Actor) -> QuerySet[Suggestion]:
    if actor.system:
        return Suggestion.objects.all()
    found = Suggestion.objects.filter(_of_courts(actor)).exclude(analysis__in=_sealed_analyses(actor))
    return found.select_related("installation__unit", "unit", "made_by")
