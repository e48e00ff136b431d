"""Draw charts as SVG or PNG without a browser or a network; the first drawing loads the engine."""

from __future__ import annotations

import json
import re
from xml.sax.saxutils import escape

from hengjian.documents.charts.spec import Chart
from hengjian.documents.model import Figure


def chart_svg(chart: Chart) -> str:
    """The chart as SVG with title and description for screen readers. Equal charts give equal text."""
    from vl_convert import vegalite_to_svg

    svg = vegalite_to_svg(json.dumps(chart.spec), allowed_base_urls=[])
    return described(str(svg), chart.title, chart.description)


def chart_png(chart: Chart, scale: float = 2) -> bytes:
    """The chart as PNG; ``scale`` 2 is sharp in print."""
    from vl_convert import svg_to_png

    return bytes(svg_to_png(chart_svg(chart), scale=scale))


def chart_figure(chart: Chart, *, caption: str = "", width: float = 140.0) -> Figure:
    """The chart as a block of a document; ``width`` in millimetres."""
    return Figure(svg=chart_svg(chart), caption=caption, alt=chart.description, width=width)


def described(svg: str, title: str, description: str) -> str:
    """Put title, description and role into the root element of an SVG."""
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return re.sub(r"<svg\b([^>]*)>", lambda m: f'<svg role="img"{m.group(1)}>{words}', svg, count=1)
