"""Charts for documents and pages: bars, gains and losses, lines, sparklines."""

from hengjian.documents.charts.draw import chart_figure, chart_png, chart_svg
from hengjian.documents.charts.sparkline import sparkline
from hengjian.documents.charts.spec import Chart, bars, diverging_bars, lines, with_band

__all__ = [
    "Chart",
    "bars",
    "chart_figure",
    "chart_png",
    "chart_svg",
    "diverging_bars",
    "lines",
    "sparkline",
    "with_band",
]
