"""A court reports its totals of a span: from the data, or as it counted itself. The identities must hold."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.once import known
from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.statistics.models import Report, ReportedFigure
from hengjian.apps.statistics.place import KIND, Place, cards_of, place_of_dataset
from hengjian.apps.statistics.rights import require_office
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.statistics.balance import breaches
from hengjian.statistics.cards import Cards
from hengjian.statistics.spans import Span
from hengjian.statistics.table import held, table


@act("statistics.report.file", "上报统计数据")
def file_report(
    actor: Actor,
    dataset: Dataset,
    court: Unit,
    *,
    span: str,
    values: Mapping[str, Decimal] | None = None,
    cases: Mapping[str, list[str]] | None = None,
    remark: str = "",
    client_key: str,
) -> Report:
    """``values``: what the court counted itself, by card; None takes the table of the latest data, kind by kind.

    ``cases``: the court's own lists, by card. A report that breaks an identity is refused with what breaks it.
    """
    require_office(actor, court)
    wanted = Span.parse(span)
    again = known(Report.objects.filter(dataset=dataset), client_key, court_id=court.pk, span=wanted.text)
    if again is not None:
        log(again, unit=court.pk, repeated=True)
        return again
    if wanted.end > to_local(actor.at).date():
        raise HengjianError(f"{wanted.label}还没有结束，期满后才能上报。")
    place = place_of_dataset(dataset)
    cards = cards_of(place.installation)
    report = Report(
        dataset=dataset, court=court, span=wanted.text, remark=remark.strip()[:300], made_by=actor.person,
        made_at=actor.at, client_key=client_key,
    )  # fmt: skip
    if values is None:
        report.data_version = place.data().version
        rows = _from_data(place, cards, court, wanted)
    else:
        rows = _as_counted(cards, wanted, values, cases or {})
    standing = Report.objects.select_for_update().filter(
        dataset=dataset, court=court, span=wanted.text, replaced_at=None
    )
    replaced = standing.update(replaced_at=actor.at)
    report.save()
    for row in rows:
        row.report = report
    ReportedFigure.objects.bulk_create(rows)
    # the numbers stand in the report, which is never edited; the log is read by people who may not know them yet
    log(report, unit=court.pk, span=wanted.text, figures=len(rows), replaced=replaced)
    return report


def reported_keys(cards: Cards, span: Span) -> list[str]:
    """What a report consists of: the cards the identities tie together."""
    hold = held(cards, span)
    keys = [key for balance in cards.balances for key in (*balance.left, *balance.right)]
    return [key for key in dict.fromkeys(keys) if key in hold.cards]


def _from_data(place: Place, cards: Cards, court: Unit, span: Span) -> list[ReportedFigure]:
    broken = [b for b in breaches(place.data(), cards, [span], KIND) if b.court == court.code]
    if broken:
        raise HengjianError(f"数据不平，不能上报。{broken[0]}")
    hold = held(cards, span)
    found = table(
        place.data(), cards, reported_keys(cards, span), [span], {court.code: (court.code,)}, (KIND,)
    )
    return [
        ReportedFigure(
            card=cell.card, card_version=hold.card(cell.card).version, value=value.top,
            dims=[list(pair) for pair in cell.dims],
        )
        for cell, value in sorted(found.items(), key=lambda pair: (len(pair[0].dims), str(pair[0])))
    ]  # fmt: skip


def _as_counted(
    cards: Cards, span: Span, values: Mapping[str, Decimal], cases: Mapping[str, list[str]]
) -> list[ReportedFigure]:
    keys, hold = reported_keys(cards, span), held(cards, span)
    missing = [hold.card(key).title for key in keys if key not in values]
    if missing:
        raise HengjianError(f"还没有填{'、'.join(missing)}。")
    for balance in cards.balances:
        left, right = (sum(values[key] for key in side) for side in (balance.left, balance.right))
        if left != right:
            raise HengjianError(f"{balance.title}不成立：左边 {left}，右边 {right}，请核对后再报。")
    for key, listed in cases.items():
        if key not in keys:
            raise HengjianError(f"清单里的“{key}”不是上报的口径，请改正。")
        if len(set(listed)) != len(listed):
            raise HengjianError(f"{hold.card(key).title}的清单里有重复的案件，请删去。")
        if len(listed) != values[key]:
            raise HengjianError(
                f"{hold.card(key).title}报 {values[key]} 件，清单有 {len(listed)} 件，请核对。"
            )
    return [
        ReportedFigure(card=key, card_version=hold.card(key).version, value=values[key], cases=cases.get(key))
        for key in keys
    ]
