"""What the inspection desk keeps. One file a subject."""

from hengjian.apps.inspections.models.care import AccessReview, DutyRecord, ExamNotice, ReviewLine
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
    "AccessReview",
    "Answer",
    "Custody",
    "DutyRecord",
    "Evidence",
    "ExamNotice",
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
    "ReviewLine",
    "Spread",
    "TeamMember",
]
