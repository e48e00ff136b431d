"""The clock opens a release. Reading asks the clock itself; this only writes down that it happened and tells people."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.org.access import Actor, system_actor
from hengjian.apps.org.models import Person
from hengjian.apps.releases.models import Release
from hengjian.apps.releases.queries import opened

CLOCK = "发布时钟"


@act("releases.release.open", "到时开放数据发布")
def open_release(actor: Actor, release: Release) -> Release:
    row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if row.opened_at is None and row.opens_at is not None and row.opens_at <= actor.at:
        row.opened_at = actor.at
        row.save(update_fields=["opened_at"])
        _tell(row, actor.at)
    log(row, label=row.called, unit=row.unit_id, opens_at=row.opens_at)
    return row


def _tell(release: Release, at: datetime) -> None:
    people = Person.objects.filter(pk__in=[release.prepared_by_id or 0], active=True)
    url = reverse("releases:release", args=[release.pk])
    notify.tell(people, f"release:{release.pk}", f"已发布：{release.title}", f"请登录衡鉴查看：{url}", at)


def open_due(now: datetime) -> int:
    """All that came due; the worker asks every minute."""
    due = Release.objects.filter(opened(now), opened_at=None).order_by("opens_at")
    for release in due:
        open_release(system_actor(CLOCK, now), release)
    return len(due)
