"""The first morning of a real court: its root unit and the three administrators, who make everything else."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.org.acts.accounts import Handed, create_account
from hengjian.apps.org.acts.people import add_person
from hengjian.apps.org.acts.posts import appoint, create_post
from hengjian.apps.org.acts.units import create_unit
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import ROLES
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

SEATS = ("system_admin", "security_admin", "audit_admin")


@act("org.house.found", "设立单位和三员")
def found_house(actor: Actor, *, name: str, kind: str, people: dict[str, str]) -> dict[str, Handed]:
    """Root unit, three people, three seats, three logins. ``people``: role → name; the names must differ."""
    if len({text.strip() for text in people.values()}) < len(SEATS):
        raise HengjianError("系统、安全、审计三名管理员必须是三个不同的人，请写三个姓名。")
    today = to_local(actor.at).date()
    count = Unit.objects.filter(parent=None).count() + 1
    unit = create_unit(
        actor, None, code=f"ROOT{count}", name=name, kind=kind, valid_from=today - timedelta(days=1)
    )
    handed = {}
    for n, role in enumerate(SEATS, 1):
        person = add_person(actor, unit, name=people[role], staff_no=f"{unit.code}-ADMIN{n}")
        post = create_post(actor, unit, role=role, title=ROLES[role].label, valid_from=today)
        appoint(actor, post, person, valid_from=today)
        handed[role] = create_account(
            actor, person, username=f"{role.split('_')[0]}{count if count > 1 else ''}"
        )
    log(unit, people=people)
    return handed


def now_actor() -> Actor:
    return Actor(user=None, person=None, at=timezone.now(), system="命令行")
