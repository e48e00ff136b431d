"""The pictures of a report: the months, the rules that find most."""

from __future__ import annotations

from typing import Any

from hengjian.base.periods import Period
from hengjian.documents.charts import Chart, bars, lines

KINDS = ("months", "rules")


def months(content: dict[str, Any]) -> Chart:
    """Found, ended and standing at the end, month by month."""
    said = {"found": "新发现", "corrected": "销号", "open": "月末未销号"}
    series = {
        label: [(Period.parse(one["period"]).label, one[key]) for one in content["trend"]]
        for key, label in said.items()
    }
    return lines(series, title="各月问题数", unit="个")


def ranking(rows: list[dict[str, Any]]) -> Chart:
    return bars([(row["rule"], row["found"]) for row in rows[:8]], title="新发现最多的问题", unit="个")


def picture(kind: str, content: dict[str, Any]) -> Chart:
    if kind == "months":
        return months(content)
    rules: list[dict[str, Any]] = next((s["rows"] for s in content["sections"] if s["key"] == "rules"), [])
    return ranking(rules)
