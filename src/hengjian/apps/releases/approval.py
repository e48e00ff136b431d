"""What follows when a course of approval over a release or an application ends."""

from __future__ import annotations

from hengjian.apps.approvals import subjects
from hengjian.apps.approvals.models import Course
from hengjian.apps.org.access import Actor
from hengjian.apps.releases.acts.applications import granted, refused
from hengjian.apps.releases.acts.releases import returned
from hengjian.apps.releases.freezing import freeze
from hengjian.apps.releases.models import Application, Release
from hengjian.apps.releases.queries import visible_applications, visible_releases


def register() -> None:
    subjects.register(
        subjects.Subject(Release, visible_releases, done=freeze, returned=lambda a, r, c: returned(a, r))
    )
    subjects.register(subjects.Subject(Application, visible_applications, done=_granted, returned=_refused))


def _granted(actor: Actor, application: Application, course: Course) -> None:
    last = course.steps.exclude(house=None).order_by("-position").select_related("house").first()
    granted(actor, application, by=(last.house if last else None) or course.unit)


def _refused(actor: Actor, application: Application, course: Course) -> None:
    refused(actor, application)
