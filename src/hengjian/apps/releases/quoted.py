"""Where a published figure is quoted in words: notices of indicators, quality reports, inspections, analyses, suggestions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from hengjian.apps.org.access import Actor, once
from hengjian.apps.releases.checking import lexicon, place_of
from hengjian.apps.releases.models import Figure
from hengjian.apps.releases.papers import Paper, papers
from hengjian.apps.releases.queries import visible_figures
from hengjian.apps.releases.uses import Use
from hengjian.figures.judging import earlier
from hengjian.figures.numbers import Role
from hengjian.figures.reading import Mention, Reader
from hengjian.figures.register import Place


def uses(actor: Actor, figure: Figure) -> Iterable[Use]:
    """Each text once that says a number of this concept, court, period and dimensions, or a change to it or from it."""
    found = _said(actor).get(place_of(figure), ())
    return [Use(paper.kind, paper.title, paper.url) for paper in dict.fromkeys(found)]


@once
def _said(actor: Actor) -> Mapping[Place, list[Paper]]:
    """Every text is read once, however many figures are asked for."""
    figures = list(visible_figures(actor))
    readers: dict[tuple[int, int | None], Reader] = {}
    found: dict[Place, list[Paper]] = defaultdict(list)
    for paper in papers(actor) if figures else ():
        key = paper.court.pk, paper.year
        if key not in readers:
            readers[key] = Reader(lexicon(actor, figures, paper.court), paper.court.code, paper.year)
        for mention in readers[key].read(paper.text):
            for place in _places(mention):
                found[place].append(paper)
    return found


def _places(mention: Mention) -> list[Place]:
    if mention.place is None:  # rather one text too many to look at than one too few
        return [mention.perhaps] if mention.perhaps else []
    if mention.number.role is not Role.CHANGE:
        return [mention.place]
    base = earlier(mention.number, mention.place)
    return [mention.place, *([base] if base else [])]
