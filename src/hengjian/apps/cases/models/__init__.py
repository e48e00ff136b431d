"""Rows about case data live here; the cases themselves live in the versioned store."""

from __future__ import annotations

from hengjian.apps.cases.models.quality import (
    Bundle,
    Correction,
    Finding,
    FindingEvent,
    Ticket,
    Waiver,
)
from hengjian.apps.cases.models.reports import Report, ReportNote
from hengjian.apps.cases.models.runs import Rule, RuleResult, Run
from hengjian.apps.cases.models.samples import Draw, DrawnCase, Review
from hengjian.apps.cases.models.sources import CaseLook, Dataset, Mapping, Sending, Upload

__all__ = [
    "Bundle",
    "CaseLook",
    "Correction",
    "Dataset",
    "Draw",
    "DrawnCase",
    "Finding",
    "FindingEvent",
    "Mapping",
    "Report",
    "ReportNote",
    "Review",
    "Rule",
    "RuleResult",
    "Run",
    "Sending",
    "Ticket",
    "Upload",
    "Waiver",
]
