"""Months in a row: what stands out, what is to be expected, and a picture of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hengjian.apps.statistics.scope import Scene
from hengjian.apps.statistics.tables import cells_of, last_span
from hengjian.base.periods import Period, PeriodKind
from hengjian.documents.charts import chart_svg, lines, with_band
from hengjian.statistics.forecast import Forecast, forecast
from hengjian.statistics.model import Card, Cell
from hengjian.statistics.spans import Span, months
from hengjian.statistics.tally import Data
from hengjian.statistics.unusual import Unusual, Watch, watch_all

MONTHS = 60
AHEAD = 6
LIKELY = "八成可能在"
METHODS = {
    "smooth": "阻尼趋势加季节的指数平滑（取对数）",
    "growth": "上年同月乘以已知各月的同比，增幅向零收缩",
    "stl": "本院各年的季节（STL，稳健）",
    "peers": "同期其他法院的起伏（加权中位数）乘以本院通常的水平",
    "none": "",
}


@dataclass(frozen=True)
class Series:
    """Months of one court. ``values`` begin with the first month in which anything was counted anywhere."""

    months: tuple[Span, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class Odd:
    code: str
    name: str
    month: Span
    one: Unusual

    @property
    def more(self) -> bool:
        return self.one.score > 0

    @property
    def how_far(self) -> str:
        """How many robust standard deviations away, whichever way."""
        return f"{abs(self.one.score):.1f} 个标准差"


def series_of(scene: Scene, data: Data, card: Card) -> dict[str, Series]:
    """By court and group. Peers are all courts of the province: only what one sees is shown, all of it is compared."""
    spans = months(last_span(scene), MONTHS)
    spans = [span for span in spans if card.holds(span.first)]
    spans = spans[: _told(scene, spans)]
    found = cells_of(data, scene.cards, [card.key], spans, scene.place.groups)
    rows = {
        code: [float(found[Cell(card.key, code, span.text)].value or 0) for span in spans]
        for code in scene.place.groups
    }
    first = next((n for n in range(len(spans)) if any(row[n] for row in rows.values())), len(spans))
    # a stock or a rate of the first month of the data says nothing of the months before it
    return {code: Series(tuple(spans[first:]), tuple(row[first:])) for code, row in rows.items()}


def _told(scene: Scene, spans: Sequence[Span]) -> int:
    """How many months may be told: the months from the first that is kept back of any court on are left out for all,
    so that neither a forecast nor a comparison with others is made of them."""
    hidden = (n for n, span in enumerate(spans) if any(scene.hides(code, span) for code in scene.codes))
    return next(hidden, len(spans))


def odd_months(scene: Scene, series: dict[str, Series]) -> tuple[list[Odd], dict[str, Watch]]:
    """Newest first, then the strongest; courts one may not see are compared with but not shown."""
    courts = {code: one.values for code, one in series.items() if not code.endswith("+")}
    watched = watch_all(courts)
    seen = {court.code for court in scene.courts}
    found = [
        Odd(code, scene.place.name(code), series[code].months[one.index], one)
        for code, watch in watched.items()
        if code in seen
        for one in watch.found
    ]
    found.sort(key=lambda odd: (odd.month.first, abs(odd.one.score)), reverse=True)
    return found, {code: watch for code, watch in watched.items() if code in seen}


def silent(scene: Scene, series: dict[str, Series], watched: dict[str, Watch]) -> list[tuple[str, str]]:
    """Courts not judged, or not from the start, and why."""
    found = []
    for code, watch in watched.items():
        said = [watch.why] if watch.why else []
        if watch.early:
            spans = series[code].months[: watch.early]
            until = f"至{spans[-1].label}" if watch.early > 1 else ""
            said.insert(0, f"{spans[0].label}{until}历史不足，不作判断。")
        if said:
            found.append((scene.place.name(code), "".join(said)))
    return found


@lru_cache(maxsize=128)
def foreseen(values: tuple[float, ...]) -> Forecast:
    return forecast(values, AHEAD)


def verdict(made: Forecast) -> str:
    """The comparison in words, whichever way it came out."""
    if made.error is None or made.naive_error is None:
        return made.why
    tried = f"用以前的数逐月回测 {len(made.tried)} 个月，平均每月差 {made.error:.1f}，照搬上年同月差 {made.naive_error:.1f}。"
    if made.better:
        gain = 100 * (1 - made.error / made.naive_error)
        return f"{tried}本方法比照搬上年同月准 {gain:.0f}%。"
    return f"{tried}本方法没有比照搬上年同月更准，请以上年同月为准。"


def picture(series: Series, made: Forecast, card: Card, name: str) -> str:
    shown = [(span.text, value) for span, value in zip(series.months, series.values, strict=True)][-24:]
    drawn: dict[str, list[tuple[str, float]]] = {"实际": shown}
    band: list[tuple[str, float, float]] = []
    if made.steps and shown:
        ahead = [span.text for span in coming(series)]
        (month, seen), steps = shown[-1], list(zip(ahead, made.steps, strict=True))
        drawn["预测"] = [(month, seen), *((text, round(step.value, 1)) for text, step in steps)]
        band = [
            (month, seen, seen),
            *((text, round(step.low, 1), round(step.high, 1)) for text, step in steps),
        ]
    return _drawn(
        tuple((key, tuple(points)) for key, points in drawn.items()),
        tuple(band),
        f"{name}{card.title}",
        card.unit,
    )


@lru_cache(maxsize=128)
def _drawn(
    drawn: tuple[tuple[str, tuple[tuple[str, float], ...]], ...],
    band: tuple[tuple[str, float, float], ...],
    title: str,
    unit: str,
) -> str:
    chart = lines(dict(drawn), title=title, unit=unit, width=860, height=260)
    # thirty months do not fit beside each other
    chart.spec["encoding"]["x"]["axis"]["labelOverlap"] = "greedy"
    return chart_svg(with_band(chart, band, name=LIKELY, unit=unit) if band else chart)


def coming(series: Series) -> list[Span]:
    """The months after the last."""
    period = Period.of(series.months[-1].first, PeriodKind.MONTH)
    found = []
    for _ in range(AHEAD):
        period = period.next()
        found.append(Span.of(period))
    return found
