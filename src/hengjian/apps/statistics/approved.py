"""What follows when the flows of this app come to their end."""

from __future__ import annotations

from typing import Any

from hengjian.apps.approvals import subjects
from hengjian.apps.approvals.models import Course
from hengjian.apps.org.access import Actor


def register() -> None:
    from hengjian.apps.statistics import scope
    from hengjian.apps.statistics.departments import may_sign, visible_department_reports
    from hengjian.apps.statistics.models import CardVersion, DepartmentReport, Suggestion

    subjects.register(
        subjects.Subject(CardVersion, scope.visible_cards, done=_card_done, returned=_card_back)
    )
    subjects.register(
        subjects.Subject(Suggestion, scope.visible_suggestions, done=_signed, returned=_suggestion_back)
    )
    subjects.register(
        subjects.Subject(
            DepartmentReport,
            visible_department_reports,
            done=_received,
            returned=_department_back,
            fits=may_sign,
        )
    )


def _received(actor: Actor, row: Any, course: Course) -> None:
    from hengjian.apps.statistics.acts.departments import received

    received(actor, row, course)


def _department_back(actor: Actor, row: Any, course: Course) -> None:
    from hengjian.apps.statistics.acts.departments import give_back

    give_back(actor, row)


def _card_done(actor: Actor, row: Any, course: Course) -> None:
    from hengjian.apps.statistics.acts.cards import put_in_force

    put_in_force(actor, row)


def _card_back(actor: Actor, row: Any, course: Course) -> None:
    from hengjian.apps.statistics.acts.cards import give_back

    give_back(actor, row)


def _signed(actor: Actor, row: Any, course: Course) -> None:
    from hengjian.apps.statistics.acts.suggestions import signed

    signed(actor, row)


def _suggestion_back(actor: Actor, row: Any, course: Course) -> None:
    from hengjian.apps.statistics.acts.suggestions import give_back

    give_back(actor, row)
