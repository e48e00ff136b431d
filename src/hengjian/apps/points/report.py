"""A trial as a document to hand round: what was changed, who gains and loses, the pictures, the cliffs."""

from __future__ import annotations

from datetime import date

from hengjian.apps.points.pictures import edges, gains
from hengjian.apps.points.whatif import Outcome
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


def outcome_table(outcome: Outcome, word: str) -> Table:
    """Every unit: before, after, difference, both places."""
    columns = (
        Column("部门", width=4),
        Column(f"现行{word}", Format.DECIMAL, width=1.6),
        Column(f"试算{word}", Format.DECIMAL, width=1.6),
        Column("得失", Format.DECIMAL, width=1.4),
        Column("现行名次", Format.INTEGER, width=1.5),
        Column("试算名次", Format.INTEGER, width=1.5),
    )
    rows = ((c.unit.name, c.before, c.after, c.gain, c.place_before, c.place_after) for c in outcome.changes)
    return Table(columns, tuple(rows))


def cliff_table(outcome: Outcome) -> Table:
    """Unit-periods that change sides at the edge."""
    columns = (
        Column("部门", width=4),
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


def report_of(outcome: Outcome, changed: list[str], house: str, word: str, day: date) -> OfficialDocument:
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
            f"{len(outcome.winners)}个单位得分增加，{len(outcome.losers)}个减少，{outcome.moved}个名次变动；"
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
    blocks += [Heading(1, "各单位"), outcome_table(outcome, word)]
    return OfficialDocument(
        kind=Kind.REPORT,
        title=f"计分规则试算报告（{span}）",
        masthead=(house,),
        issued_on=day,
        blocks=tuple(blocks),
        signatures=(Signature(house, day, sealed=False),),
        author=house,
    )
