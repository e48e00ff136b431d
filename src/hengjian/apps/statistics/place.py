"""Where the figures of a court come from: its dataset, the courts under the same regulation, the cards in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded
from hengjian.apps.statistics.models import CardVersion
from hengjian.base.errors import HengjianError
from hengjian.casedata.store import Store
from hengjian.policy import Pack
from hengjian.statistics.cards import Cards, load_cards
from hengjian.statistics.model import Card
from hengjian.statistics.tally import Data

BELOW = "+"
"""After a court's code: the court with all courts below it."""
FOLDER, ITEMS = "cards", "case_items"
KIND = "case_kind"
"""The item by which kinds of cases are told apart in tables of the whole."""


@dataclass(frozen=True)
class Place:
    """A dataset with its courts, in the order of the organisation."""

    dataset: Dataset
    courts: tuple[Unit, ...]
    groups: Mapping[str, tuple[str, ...]]

    @property
    def installation(self) -> Installation:
        return self.dataset.installation

    def data(self, version: int | None = None) -> Data:
        """At ``version``, else at the latest; refused while there is no data."""
        number = self.dataset.version if version is None else version
        if not 0 < number <= self.dataset.version:
            raise HengjianError("还没有案件数据。" if not number else f"没有第 {number} 版数据，请核对。")
        return Data(store(), self.dataset.name, number)

    def name(self, code: str) -> str:
        unit = next((u for u in self.courts if u.code == code.removesuffix(BELOW)), None)
        if unit is None:
            return code or "没有法院代字"
        return f"{unit}及所辖法院" if code.endswith(BELOW) else str(unit)


def store() -> Store:
    """For reading only: nothing is made where nothing is."""
    return Store(Path(settings.DATA_DIR) / "store", settings.CASE_CATALOGUE, memory=settings.CASE_MEMORY)


def place_of_dataset(dataset: Dataset) -> Place:
    tree = dataset.installation.unit.descendants(include_self=True)
    courts = tuple(tree.filter(kind=Unit.Kind.COURT))
    children: dict[int, list[Unit]] = {}
    own = {court.pk for court in courts}
    for court in courts:
        above = court.ancestors().filter(kind=Unit.Kind.COURT).values_list("pk", flat=True)
        for pk in set(above) & own:
            children.setdefault(pk, []).append(court)
    groups: dict[str, tuple[str, ...]] = {court.code: (court.code,) for court in courts}
    for court in courts:
        below = children.get(court.pk, [])
        if below:
            groups[court.code + BELOW] = (court.code, *(unit.code for unit in below))
    return Place(dataset, courts, groups)


def place_of_court(code: str) -> Place:
    """By the code of a court (with or without those below); HengjianError when no data is kept of it."""
    return places_of([code])[code]


def places_of(codes: Iterable[str]) -> dict[str, Place]:
    """The place of each code; those of one dataset share theirs."""
    made: dict[int, Place] = {}
    found = {}
    for code in dict.fromkeys(codes):
        dataset = _dataset_over(code)
        place = None if dataset is None else made.get(dataset.pk) or place_of_dataset(dataset)
        if dataset is None or place is None or code not in place.groups:
            raise HengjianError(f"没有“{code}”这个法院的案件数据，请核对法院代字。")
        found[code] = made[dataset.pk] = place
    return found


def _dataset_over(code: str) -> Dataset | None:
    unit = Unit.objects.filter(code=code.removesuffix(BELOW), kind=Unit.Kind.COURT).first()
    if unit is None:
        return None
    above = unit.ancestors(include_self=True).values_list("pk", flat=True)
    found = Dataset.objects.filter(installation__unit__in=list(above)).select_related("installation__unit")
    return found.order_by("pk").first()


def cards_of(installation: Installation) -> Cards:
    """The cards of the pack and every version the office has put in force."""
    pack = loaded(installation.pack)
    own = CardVersion.objects.filter(installation=installation, state=CardVersion.State.ACTIVE)
    return pack_cards(pack).with_versions(row.card() for row in own.order_by("key", "number"))


@lru_cache(maxsize=8)
def pack_cards(pack: Pack) -> Cards:
    """HengjianError with every fault; no cards where the pack has none."""
    folder = pack.folder / FOLDER
    return load_cards(folder, items_of(pack)) if folder.is_dir() else Cards(())


def items_of(pack: Pack) -> dict[str, str]:
    """Key → label of the items of a case."""
    return {row["key"]: row["label"] for row in pack.tables.get(ITEMS, ())}


def card_named(cards: Cards, key: str, version: int) -> Card:
    found = next((card for card in cards.versions(key) if card.version == version), None)
    if found is None:
        raise HengjianError(f"口径“{key}”没有第{version}版，请核对。")
    return found
