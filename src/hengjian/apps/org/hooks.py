"""allauth and Django say when somebody comes or goes; each becomes an act in the log."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_in as session_begins
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from hengjian.apps.org.access import actor_for
from hengjian.apps.org.acts.session import (
    record_failed_login,
    record_login,
    record_logout,
    record_second_factor,
)
from hengjian.apps.org.models import User


@receiver(session_begins)
def began(request: HttpRequest, **_: Any) -> None:
    request.session["began"] = request.session["seen"] = int(time.time())


@receiver(user_logged_in)
def logged_in(request: HttpRequest, user: User, **_: Any) -> None:
    record_login(actor_for(user, timezone.now()), user)


@receiver(user_logged_out)
def logged_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None and user.is_authenticated:
        record_logout(actor_for(user, timezone.now()), user)


@receiver(mfa.authenticator_added)
@receiver(mfa.authenticator_removed)
@receiver(mfa.authenticator_reset)
def second_factor_changed(user: User, authenticator: Any, signal: object, **_: Any) -> None:
    words = {id(mfa.authenticator_added): "启用", id(mfa.authenticator_removed): "停用"}
    change = f"{words.get(id(signal), '重新生成')}{authenticator.get_type_display()}"
    record_second_factor(actor_for(user, timezone.now()), user, change)


@receiver(mfa.authentication_failed)
def second_factor_failed(user: User, **_: Any) -> None:
    record_failed_login(user.get_username(), "第二重验证码不符")
