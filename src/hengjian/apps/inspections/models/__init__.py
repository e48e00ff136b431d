"""What the inspection desk keeps. One file a subject."""

from hengjian.apps.inspections.models.findings import (
    Extension,
    Finding,
    FindingReply,
    IntentView,
    Practice,
    Rectification,
    Spread,
)
from hengjian.apps.inspections.models.plans import HeadCheck, Inspection, Plan, TeamMember
from hengjian.apps.inspections.models.powers import Answer, Interview, Refusal, Request
from hengjian.apps.inspections.models.vault import AccessGrant, Custody, Evidence, FrozenCopy, RecordLook

__all__ = [
    "AccessGrant",
    "Answer",
    "Custody",
    "Evidence",
    "Extension",
    "Finding",
    "FindingReply",
    "FrozenCopy",
    "HeadCheck",
    "Inspection",
    "IntentView",
    "Interview",
    "Plan",
    "Practice",
    "RecordLook",
    "Rectification",
    "Refusal",
    "Request",
    "Spread",
    "TeamMember",
]
