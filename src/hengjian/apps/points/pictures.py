"""The pictures of a trial: who gains and loses, how many stand at the edge of a quota, where points come from."""

from __future__ import annotations

from decimal import Decimal

from hengjian.apps.points.whatif import Outcome
from hengjian.documents.charts import Chart, bars, diverging_bars

MOST = 12
KINDS = ("gains", "edges")


def gains(outcome: Outcome, word: str) -> Chart:
    """The largest gains and losses, at most a dozen each; a small gain never stands in for a loss."""
    changed = sorted((c for c in outcome.changes if c.gain), key=lambda c: -c.gain)
    won, lost = [c for c in changed if c.gain > 0][:MOST], [c for c in changed if c.gain < 0][-MOST:]
    shown = changed if len(changed) <= 2 * MOST else [*won, *lost]
    title = "得失" if len(shown) == len(changed) else _largest(len(won), len(lost))
    return diverging_bars([(str(c.unit), c.gain) for c in shown], title=title, unit=word)


def _largest(won: int, lost: int) -> str:
    """
    >>> _largest(12, 0), _largest(12, 3)
    ('增加最多的12个单位', '增加最多的12个、减少最多的3个单位')
    """
    told = [f"{what}最多的{n}个" for what, n in (("增加", won), ("减少", lost)) if n]
    return "、".join(told) + "单位"


def edges(outcome: Outcome) -> Chart:
    """How many unit-periods reach the quota, or miss it by one, two, three; before and after side by side."""
    rows: list[tuple[str, Decimal | int]] = []
    for edge in outcome.edges:
        name = "达到" if edge.short == 0 else f"差 {edge.short} 条"
        rows += [(f"{name}（现行）", edge.before), (f"{name}（试算）", edge.after)]
    return bars(rows, title="达到和差几条的单位期数")


def picture(kind: str, outcome: Outcome, word: str) -> Chart:
    return edges(outcome) if kind == "edges" else gains(outcome, word)
