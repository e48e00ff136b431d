"""Whether places may be shown at all: what the pack's notices say of the table of units holds on the pages too."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.policy import Pack
from hengjian.policy.clauses.notice import Section


def units_section(pack: Pack) -> Section | None:
    """The table of units in the pack's notices, the shortest period's first."""
    order = ("month", "quarter", "half", "year")
    notices = sorted(pack.clauses_of("notice"), key=lambda n: order.index(n.per) if n.per in order else 9)
    return next((s for n in notices for s in n.sections if s.of == "units" and s.rank_by), None)


def shows_places(pack: Pack) -> bool:
    """Places are shown where a notice shows them, or where the pack has no such table."""
    section = units_section(pack)
    return section is None or section.show == "places"


def why_no_places(pack: Pack) -> str:
    """The words of the option that switched places off, for the page that leaves them out."""
    for reading in pack.readings.values():
        if any(path.endswith(".show") for option in reading.options.values() for path in option.set):
            return f"{reading.id} {pack.option(reading.id).title}"
    return "本制度的通报不排名次。"


@dataclass(frozen=True, slots=True)
class Showing:
    """How a trial tells who moves: by ``places``, by ``bands`` (quarters of the field), or not at all (``none``).

    ``why``: the sentence for leaving places out. ``inside``: places were asked for all the same, for the eyes of those
    who revise the rule; such a paper says so.
    """

    show: str
    why: str = ""
    inside: bool = False


def showing_of(pack: Pack, *, asked: bool = False) -> Showing:
    """What the notices of the pack say holds for trials too, unless places are asked for."""
    section = units_section(pack)
    if section is None or section.show == "places":
        return Showing("places")
    return Showing("places" if asked else section.show, why_no_places(pack), inside=asked)
