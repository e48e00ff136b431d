"""Indicators: figures against dated targets, with the count still missing and who has to explain.

The clauses (``kind: measure``) say everything; nothing here knows an indicator, a number or a unit by name.
"""

from hengjian.kpi.due import RANK, TARGET, ExplanationDue
from hengjian.kpi.engine import Report, evaluate
from hengjian.kpi.figures import Benchmark, Figure, KpiInput, OfficeTarget
from hengjian.kpi.ranks import ranks
from hengjian.kpi.result import Result, Status
from hengjian.kpi.units import Units
from hengjian.kpi.verdict import judge, short_by

__all__ = [
    "RANK",
    "TARGET",
    "Benchmark",
    "ExplanationDue",
    "Figure",
    "KpiInput",
    "OfficeTarget",
    "Report",
    "Result",
    "Status",
    "Units",
    "evaluate",
    "judge",
    "ranks",
    "short_by",
]
