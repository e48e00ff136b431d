"""A trial as a document to hand round: what was changed, who gains and loses, the pictures, the cliffs."""

from __future__ import annotations

from datetime import date

from hengjian.apps.points.pictures import edges, gains
from hengjian.apps.points.standing import Showing
from hengjian.apps.points.whatif import Change, Outcome
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.documents import (
    Block,
    Column,
    Format,
    Heading,
    Kind,
    ListBlock,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from hengjian.documents.charts.draw import chart_figure

MOST_CLIFFS = 60


def outcome_table(outcome: Outcome, word: str, showing: Showing) -> Table:
    """Every unit: before, after, difference; both places or quarters of the field where they may be told."""
    columns = [
        Column("单位", width=4),
        Column(f"现行{word}", Format.DECIMAL, width=1.6),
        Column(f"试算{word}", Format.DECIMAL, width=1.6),
        Column("得失", Format.DECIMAL, width=1.4),
    ]
    if showing.show == "places":
        columns += [Column(f"{when}名次", Format.INTEGER, width=1.5) for when in ("现行", "试算")]
    if showing.show == "bands":
        columns += [Column(f"{when}区间", width=2.2) for when in ("现行", "试算")]
    changes = outcome.changes if showing.show == "places" else outcome.in_own_order
    rows = ((c.unit.name, c.before, c.after, c.gain, *_standing(outcome, c, showing)) for c in changes)
    return Table(tuple(columns), tuple(rows), notes=remarks(showing))


def _standing(outcome: Outcome, change: Change, showing: Showing) -> tuple[str | int | None, ...]:
    if showing.show == "bands":
        return outcome.bands(change)
    return (change.place_before, change.place_after) if showing.show == "places" else ()


def remarks(showing: Showing) -> tuple[str, ...]:
    """Why places are left out; or that they are for the eyes of those who revise the rule."""
    if showing.inside:
        return (f"名次变化只供修订规则时内部测算，不得印发、通报。本制度不排名次：{showing.why}",)
    return (f"不排名次：{showing.why}",) if showing.why else ()


def _moves(outcome: Outcome, showing: Showing) -> str:
    if showing.show == "places":
        return f"，{outcome.moved}个名次变动"
    return f"，{outcome.crossed}个换了区间" if showing.show == "bands" else ""


def cliff_table(outcome: Outcome) -> Table:
    """Unit-periods that change sides at the edge."""
    columns = (
        Column("单位", width=4),
        Column("期间", width=2.4),
        Column("现行 计入／应达", width=2.2),
        Column("试算 计入／应达", width=2.2),
        Column("结果", width=2),
    )
    rows = (
        (
            c.unit.name,
            Period.parse(c.period).label,
            _of(c.before),
            _of(c.after),
            "改为达到" if c.gained else "改为未达到",
        )
        for c in outcome.cliffs[:MOST_CLIFFS]
    )
    left = len(outcome.cliffs) - MOST_CLIFFS
    notes = (f"另有 {left} 项，见 Excel。",) if left > 0 else ()
    return Table(columns, tuple(rows), notes=notes)


def _of(counted: tuple[object, object] | None) -> str:
    if counted is None:
        return "未规定"
    have, need = counted
    return f"{plain(have)}／{plain(need)}"  # type: ignore[arg-type]


def report_of(
    outcome: Outcome, changed: list[str], house: str, word: str, day: date, showing: Showing
) -> OfficialDocument:
    """HengjianError never: an empty draft gives a report that says so."""
    first, last = Period.parse(outcome.periods[0]).label, Period.parse(outcome.periods[-1]).label
    span = first if first == last else f"{first}至{last}"
    blocks: list[Block] = [
        Paragraph(f"以{span}已有的事实，按下列改动重新计分。试算不改变台账和已经印发的通报。"),
        Heading(1, "改动"),
        ListBlock(tuple(f"{text}。" for text in changed), ordered=True)
        if changed
        else Paragraph("没有改动。"),
        Heading(1, "结果"),
        Paragraph(
            f"{len(outcome.winners)}个单位得分增加，{len(outcome.losers)}个减少{_moves(outcome, showing)}；"
            f"合计由{plain(outcome.before)}{word}变为{plain(outcome.after)}{word}。"
        ),
    ]
    if outcome.winners or outcome.losers:
        blocks.append(chart_figure(gains(outcome, word), caption="各单位得失"))
    if outcome.edges:
        blocks += [
            Heading(1, "定额的边缘"),
            Paragraph("差一条与达到，得分相差一整个基准分；下图列出站在边缘的单位期数。"),
        ]
        blocks.append(chart_figure(edges(outcome), caption="达到和差几条"))
        if outcome.cliffs:
            blocks.append(cliff_table(outcome))
    blocks += [Heading(1, "各单位"), outcome_table(outcome, word, showing)]
    return OfficialDocument(
        kind=Kind.REPORT,
        title=f"计分规则试算报告（{span}）",
        masthead=(house,),
        issued_on=day,
        blocks=tuple(blocks),
        signatures=(Signature(house, day, sealed=False),),
        author=house,
    )
