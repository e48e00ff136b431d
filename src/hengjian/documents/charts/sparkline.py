"""A sparkline: a small line for a table cell, drawn here because pages show dozens of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

_PAD = 2.0


Values = Sequence[int | float | Decimal | None]


def sparkline(values: Values, *, label: str, width: int = 96, height: int = 20, targets: Values = ()) -> str:
    """An SVG of at most a few hundred bytes; None leaves a gap; the last value has a dot; ``targets`` are dashed.

    >>> sparkline([1, 2], label="趋势").count("<polyline")
    1
    """
    known = [float(v) for v in values if v is not None]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}"'
    head += f' width="{width}" height="{height}"><title>{escape(label)}</title>'
    if not known:
        return head + "</svg>"
    bars = [float(v) for v in targets if v is not None]
    low, high = min(known + bars), max(known + bars)
    points = _points([None if v is None else float(v) for v in values], low, high, width, height)
    aimed = _points([None if v is None else float(v) for v in targets], low, high, width, height)
    dashes = "".join(
        f'<polyline fill="none" stroke="#b42318" stroke-width="1" stroke-dasharray="3 3" points="{" ".join(part)}"/>'
        for part in _parts(aimed)
    )
    drawn = "".join(
        f'<polyline fill="none" stroke="currentColor" stroke-width="1.5" points="{" ".join(part)}"/>'
        for part in _parts(points)
    )
    x, y = next(point for point in reversed(points) if point).split(",")
    return f'{head}{dashes}{drawn}<circle cx="{x}" cy="{y}" r="2" fill="currentColor"/></svg>'


def _points(
    values: Sequence[float | None], low: float, high: float, width: int, height: int
) -> list[str | None]:
    step = (width - 2 * _PAD) / max(len(values) - 1, 1)
    span = (high - low) or 1.0
    room = height - 2 * _PAD
    return [
        None if value is None else f"{_PAD + n * step:.1f},{_PAD + room * (high - value) / span:.1f}"
        for n, value in enumerate(values)
    ]


def _parts(points: Sequence[str | None]) -> list[list[str]]:
    """Runs of known points."""
    parts: list[list[str]] = [[]]
    for point in points:
        if point is None:
            parts.append([])
        else:
            parts[-1].append(point)
    return [part for part in parts if part]
