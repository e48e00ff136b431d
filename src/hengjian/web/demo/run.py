"""Load the demo: every office of the invented province in one database."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor, system_actor
from hengjian.apps.org.models import DemoLogin, Unit
from hengjian.base.errors import HengjianError
from hengjian.web.demo.clockwork import Clockwork
from hengjian.web.demo.court import PASSWORD, Court
from hengjian.web.demo.office import Office, all_offices


def is_empty() -> bool:
    return not Unit.objects.exists()


def load(now: datetime | None = None, seed: int = 2026) -> dict[str, int]:
    """The last year of every office; the same seed and day give the same. Refuses a database already in use."""
    if not is_empty():
        raise HengjianError("数据库里已有数据，演示只能装入空库；请换一个 HENGJIAN_DATA_DIR。")
    now = now or timezone.now()
    acts = 0
    for office in all_offices():
        court, lives = office.begin(now, seed)
        show_logins(system_actor("演示", now), office, court)
        clockwork = Clockwork(now)
        clockwork.start(lives)
        acts += clockwork.run()
    return {"acts": acts}


@act("demo.logins.show", "在登录页列出演示账号")
def show_logins(actor: Actor, office: Office, court: Court) -> None:
    """The sign-in page names them until somebody changes the password or removes them."""
    DemoLogin.objects.bulk_create(
        DemoLogin(
            user=court.users[login], office=office.title, what=what, password=PASSWORD, position=office.order
        )
        for login, what in office.logins
    )
    log(court.installation, label="演示账号", logins=[login for login, _ in office.logins])


def how_to_sign_in() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """(office, [(login, password, what it is)])."""
    return [
        (office.title, [(login, PASSWORD, what) for login, what in office.logins]) for office in all_offices()
    ]
