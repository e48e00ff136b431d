"""Logins: create, reset, unlock, disable, enable, remove the second factor. The security administrator's work."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org import lockout
from hengjian.apps.org.access import Actor
from hengjian.apps.org.acts._checks import need_text
from hengjian.apps.org.acts.posts import overlapping
from hengjian.apps.org.models import Person, User
from hengjian.apps.org.roles import ADMINISTRATORS, ROLES, Right
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

# without signs that look alike on paper
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz"
_DIGITS = "23456789"


@dataclass(frozen=True, slots=True)
class Handed:
    """A login with its one-time password, shown once and stored nowhere."""

    user: User
    password: str


@act("org.account.create", "开通账号")
def create_account(actor: Actor, person: Person, *, username: str) -> Handed:
    actor.require(Right.ACCOUNT_MANAGE, person.unit)
    _not_oneself(actor, person)
    if person.user is not None:
        raise HengjianError(f"{person.name}已有账号“{person.user.get_username()}”，不能重复开通。")
    if not person.active:
        raise HengjianError(f"{person.name}已离职，不能开通账号。")
    username = need_text(username, "用户名")
    if User.objects.filter(username__iexact=username).exists():
        raise HengjianError(f"用户名“{username}”已被使用，请换一个。")
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        raise HengjianError("用户名只能用文字、数字和 @ . + - _，请更正。") from None
    password = one_time_password()
    user = User(username=username, must_change_password=True, password_changed_at=actor.at)
    user.set_password(password)
    user.save()
    person.user = user
    person.save(update_fields=["user"])
    log(user, unit=person.unit_id, person=person.name)
    return Handed(user, password)


@act("org.account.reset_password", "重置口令")
def reset_password(actor: Actor, person: Person) -> Handed:
    """A new one-time password; whoever is signed in with the old one is out."""
    user = _login_of(actor, person, take_over=True)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password, user.password_changed_at = True, actor.at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    lockout.lift(user.get_username())
    ended = end_sessions(user)
    log(user, unit=person.unit_id, person=person.name, sessions_ended=ended)
    return Handed(user, password)


@act("org.account.unlock", "解除登录锁定")
def unlock(actor: Actor, person: Person) -> None:
    user = _login_of(actor, person)
    lockout.lift(user.get_username())
    log(user, unit=person.unit_id, person=person.name)


@act("org.account.disable", "停用账号")
def disable(actor: Actor, person: Person) -> None:
    user = _login_of(actor, person)
    if not user.is_active:
        raise HengjianError(f"账号“{user.get_username()}”已经停用。")
    user.is_active = False
    user.save(update_fields=["is_active"])
    ended = end_sessions(user)
    log(user, unit=person.unit_id, person=person.name, sessions_ended=ended)


@act("org.account.enable", "恢复账号")
def enable(actor: Actor, person: Person) -> None:
    user = _login_of(actor, person)
    if user.is_active:
        raise HengjianError(f"账号“{user.get_username()}”没有停用。")
    if not person.active:
        raise HengjianError(f"{person.name}已离职，不能恢复账号；确已复职的，请系统管理员先登记复职。")
    user.is_active = True
    user.save(update_fields=["is_active"])
    log(user, unit=person.unit_id, person=person.name)


@act("org.account.reset_second_factor", "解除第二重验证")
def reset_second_factor(actor: Actor, person: Person) -> None:
    """The phone is lost: the person binds a new one after the next login."""
    user = _login_of(actor, person, take_over=True)
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise HengjianError(f"{person.name}没有启用第二重验证。")
    log(user, unit=person.unit_id, person=person.name)


def one_time_password() -> str:
    """Twelve signs in three groups: capital and small letters and digits, readable over the phone."""
    while True:
        signs = [secrets.choice(_LETTERS + _DIGITS) for _ in range(12)]
        kinds = {"A" if s.isupper() else "a" if s.islower() else "9" for s in signs}
        if len(kinds) == 3:
            return "-".join("".join(signs[i : i + 4]) for i in (0, 4, 8))


def end_sessions(user: User) -> int:
    """Delete the stored sessions of a login, so that none revives when it is enabled again."""
    keys = [
        session.session_key
        for session in Session.objects.iterator()
        if str(session.get_decoded().get("_auth_user_id")) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _login_of(actor: Actor, person: Person, *, take_over: bool = False) -> User:
    actor.require(Right.ACCOUNT_MANAGE, person.unit)
    _not_oneself(actor, person)
    if person.user is None:
        raise HengjianError(f"{person.name}还没有账号，请先开通。")
    if take_over and not actor.system:
        _not_another_administrator(actor, person)
    return person.user


def _not_oneself(actor: Actor, person: Person) -> None:
    if actor.person is not None and actor.person.pk == person.pk:
        raise HengjianError(
            "不能办理自己的账号；改口令请用右上角的“更改口令”，其他事项请由另一位安全管理员办理。"
        )


def _not_another_administrator(actor: Actor, person: Person) -> None:
    """Whoever sets a password could sign in with it: rights the actor may not have must not be had that way."""
    seats = overlapping(person, to_local(actor.at).date(), None)
    roles = set(seats.values_list("post__role", flat=True)) & ADMINISTRATORS
    for role in sorted(roles - actor.roles):
        raise HengjianError(
            f"{person.name}是{ROLES[role].label}，您不能重置其口令或第二重验证；"
            "请由服务器管理人员用命令 hengjian org reset-password 办理，并留审计记录。"
        )
