"""The register of who masters the systems his post needs: a row a person, a column a system."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.apps.desk.models import RequiredSystem, Skill
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.models import Person, Unit


@dataclass(frozen=True, slots=True)
class Board:
    """``rows``: person and, each of ``systems`` with the latest entry or None."""

    unit: Unit
    systems: tuple[str, ...]
    rows: tuple[tuple[Person, tuple[tuple[str, Skill | None], ...]], ...]

    @property
    def needed(self) -> int:
        return len(self.rows) * len(self.systems)

    @property
    def there(self) -> int:
        return sum(skill is not None for _, found in self.rows for _, skill in found)

    @property
    def missing(self) -> int:
        return self.needed - self.there


def board(scene: Scene, unit: Unit) -> Board:
    required = RequiredSystem.objects.filter(installation=scene.installation, unit=unit, ended_at=None)
    systems = tuple(required.values_list("system", flat=True))
    people = list(Person.objects.filter(unit=unit, active=True).order_by("pk"))
    latest: dict[tuple[int, str], Skill] = {}
    found = Skill.objects.filter(installation=scene.installation, person__in=people, withdrawn_at=None)
    for skill in found.order_by("happened_on", "pk"):
        latest[skill.person_id, skill.system] = skill
    rows = tuple((p, tuple((name, latest.get((p.pk, name))) for name in systems)) for p in people)
    return Board(unit, systems, rows)
