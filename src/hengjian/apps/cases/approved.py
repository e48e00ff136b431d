"""What follows when the flows of this app come to their end."""

from __future__ import annotations

from typing import Any

from hengjian.apps.approvals import subjects
from hengjian.apps.approvals.models import Course
from hengjian.apps.org.access import Actor


def register() -> None:
    from hengjian.apps.cases import access
    from hengjian.apps.cases.models import Bundle, Correction, Report

    subjects.register(
        subjects.Subject(
            Correction, access.visible_corrections, done=_correction_done, returned=_correction_back
        )
    )
    subjects.register(
        subjects.Subject(
            Bundle, access.visible_bundles, done=_bundle_done, signed=_bundle_signed, own_hand=True
        )
    )
    subjects.register(
        subjects.Subject(Report, access.visible_reports, done=_report_done, returned=_report_back)
    )


def _report_done(actor: Actor, report: Any, course: Course) -> None:
    from hengjian.apps.cases.acts.report import approved

    approved(actor, report)


def _report_back(actor: Actor, report: Any, course: Course) -> None:
    from hengjian.apps.cases.acts.report import returned

    returned(actor, report)


def _correction_done(actor: Actor, correction: Any, course: Course) -> None:
    from hengjian.apps.cases.acts.correct import put_in_force

    put_in_force(actor, correction)


def _correction_back(actor: Actor, correction: Any, course: Course) -> None:
    from hengjian.apps.cases.acts.correct import give_back

    give_back(actor, correction)


def _bundle_signed(actor: Actor, bundle: Any, course: Course) -> None:
    from hengjian.apps.cases.acts.bundle import sent

    sent(actor, bundle)


def _bundle_done(actor: Actor, bundle: Any, course: Course) -> None:
    from hengjian.apps.cases.acts.bundle import close_bundle

    close_bundle(actor, bundle)
