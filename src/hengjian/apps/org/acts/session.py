"""Coming and going: login, logout, failed login, password and second factor. Called by allauth's hooks."""

from __future__ import annotations

from django.utils import timezone

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor, system_actor
from hengjian.apps.org.models import User
from hengjian.base.errors import HengjianError


@act("org.session.login", "登录")
def record_login(actor: Actor, user: User) -> None:
    log(user, unit=unit_of(user), second_factor=_has_second_factor(user))


@act("org.session.logout", "退出登录")
def record_logout(actor: Actor, user: User) -> None:
    log(user, unit=unit_of(user))


@act("org.session.login_failed", "登录失败")
def _record_failed_login(actor: Actor, username: str, reason: str) -> None:
    user = User.objects.filter(username__iexact=username.strip()).first()
    if user is None:  # people type passwords into the wrong field: keep no more than the beginning
        log(label=f"{username.strip()[:2]}…（没有这个账号）", outcome="failed", reason=reason)
    else:
        log(user, unit=unit_of(user), outcome="failed", reason=reason)


def record_failed_login(username: str, reason: str) -> None:
    """The actor is nobody: who tried is not known."""
    _record_failed_login(system_actor("未登录", timezone.now()), username, reason)


@act("org.session.second_factor", "变更第二重验证")
def record_second_factor(actor: Actor, user: User, change: str) -> None:
    log(user, unit=unit_of(user), change=change)


@act("org.account.change_password", "更改口令")
def change_own_password(actor: Actor, user: User, password: str) -> None:
    """The owner of a login sets a new password; the one-time password is done with."""
    if actor.user is None or actor.user.pk != user.pk:
        raise HengjianError("只能更改自己的口令；为他人重置请用“重置口令”。")
    forced = user.must_change_password
    user.set_password(password)
    user.password_changed_at = actor.at
    user.must_change_password = False
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])
    log(user, unit=unit_of(user), forced=forced)


def unit_of(user: User) -> int | None:
    person = getattr(user, "person", None)
    return person.unit_id if person else None


def _has_second_factor(user: User) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(user))
