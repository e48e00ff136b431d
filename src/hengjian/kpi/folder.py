"""Read the tables of ``hengjian kpi``: figures, benchmarks and, where present, targets and units."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from hengjian.base.errors import HengjianError, ManyErrors, Place
from hengjian.base.periods import Period
from hengjian.kpi.cells import check_figure, count, number, written_as_fraction
from hengjian.kpi.engine import measure_of
from hengjian.kpi.figures import Benchmark, Figure, KpiInput, OfficeTarget
from hengjian.policy import Pack
from hengjian.policy.clauses.measure import Measure

Row = Mapping[str, str]
Read = Callable[[Row], object]
T = TypeVar("T")
FIGURES = ("indicator", "unit", "period", "numerator", "denominator", "value")
BENCHMARKS = ("indicator", "period", "province_average", "province_excellent", "rank", "ranked")
TARGETS = ("indicator", "from", "value")
UNITS = ("unit", "collective")


@dataclass(frozen=True)
class KpiFolder:
    """The input, the names its files use for the indicators, and what looks odd without being wrong."""

    data: KpiInput
    names: Mapping[str, str]
    warnings: tuple[str, ...] = ()


def read_folder(pack: Pack, folder: Path) -> KpiFolder:
    """Read the tables of a folder; ManyErrors names file, row and column of every fault."""
    reader = _Reader(pack)
    figures = reader.table(folder / "figures.csv", FIGURES, reader.figure, reader.figure_key)
    benchmarks = reader.table(
        folder / "benchmarks.csv",
        BENCHMARKS,
        reader.benchmark,
        lambda b: (b.indicator, b.period),
        needed=False,
    )
    targets = reader.table(
        folder / "targets.csv", TARGETS, reader.target, lambda t: (t.indicator, t.since), needed=False
    )
    units = reader.table(folder / "units.csv", UNITS, reader.unit, lambda u: u[0], needed=False)
    if reader.errors:
        raise ManyErrors(reader.errors)
    data = KpiInput(tuple(figures), tuple(benchmarks), tuple(targets), dict(units))
    return KpiFolder(data, reader.names, tuple(written_as_fraction(pack, data.figures)))


class _Reader:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.errors: list[HengjianError] = []
        self.names: dict[str, str] = {}

    def table(
        self,
        path: Path,
        columns: tuple[str, ...],
        read: Callable[[Row], T],
        key: Callable[[T], object],
        *,
        needed: bool = True,
    ) -> list[T]:
        found: list[T] = []
        seen: dict[object, int] = {}
        for line, row in self._lines(path, columns, needed=needed):
            try:
                value = read(row)
            except HengjianError as error:
                column = error.where.column if error.where else None
                self.errors.append(HengjianError(error.message, where=Place(str(path), line, column)))
                continue
            first = seen.setdefault(key(value), line)
            if first != line:
                message = f"与第 {first} 行重复，请删去一行。"
                self.errors.append(HengjianError(message, where=Place(str(path), line)))
                continue
            found.append(value)
        return found

    def _lines(self, path: Path, columns: tuple[str, ...], *, needed: bool) -> Iterator[tuple[int, Row]]:
        if not path.exists():
            if needed:
                message = "没有这个文件，请放入 --input 的文件夹。"
                self.errors.append(HengjianError(message, where=Place(str(path))))
            return
        line = 1
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file, strict=True)
                missing = [name for name in columns if name not in (reader.fieldnames or ())]
                if missing:
                    raise HengjianError(f"缺少列 {'、'.join(missing)}，请补上表头。")
                for row in reader:
                    line = reader.line_num
                    if None in row or None in row.values():
                        message = "这一行的列数与表头不同，请补齐或删去多余的列。"
                        self.errors.append(HengjianError(message, where=Place(str(path), line)))
                        continue
                    yield line, row
        except UnicodeDecodeError:
            message = "文件不是 UTF-8 编码，请另存为 UTF-8 的 CSV。"
            self.errors.append(HengjianError(message, where=Place(str(path))))
        except csv.Error:
            message = "引号没有成对，或者不是 CSV 文件，请改正。"
            self.errors.append(HengjianError(message, where=Place(str(path), line)))
        except HengjianError as error:
            self.errors.append(HengjianError(error.message, where=Place(str(path), line)))

    def _measure(self, row: Row) -> Measure:
        name = row["indicator"].strip()
        measure = measure_of(self.pack, name)
        if measure is None:
            raise _at("indicator", f"制度包 {self.pack.id} 没有指标“{name}”，请改用指标的编号或名称。")
        self.names.setdefault(measure.indicator, name)
        return measure

    def figure(self, row: Row) -> Figure:
        measure = self._measure(row)
        unit = row["unit"].strip()
        if not unit:
            raise _at("unit", "没有写单位，请补上。")
        figure = Figure(
            measure.indicator,
            unit,
            _cell(row, "period", Period.parse),
            _cell(row, "numerator", number),
            _cell(row, "denominator", number),
            _cell(row, "value", number),
            evidence=(row.get("evidence") or row.get("source") or "").strip(),
        )
        return check_figure(measure, figure)

    def figure_key(self, figure: Figure) -> object:
        return replace(figure, numerator=None, denominator=None, value=None, evidence="")

    def benchmark(self, row: Row) -> Benchmark:
        found = Benchmark(
            self._measure(row).indicator,
            _cell(row, "period", Period.parse),
            _cell(row, "province_average", number),
            _cell(row, "province_excellent", number),
            _cell(row, "rank", count),
            _cell(row, "ranked", count),
        )
        if found.rank == 0:
            raise _at("rank", "名次从 1 起，没有公布名次的请留空。")
        if found.rank and found.ranked and found.rank > found.ranked:
            raise _at("rank", f"第 {found.rank} 名大于参加排名的 {found.ranked} 个，请核对。")
        return found

    def target(self, row: Row) -> OfficeTarget:
        measure = self._measure(row)
        since = _cell(row, "from", _day)
        if since is None:
            raise _at("from", "没有写从哪一天起，请补上。")
        known = _day(row.get("known") or "")
        value: Decimal | None = _cell(row, "value", number)
        return OfficeTarget(measure.indicator, since, value, known, (row.get("source") or "").strip())

    def unit(self, row: Row) -> tuple[str, str]:
        return row["unit"].strip(), row["collective"].strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise HengjianError(f"“{text}”不是日期，请写成 2022-08-01 这样的形式。") from None


def _cell(row: Row, column: str, read: Callable[[str], T]) -> T:
    try:
        return read(row[column])
    except HengjianError as error:
        raise _at(column, error.message) from None


def _at(column: str, message: str) -> HengjianError:
    return HengjianError(message, where=Place("", None, column))
