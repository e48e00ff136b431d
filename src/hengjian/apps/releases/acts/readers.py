"""名单: who may know before the time."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Person
from hengjian.apps.releases.desk import Desk
from hengjian.apps.releases.models import Reader, Release
from hengjian.base.errors import HengjianError


@act("releases.reader.add", "列入知悉名单")
def admit(actor: Actor, release: Release, *, person: Person, reason: str) -> Reader:
    Desk(release.installation, actor).require_seat(release.unit)
    if not reason.strip():
        raise HengjianError("请写明列入名单的事由。")
    if not person.active:
        raise HengjianError(f"{person}已不在职，不能列入名单。")
    row, _ = Reader.objects.get_or_create(
        release=release,
        person=person,
        removed_at=None,
        defaults={"reason": reason.strip()[:120], "added_by": actor.person, "added_at": actor.at},
    )
    log(row, label=f"{release.called} {person}", unit=release.unit_id, reason=reason.strip())
    return row


@act("releases.reader.remove", "移出知悉名单")
def dismiss(actor: Actor, reader: Reader) -> Reader:
    release = reader.release
    Desk(release.installation, actor).require_seat(release.unit)
    row = Reader.objects.select_for_update(of=("self",)).select_related("person").get(pk=reader.pk)
    if row.removed_at is not None:
        raise HengjianError("已经移出，请刷新页面。")
    row.removed_at = actor.at
    row.save(update_fields=["removed_at"])
    log(row, label=f"{release.called} {row.person}", unit=release.unit_id)
    return row
