"""What a session must keep: it ends when idle or too old, and some things come first (a new password, a second factor)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import User
from hengjian.apps.org.roles import ADMINISTRATORS

TOUCH_SECONDS = 60


class SessionRulesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        refused = _too_old(request) or _first_things_first(request)
        return refused or self.get_response(request)


def _too_old(request: HttpRequest) -> HttpResponse | None:
    """Idle end: the session is written again at most once a minute, and the store forgets it when it is not."""
    now = int(time.time())
    session = request.session
    began = session.setdefault("began", now)
    if now - began > settings.SESSION_MAX_HOURS * 3600:
        logout(request)
        return _say(request, "account_login", "session_over", "登录时间过长，为安全起见已退出，请重新登录。")
    if now - session.get("seen", 0) >= TOUCH_SECONDS:
        session["seen"] = now
    return None


def _first_things_first(request: HttpRequest) -> HttpResponse | None:
    if request.path.startswith(("/accounts/", settings.STATIC_URL)):
        return None
    user = cast(User, request.user)
    if user.must_change_password:
        message = "您使用的是一次性口令，请先设置自己的口令。"
        return _say(request, "account_change_password", "password_must_change", message)
    if password_expired(user):
        message = f"口令已超过 {settings.PASSWORD_MAX_AGE_DAYS} 天未更换，请先更换。"
        return _say(request, "account_change_password", "password_expired", message)
    if _lacks_second_factor(request, user):
        message = "管理员账号须启用第二重验证，请先绑定验证器。"
        return _say(request, "mfa_activate_totp", "second_factor_required", message)
    return None


def password_expired(user: User) -> bool:
    if not settings.PASSWORD_MAX_AGE_DAYS:
        return False
    since = user.password_changed_at or user.date_joined
    return bool(timezone.now() - since > timedelta(days=settings.PASSWORD_MAX_AGE_DAYS))


def _lacks_second_factor(request: HttpRequest, user: User) -> bool:
    if not settings.MFA_FOR_ADMINISTRATORS or not actor_of(request).roles & ADMINISTRATORS:
        return False
    return not is_mfa_enabled(user)


def _say(request: HttpRequest, url_name: str, code: str, message: str) -> HttpResponse:
    """A page is sent where it can be mended; the API gets its one form of error."""
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"error": {"code": code, "message": message, "article": None, "where": None}}, status=403
        )
    messages.warning(request, message)
    return redirect(reverse(url_name))
