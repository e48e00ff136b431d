"""Figures out of the statistics: taken into a release with their card and data version, and looked at again later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from hengjian.apps.audit.acting import act
from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.access import Actor, deny
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.releases.acts.doubts import Change, find
from hengjian.apps.releases.desk import seated
from hengjian.apps.releases.lines import Line
from hengjian.apps.releases.models import DataCheck, Doubt, Figure
from hengjian.apps.releases.queries import standing_figures
from hengjian.apps.releases.sources import Known, items_of
from hengjian.apps.statistics import figures as statistics
from hengjian.apps.statistics.place import BELOW, card_named, cards_of
from hengjian.base.errors import HengjianError
from hengjian.figures.spans import Span
from hengjian.statistics.cards import Cards
from hengjian.statistics.model import Card


def cards_on(installation: Installation, day: date) -> dict[str, Card]:
    return cards_of(installation).on(day)


def known(installation: Installation) -> Iterable[Known]:
    """The concepts of the cards, for the number checker and for names typed in."""
    titles: dict[str, Known] = {}
    for card in cards_of(installation).cards:
        one = titles.setdefault(card.key, Known(card.key, [], card.unit))
        one.names.append(card.title)
    return titles.values()


def data_kept(installation: Installation) -> Dataset | None:
    return Dataset.objects.filter(installation=installation, version__gt=0).order_by("pk").first()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One figure to compute. ``whole``: with the courts below."""

    court: Unit
    card: str
    span: Span
    whole: bool = False
    dims: Mapping[str, str] = field(default_factory=dict)


def line_from_data(
    installation: Installation, court: Unit, *, card: str, span: Span, whole: bool, dims: dict[str, str]
) -> Line:
    """One figure as the data give it now."""
    return lines_from_data(installation, [Wanted(court, card, span, whole, dims)])[0]


def lines_from_data(installation: Installation, wanted: Sequence[Wanted]) -> list[Line]:
    """As the data give them now, in one pass; refused while a table they belong to does not add up."""
    items = items_of(installation)
    made = statistics.figures(
        (
            one.card,
            one.court.code + (BELOW if one.whole else ""),
            str(one.span),
            {items.get(name, name): value for name, value in one.dims.items()},
        )
        for one in wanted
    )
    empty = next((one for one, figure in zip(wanted, made, strict=True) if figure.value is None), None)
    if empty is not None:
        raise HengjianError(f"{empty.court}{empty.span.label}的分母为零，没有这个数，不能发布。")
    if statistics.faults(made):
        raise HengjianError("这一期的收结存对不上，先在统计里查明差在哪些案件，再发布。")
    cards = cards_of(installation)
    return [_line(one, figure, cards) for one, figure in zip(wanted, made, strict=True)]


def _line(wanted: Wanted, made: statistics.Figure, cards: Cards) -> Line:
    held = card_named(cards, made.card_key, made.card_version)
    return Line(
        concept=made.card_key,
        name=held.title,
        court=wanted.court,
        whole=wanted.whole,
        span=wanted.span,
        written=f"{made.value:f}",
        measure=made.unit,
        definition=held.note,
        dims=dict(made.dims),
        card_version=str(made.card_version),
        data_version=str(made.data_version),
        source=f"案件数据第{made.data_version}版，按口径卡计算",
    )


def again(figure: Figure) -> statistics.Figure | None:
    """A frozen figure as the statistics know it; None for one that was typed in."""
    if not (figure.data_version.isdigit() and figure.card_version.isdigit()):
        return None
    return statistics.Figure(
        value=figure.value,
        unit=figure.measure,
        card_key=figure.concept,
        card_version=int(figure.card_version),
        data_version=int(figure.data_version),
        court_code=figure.court.code + (BELOW if figure.whole else ""),
        period=str(figure.span),
        dims=statistics.pairs(figure.dims),
    )


def changes(installation: Installation, to_version: int) -> list[Change]:
    """Published figures that come out otherwise at ``to_version``."""
    standing = standing_figures(installation.pk).select_related("court")
    by_figure = {one: figure for figure in standing if (one := again(figure)) is not None}
    found: list[tuple[statistics.Figure, Decimal | None, Decimal | None]] = statistics.changed(
        by_figure, to_version
    )
    return [Change(by_figure[one], new) for one, _, new in found]


@act("releases.data.recheck", "按新的数据核对已发布的数")
def recheck(actor: Actor, installation: Installation) -> list[Doubt]:
    """Look at everything published again, at the latest version of the data."""
    if not actor.system and not seated(actor):
        deny(Right.RELEASE_PREPARE)
    dataset = data_kept(installation)
    if dataset is None:
        raise HengjianError("还没有案件数据，不用核对。")
    found = find(
        actor, installation, to_version=str(dataset.version),
        changes=changes(installation, dataset.version), reason=f"案件数据第{dataset.version}版",
    )  # fmt: skip
    DataCheck.objects.update_or_create(
        installation=installation, defaults={"version": dataset.version, "at": actor.at}
    )
    return found


def behind(installation: Installation) -> bool:
    """Whether the data went on since published figures were looked at."""
    dataset = data_kept(installation)
    if dataset is None:
        return False
    done = DataCheck.objects.filter(installation=installation).first()
    return done is None or done.version < dataset.version
