"""Tables in a text: lines with tabs, as Word and Excel give them. A number is of what its row and its column say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hengjian.figures.numbers import Number, bare, numbers
from hengjian.figures.periods import When
from hengjian.figures.units import UNITS
from hengjian.figures.words import Kind, Word, leftover

if TYPE_CHECKING:
    from hengjian.figures.reading import Mention, Reader


@dataclass(frozen=True, slots=True)
class Cell:
    start: int
    end: int
    text: str


FRACTION = "表里写的是小数还是百分数不清楚"
Row = list[Cell]


def blocks(text: str) -> Iterator[tuple[int, int, list[Row]]]:
    """Stretches of the text; with rows where it is a table (two lines or more with tabs)."""
    place, begin = 0, 0
    run: list[Row] = []
    for line in text.split("\n"):
        end = place + len(line)
        if "\t" in line:
            begin = begin if run else place
            run.append(_row(line, place))
        else:
            if run:
                yield begin, place, run if len(run) > 1 else []
            run = []
            yield place, end, []
        place = end + 1
    if run:
        yield begin, len(text), run if len(run) > 1 else []


def _row(line: str, start: int) -> Row:
    cells = []
    for text in line.split("\t"):
        cells.append(Cell(start, start + len(text), text))
        start += len(text) + 1
    return cells


def read_grid(
    reader: Reader, text: str, rows: list[Row], words: list[Word], whens: list[When], court: Word | None,
    when: When | None,
) -> list[Mention]:  # fmt: skip
    """Numbers of a table; court and period may stand above it."""
    first = next((n for n, row in enumerate(rows) if any(_value(cell) for cell in row[1:])), len(rows))
    heads = rows[:first]
    found = []
    for row in rows[first:]:
        for column, cell in enumerate(row):
            number = _value(cell)
            if number is None or (column == 0 and len(row) > 1):
                continue
            labels = [c for c in row[:column] if c.text.strip() and _value(c) is None]
            labels += [c for h in heads for c in _head(h, column)]
            found.append(_bound(reader, text, number, labels, words, whens, court, when))
    return found


def _head(row: Row, column: int) -> list[Cell]:
    """The cell above; a head that spans columns stands in the first of them only."""
    for n in range(min(column, len(row) - 1), 0, -1):
        if row[n].text.strip():
            return [row[n]]
    return []


def _value(cell: Cell) -> Number | None:
    if found := bare(cell.text, cell.start):
        return found
    whole = [
        n for n in numbers(cell.text) if not cell.text[: n.start].strip() and not cell.text[n.end :].strip()
    ]
    return (
        replace(whole[0], start=cell.start + whole[0].start, end=cell.start + whole[0].end) if whole else None
    )


def _bound(
    reader: Reader, text: str, number: Number, labels: list[Cell], words: list[Word], whens: list[When],
    court: Word | None, when: When | None,
) -> Mention:  # fmt: skip
    from hengjian.figures.reading import Mention

    own = [w for w in words if any(c.start <= w.start and w.end <= c.end for c in labels)]
    times = [w for w in whens if any(c.start <= w.start and w.end <= c.end for c in labels)]
    told = [Word(w.start, w.end, Kind.PERIOD, str(w.span or ""), text[w.start : w.end]) for w in times]
    strange = "".join(leftover(text, [*own, *told], c.start, c.end) for c in labels)
    strange = strange if strange not in UNITS else ""
    concepts = [w for w in own if w.kind is Kind.CONCEPT]
    courts = [w for w in own if w.kind is Kind.COURT]
    dims = [w for w in own if w.kind is Kind.DIM]
    used = (*courts, *told, *concepts, *dims)
    said, fraction = text[number.start : number.end], ""
    if len({w.key for w in concepts}) > 1 or len({w.key for w in courts}) > 1:
        return Mention(number, said, None, "行列标题里有几个概念或者法院", used)
    if concepts and strange:
        return Mention(number, said, None, f"标题里的“{strange}”没有登记，不能确定说的是什么", used)
    if not number.unit and concepts:
        measure = reader.lexicon.concept[concepts[0].key].measure if "|" not in concepts[0].key else ""
        number = replace(number, unit=_unit(labels) or measure)
        if measure == "%" and not _unit(labels) and 0 < abs(number.value) <= 1:
            number = replace(number, value=number.value * 100, step=number.step * 100)  # Excel's way
            fraction = FRACTION
    period = times[-1] if times and not times[-1].same else when
    mention = reader.bind(number, text, concepts[0] if concepts else None, courts[0] if courts else court,
                       period, dims, used)  # fmt: skip
    return replace(mention, loose=fraction) if fraction and mention.place else mention


def _unit(labels: list[Cell]) -> str:
    """A unit in brackets in a head: 标的额(万元)."""
    for cell in labels:
        inside = cell.text.partition("(")[2].partition(")")[0].removeprefix("单位:").strip()
        if inside in UNITS:
            return inside
    return ""
