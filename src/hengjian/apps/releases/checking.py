"""A text against the register, as the one who asks may know it: the words of the register, the courts, the figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from hengjian.apps.bulletins.models import Grade
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import HOUSES
from hengjian.apps.releases.models import Figure, FigureNote
from hengjian.apps.releases.queries import before_time, current_figures, visible_figures
from hengjian.apps.releases.sources import concepts_known
from hengjian.base.times import to_local
from hengjian.figures.judging import Finding, check
from hengjian.figures.names import own_names, whole_names
from hengjian.figures.reading import Reader
from hengjian.figures.register import Entry, Place, Register
from hengjian.figures.words import Concept, Court, Lexicon

BELOW = "+"
LONGEST = 200_000


@dataclass(frozen=True)
class Checked:
    """A text with what was found in it."""

    text: str
    findings: list[Finding]


def check_text(actor: Actor, text: str, *, court: Unit | None = None, year: int | None = None) -> Checked:
    """``court``: whose text it is, where it names none; ``year``: what 今年 means (the year of now)."""
    shown = text[:LONGEST]
    figures = list(_figures(actor))
    reader = Reader(lexicon(actor, figures, court), _code(court), year or to_local(actor.at).year)
    return Checked(shown, check(shown, reader, _register(actor, figures)))


def _figures(actor: Actor) -> list[Figure]:
    notes = Prefetch("notes", FigureNote.objects.order_by("made_at"))
    return list(current_figures(actor).select_related("release").prefetch_related(notes))


def _code(court: Unit | None) -> str:
    return court.code if court else ""


def _register(actor: Actor, figures: list[Figure]) -> Register:
    older: dict[str, list[Figure]] = defaultdict(list)
    replaced = visible_figures(actor).filter(key_digest__in={f.key_digest for f in figures if f.revision > 1})
    for row in replaced.order_by("-revision"):
        older[row.key_digest].append(row)
    entries = []
    for figure in figures:
        before = [f for f in older[figure.key_digest] if f.revision < figure.revision]
        entries.append(
            Entry(
                id=figure.pk,
                place=place_of(figure),
                value=figure.value,
                measure=figure.measure,
                written=figure.written,
                release=figure.release.title,
                secret=before_time(figure.release, actor.at),
                inside=figure.release.grade != Grade.PUBLIC,
                older=tuple((f.written, f.value) for f in before),
                notes=tuple(note.text for note in figure.notes.all()),
            )
        )
    return Register.of(_open_first(entries))


def _open_first(entries: list[Entry]) -> list[Entry]:
    """Of a figure and its restatement before its time the open one is what may be quoted."""
    return sorted(entries, key=lambda entry: not entry.secret)


def place_of(figure: Figure) -> Place:
    dims = tuple(sorted((str(name), str(value)) for name, value in figure.dims.items()))
    return Place(figure.concept, figure.court.code + (BELOW if figure.whole else ""), figure.span, dims)


def lexicon(actor: Actor, figures: list[Figure], court: Unit | None) -> Lexicon:
    """Concepts of the register and of the definition cards; courts; dimensions that figures are broken down by."""
    names: dict[str, list[str]] = defaultdict(list)
    measures: dict[str, str] = {}
    for figure in figures:
        names[figure.concept] += [figure.name, *figure.aliases.replace("、", "，").split("，")]
        measures.setdefault(figure.concept, figure.measure)
    for known in concepts_known(actor):
        names[known.key] += known.names
        measures[known.key] = measures.get(known.key) or known.measure
    concepts = tuple(
        Concept(key, tuple(dict.fromkeys(n.strip() for n in found if n.strip())), measures[key])
        for key, found in names.items()
    )
    dims = {str(value): str(name) for figure in figures for name, value in figure.dims.items()}
    return Lexicon(concepts, _courts(), dims, own=_code(court))


def _courts() -> tuple[Court, ...]:
    houses = Unit.objects.filter(kind__in=HOUSES).prefetch_related("aliases")
    found = []
    for unit in houses:
        own = (*own_names(unit.name, unit.short_name), *(alias.text for alias in unit.aliases.all()))
        found.append(Court(unit.code, own, whole_names(unit.name, top=unit.parent_id is None)))
    return tuple(found)
