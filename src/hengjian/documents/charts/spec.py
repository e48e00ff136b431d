"""Charts as Vega-Lite descriptions: plain data in, plain data out; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Number = int | float | Decimal
Spec = dict[str, Any]

BLUE, RED, GREEN, GREY = "#1f5f99", "#b3261e", "#2e7d4f", "#6b7280"
BAND = "#e0a96d"
SERIES = (BLUE, "#b35c00", GREEN, "#7b3fa0", RED, "#00798c")
FONTS = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart to draw: its description, and what it shows in words (title and description for readers)."""

    spec: Spec
    title: str
    description: str


def bars(
    values: Sequence[tuple[str, Number]], *, title: str, unit: str = "", width: int = 520, color: str = BLUE
) -> Chart:
    """Horizontal bars in the given order, each with its value at the end."""
    rows = [{"name": name, "value": float(value), "label": _said(value, unit)} for name, value in values]
    layers = [
        {"mark": {"type": "bar", "color": color, "height": {"band": 0.7}}},
        {
            "mark": {"type": "text", "align": "left", "dx": 4},
            "encoding": {"text": {"field": "label"}},
        },
    ]
    encoding = {"y": _names(), "x": _amount("value", grid=False)}
    spec = _spec(rows, width, {"step": 22}, {"layer": layers, "encoding": encoding})
    return Chart(spec, title, _told(title, [(name, _said(value, unit)) for name, value in values]))


def diverging_bars(
    values: Sequence[tuple[str, Number]], *, title: str, unit: str = "", width: int = 520
) -> Chart:
    """Gains to the right, losses to the left of a common zero line."""
    rows: list[Spec] = [
        {"name": name, "value": float(value), "label": _signed(value, unit), "gain": value >= 0}
        for name, value in values
    ]
    color = {"condition": {"test": "datum.gain", "value": GREEN}, "value": RED}
    beside = {"dx": {"expr": "datum.gain ? 4 : -4"}, "align": {"expr": "datum.gain ? 'left' : 'right'"}}
    labels = {"mark": {"type": "text", **beside}, "encoding": {"text": {"field": "label"}}}
    layers = [
        {"mark": {"type": "bar", "height": {"band": 0.7}}, "encoding": {"color": color}},
        labels,
        {"mark": {"type": "rule", "color": GREY}, "encoding": {"x": {"datum": 0}, "y": None}},
    ]
    reach = max((abs(row["value"]) for row in rows), default=1) or 1
    lowest = min((row["value"] for row in rows), default=0)
    highest = max((row["value"] for row in rows), default=0)
    room = 0.15 * reach  # for the labels beside the bars
    amount = _amount("value", grid=False)
    amount["scale"] = {"domain": [min(lowest, 0) - room, max(highest, 0) + room], "nice": False}
    encoding = {"y": _names(), "x": amount}
    spec = _spec(rows, width, {"step": 22}, {"layer": layers, "encoding": encoding})
    return Chart(spec, title, _told(title, [(name, _signed(value, unit)) for name, value in values]))


def lines(
    series: Mapping[str, Sequence[tuple[str, Number]]],
    *,
    title: str,
    unit: str = "",
    width: int = 520,
    height: int = 240,
) -> Chart:
    """One line a series over the periods in the order given; lines differ in dash as well as colour."""
    rows = [
        {"series": name, "period": period, "value": float(value)}
        for name, points in series.items()
        for period, value in points
    ]
    order = list(dict.fromkeys(row["period"] for row in rows))
    scale = {"domain": list(series), "range": [SERIES[n % len(SERIES)] for n in range(len(series))]}
    legend = {"title": None, "orient": "top"} if len(series) > 1 else None
    encoding = {
        "x": {"field": "period", "type": "ordinal", "sort": order, "axis": {"title": None, "labelAngle": 0}},
        "y": _amount("value", grid=True, title=unit),
        "color": {"field": "series", "type": "nominal", "scale": scale, "legend": legend},
        "strokeDash": {"field": "series", "type": "nominal", "sort": list(series), "legend": None},
    }
    mark = {"type": "line", "point": True, "strokeWidth": 2}
    spec = _spec(rows, width, height, {"mark": mark, "encoding": encoding})
    said = [
        (name, "，".join(f"{period} {_said(value, unit)}" for period, value in points))
        for name, points in series.items()
    ]
    return Chart(spec, title, _told(title, said))


def with_band(
    chart: Chart, points: Sequence[tuple[str, Number, Number]], *, name: str, unit: str = ""
) -> Chart:
    """A chart of lines with a band behind them, from low to high, under its own name in the legend; told in words too."""
    rows = [{"period": at, "low": float(low), "high": float(high)} for at, low, high in points]
    drawn = {key: chart.spec[key] for key in ("mark", "encoding")}
    colour = drawn["encoding"]["color"]
    scale = {"domain": [*colour["scale"]["domain"], name], "range": [*colour["scale"]["range"], BAND]}
    lined = drawn | {
        "encoding": drawn["encoding"]
        | {"color": colour | {"scale": scale, "legend": {"title": None, "orient": "top"}}}
    }
    area = {
        "data": {"values": rows},
        "mark": {"type": "area", "opacity": 0.35},
        "encoding": {
            "x": drawn["encoding"]["x"],
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
            "color": {"datum": name},
        },
    }
    rest = {key: value for key, value in chart.spec.items() if key not in drawn}
    said = "，".join(f"{at} {_said(low, unit)}至{_said(high, unit)}" for at, low, high in points)
    return Chart({**rest, "layer": [area, lined]}, chart.title, f"{chart.description}{name}：{said}。")


def _spec(rows: list[dict[str, Any]], width: int, height: Any, rest: Spec) -> Spec:
    text = {
        "labelFont": FONTS,
        "titleFont": FONTS,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "labelLimit": 200,
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "width": width,
        "height": height,
        "background": "white",
        "config": {
            "font": FONTS,
            "view": {"stroke": None},
            "axis": {**text, "domainColor": GREY, "tickColor": GREY},
            "legend": text,
            "text": {"font": FONTS, "fontSize": 12},
        },
        **rest,
    }


def _names() -> Spec:
    return {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None, "ticks": False}}


def _amount(field: str, *, grid: bool, title: str = "") -> Spec:
    axis: Spec = {"title": title or None, "grid": grid, "tickCount": 5, "gridColor": "#e5e7eb"}
    if title:
        axis |= {"titleAngle": 0, "titleAlign": "right", "titleAnchor": "end", "titleY": -12}
    return {"field": field, "type": "quantitative", "axis": axis}


def _said(value: Number, unit: str) -> str:
    text = f"{Decimal(str(value)):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + unit


def _signed(value: Number, unit: str) -> str:
    return ("+" if value > 0 else "") + _said(value, unit)


def _told(title: str, pairs: Sequence[tuple[str, str]]) -> str:
    return (
        f"{title}：{'；'.join(f'{name} {text}' for name, text in pairs)}。" if pairs else f"{title}：无数据。"
    )
