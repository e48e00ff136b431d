"""Those a flow presents its outcome to: they read, they decide nothing."""

from __future__ import annotations

from hengjian.apps.approvals.models import Course
from hengjian.apps.approvals.planning import flow_named
from hengjian.apps.bulletins import notify
from hengjian.apps.bulletins.people import holders
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.queries import pack_for


def present(actor: Actor, course: Course) -> tuple[str, ...]:
    """Tell them; the roles, as the clause reads on the day the course began. Called when a course is done, by apps whose
    objects these people may then see."""
    roles = flow_named(pack_for(course.installation, course.begun_at), course.clause).present_to
    people = holders(roles, course.unit, actor.at) if roles else ()
    notify.tell(
        people,
        f"presented:{course.pk}",
        f"抄送：{course.title}",
        f"已经办结，抄送您阅知。请登录衡鉴查看：{course.url}",
        actor.at,
    )
    return roles
