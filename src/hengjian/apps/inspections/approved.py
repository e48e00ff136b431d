"""What of an inspection runs through the generic course of approval."""

from __future__ import annotations

from hengjian.apps.approvals import subjects
from hengjian.apps.inspections.access import visible_findings, visible_inspections, visible_rectifications
from hengjian.apps.inspections.acts import intent, rectify, report
from hengjian.apps.inspections.care import acts
from hengjian.apps.inspections.care.access import visible_notices
from hengjian.apps.inspections.models import ExamNotice, Finding, Inspection, Rectification


def register() -> None:
    subjects.register(
        subjects.Subject(
            Inspection,
            visible_inspections,
            done=report.signed,
            returned=report.returned,
            own_hand=True,
            fits=report.of_the_team,
        )
    )
    subjects.register(
        subjects.Subject(ExamNotice, visible_notices, done=acts.issued, returned=acts.sent_back)
    )
    subjects.register(
        subjects.Subject(
            Finding,
            visible_findings,
            done=intent.confirmed,
            returned=intent.not_confirmed,
            fits=intent.outsider,
        )
    )
    subjects.register(
        subjects.Subject(
            Rectification,
            visible_rectifications,
            done=rectify.accepted,
            returned=rectify.returned,
            signed=rectify.signed,
            own_hand=True,
            fits=rectify.of_the_unit_or_team,
            limit=rectify.limit,
            says={"rectify": "整改完成，请复查"},
        )
    )
